package io.bailiwick;

import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The flow's thread and clock on one Vert.x event loop. Delays are counted on the machine's
 * monotonic clock, so a wall clock that jumps disturbs none; a clock that is set forward on purpose
 * fires what it jumped over.
 */
final class LoopTimers implements Timers {

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final PriorityQueue<Entry> waiting = new PriorityQueue<>();
  private final AtomicLong sequence = new AtomicLong();
  private long ahead;
  private @Nullable Long armed;

  private static final class Entry implements Comparable<Entry> {
    private final long due;
    private final long sequence;
    private final Runnable task;
    private volatile boolean cancelled;

    Entry(long due, long sequence, Runnable task) {
      this.due = due;
      this.sequence = sequence;
      this.task = task;
    }

    @Override
    public int compareTo(Entry other) {
      int byDue = Long.compare(due, other.due);
      return byDue != 0 ? byDue : Long.compare(sequence, other.sequence);
    }
  }

  /** Takes an event loop of its own from {@code vertx}. */
  LoopTimers(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public void execute(Runnable task) {
    context.runOnContext(go -> task.run());
  }

  @Override
  public Cancel after(Duration delay, Runnable task) {
    long asked = System.nanoTime();
    var handle = new Handle();
    execute(
        () -> {
          if (!handle.cancelled) {
            Entry entry =
                new Entry(asked + saturated(delay) + ahead, sequence.getAndIncrement(), task);
            handle.entry = entry;
            waiting.add(entry);
            fire();
          }
        });
    return handle;
  }

  /** The clock was set forward by so much: what is due by it runs now. */
  void advanced(Duration by) {
    execute(
        () -> {
          ahead += by.toNanos();
          fire();
        });
  }

  /** Runs what is due, then arms one timer for the next. */
  private void fire() {
    long now = System.nanoTime() + ahead;
    while (!waiting.isEmpty() && (waiting.peek().cancelled || waiting.peek().due - now <= 0)) {
      Entry entry = waiting.poll();
      if (!entry.cancelled) {
        execute(entry.task);
      }
    }
    if (armed != null) {
      vertx.cancelTimer(armed);
      armed = null;
    }
    Entry next = waiting.peek();
    if (next != null) {
      long millis = TimeUnit.NANOSECONDS.toMillis(next.due - now) + 1;
      armed = vertx.setTimer(Math.max(1, millis), id -> timeUp());
    }
  }

  /** Far enough for any delay of ours, and short of overflow. */
  private static long saturated(Duration delay) {
    Duration longest = Duration.ofDays(3_650);
    return (delay.compareTo(longest) > 0 ? longest : delay).toNanos();
  }

  private void timeUp() {
    armed = null;
    fire();
  }

  private static final class Handle implements Cancel {
    private volatile boolean cancelled;
    private volatile @Nullable Entry entry;

    @Override
    public void cancel() {
      cancelled = true;
      Entry made = entry;
      if (made != null) {
        made.cancelled = true;
      }
    }
  }
}
