package io.bailiwick.replay;

import io.bailiwick.flow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
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

  private final PriorityQueue<Task> later = new PriorityQueue<>();

  /** Of one and the same instant, in their order: most of all tasks, and no queue sorts them. */
  private final Deque<Task> atOnce = new ArrayDeque<>();

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
  public Duration uptime() {
    return Duration.between(Instant.EPOCH, now);
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
    Instant due = delay.isZero() ? now : now.plus(delay);
    Task last = atOnce.peekLast();
    boolean inOrder = delay.isZero() && (last == null || last.due().equals(due));
    (inOrder ? atOnce : later).add(new Task(due, sequence++, task, cancelled));
    return () -> cancelled.set(true);
  }

  /** Lets everything happen that is due up to and at this instant; the clock then stands there. */
  public void runUntil(Instant end) {
    while (step(end)) {
      // Until nothing more is due by then.
    }
    now = end.isAfter(now) ? end : now;
  }

  /** Lets things happen until the condition holds; answers false where it does not by the end. */
  public boolean runUntil(BooleanSupplier condition, Instant end) {
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        runUntil(end);
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /** The next task; false where none is due by then. */
  private boolean step(Instant end) {
    Queue<Task> first = first();
    Task task = first.peek();
    if (task == null || task.due().isAfter(end)) {
      return false;
    }
    first.remove();
    now = task.due();
    if (!task.cancelled().get()) {
      task.run().run();
    }
    return true;
  }

  private Queue<Task> first() {
    Task one = atOnce.peek();
    Task other = later.peek();
    return one == null || (other != null && other.compareTo(one) < 0) ? later : atOnce;
  }
}
