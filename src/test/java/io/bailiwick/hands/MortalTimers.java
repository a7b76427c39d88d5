package io.bailiwick.hands;

import io.bailiwick.flow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The timers of one process, which may die or stand still while the world's go on. */
final class MortalTimers implements Timers {

  private final Timers world;
  private final Supplier<Duration> ahead;
  private final List<Runnable> held = new ArrayList<>();
  private boolean alive = true;
  private boolean still;

  /** {@code ahead}: how much the process's clock is ahead of the world's. */
  MortalTimers(Timers world, Supplier<Duration> ahead) {
    this.world = world;
    this.ahead = ahead;
  }

  /** Nothing of it happens any more. */
  void end() {
    alive = false;
  }

  /** Nothing of it happens until it goes on; then all that would have. */
  void hold() {
    still = true;
  }

  void goOn() {
    still = false;
    List<Runnable> all = List.copyOf(held);
    held.clear();
    all.forEach(this::execute);
  }

  @Override
  public Duration uptime() {
    return world.uptime();
  }

  @Override
  public Instant now() {
    return world.now().plus(ahead.get());
  }

  @Override
  public void execute(Runnable task) {
    world.execute(() -> run(task));
  }

  @Override
  public Cancel after(Duration delay, Runnable task) {
    return world.after(delay, () -> run(task));
  }

  private void run(Runnable task) {
    if (still) {
      held.add(task);
    } else if (alive) {
      task.run();
    }
  }
}
