package io.bailiwick.watch;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How late event loops are: on each of them a timer that should fire after a fixed time. */
final class LoopMetrics {

  private static final Duration EVERY = Duration.ofMillis(500);

  private final Timer lag;

  LoopMetrics(Meters meters) {
    lag = meters.timer("bailiwick.event.loop.lag", "How late a timer of an event loop fires.");
  }

  /** Watches each of {@code loops} event loops until Vert.x closes. */
  void watch(Vertx vertx, int loops) {
    // Instances of a verticle are spread over the event loops, one after the other.
    vertx.deployVerticle(Watcher::new, new DeploymentOptions().setInstances(loops));
  }

  private final class Watcher extends VerticleBase {
    @Override
    public Future<?> start() {
      again();
      return Future.succeededFuture();
    }

    private void again() {
      long asked = System.nanoTime();
      vertx.setTimer(
          EVERY.toMillis(),
          fired -> {
            long late = System.nanoTime() - asked - EVERY.toNanos();
            lag.record(Math.max(0, late), TimeUnit.NANOSECONDS);
            again();
          });
    }
  }
}
