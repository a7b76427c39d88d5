package io.bailiwick.watch.audit;

import io.bailiwick.flow.Timers;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.time.Instant;

/** One process's share of virtual time: once killed, nothing of its own happens any more. */
final class Life implements Timers {

  private final VirtualTimers world;
  private boolean killed;

  Life(VirtualTimers world) {
    this.world = world;
  }

  void kill() {
    killed = true;
  }

  @Override
  public Duration uptime() {
    return world.uptime();
  }

  @Override
  public Instant now() {
    return world.now();
  }

  @Override
  public Cancel after(Duration delay, Runnable task) {
    return world.after(
        delay,
        () -> {
          if (!killed) {
            task.run();
          }
        });
  }

  @Override
  public void execute(Runnable task) {
    after(Duration.ZERO, task);
  }
}
