package io.bailiwick.crm;

import io.bailiwick.flow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Timers on virtual time, for one thread: time passes only by running what is due. */
final class VirtualTimers implements Timers, InstantSource {

  private record Task(Instant due, long order, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          (a, b) ->
              a.due().equals(b.due())
                  ? Long.compare(a.order(), b.order())
                  : a.due().compareTo(b.due()));
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");
  private long order;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    after(Duration.ZERO, task);
  }

  @Override
  public Cancel after(Duration delay, Runnable work) {
    Task task = new Task(now.plus(delay), order++, work);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Runs what is due, and lets time pass to what is due next, until the condition holds. */
  void runUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Task task = tasks.poll();
      if (task == null) {
        throw new AssertionError("nothing is due any more, and it did not come to pass");
      }
      now = task.due();
      task.work().run();
    }
  }
}
