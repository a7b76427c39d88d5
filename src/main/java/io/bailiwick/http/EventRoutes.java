package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code GET /v1/events}: what changes, as server-sent events, as it happens. One that reads too
 * slowly is spared events, and told with the next that it should look at everything.
 */
final class EventRoutes {

  private static final long TOLD_EVERY_MS = 250;
  private static final long BEAT_EVERY_MS = 10_000;
  private static final int LISTENERS_MAX = 200;
  private static final String MISSED = "event: missed\ndata: {}\n\n";

  private final Vertx vertx;
  private final Happenings happenings;
  private final AtomicInteger listening = new AtomicInteger();

  EventRoutes(Vertx vertx, Door door) {
    this.vertx = vertx;
    this.happenings = door.page().happenings();
    vertx.setPeriodic(TOLD_EVERY_MS, tick -> happenings.flush());
  }

  void mount(Routes routes) {
    routes.get("/v1/events", this::listen);
  }

  private void listen(RoutingContext context) {
    if (listening.incrementAndGet() > LISTENERS_MAX) {
      listening.decrementAndGet();
      throw new Refusal(ProblemType.RATE_LIMITED, "%d listen already.".formatted(LISTENERS_MAX));
    }
    HttpServerResponse response = context.response();
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Accel-Buffering", "no");
    response.write("retry: 2000\nevent: hello\ndata: {}\n\n");
    var missed = new AtomicBoolean();
    var own = vertx.getOrCreateContext();
    Runnable leave =
        happenings.listen(change -> own.runOnContext(now -> tell(response, change, missed)));
    long beat = vertx.setPeriodic(BEAT_EVERY_MS, tick -> response.write(":\n\n"));
    response.closeHandler(
        closed -> {
          listening.decrementAndGet();
          vertx.cancelTimer(beat);
          leave.run();
        });
  }

  private static void tell(HttpServerResponse response, String change, AtomicBoolean missed) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.writeQueueFull()) {
      missed.set(true);
      return;
    }
    String before = missed.getAndSet(false) ? MISSED : "";
    response.write(before + "event: change\ndata: " + change + "\n\n");
  }
}
