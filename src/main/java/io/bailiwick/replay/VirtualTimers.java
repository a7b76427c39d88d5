package io.bailiwick.replay;

import io.bailiwick.flow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A clock that stands still until it is told to go, and a queue of what is to happen when: days
 * pass in milliseconds, and the same calls give the same order every time. One thread only.
 */
public final class VirtualTimers implements Timers, InstantSource {

  private record Task(Instant due, long sequence, Runnable run, AtomicBoolean cancelled)
      implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byDue = due.compareTo(other.due);
      return byDue != 0 ? byDue : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private Instant now;
  private long sequence;

  /** Stands at this instant. */
  public VirtualTimers(Instant start) {
    this.now = start;
  }

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
  public Cancel after(Duration delay, Runnable task) {
    var cancelled = new AtomicBoolean();
    tasks.add(new Task(now.plus(delay), sequence++, task, cancelled));
    return () -> cancelled.set(true);
  }

  /** Lets everything happen that is due up to and at this instant; the clock then stands there. */
  public void runUntil(Instant end) {
    while (!tasks.isEmpty() && !tasks.peek().due().isAfter(end)) {
      step();
    }
    now = end.isAfter(now) ? end : now;
  }

  /** Lets things happen until the condition holds; answers false where it does not by the end. */
  public boolean runUntil(BooleanSupplier condition, Instant end) {
    while (!condition.getAsBoolean()) {
      if (tasks.isEmpty() || tasks.peek().due().isAfter(end)) {
        runUntil(end);
        return condition.getAsBoolean();
      }
      step();
    }
    return true;
  }

  private void step() {
    Task task = tasks.remove();
    now = task.due();
    if (!task.cancelled().get()) {
      task.run().run();
    }
  }
}
