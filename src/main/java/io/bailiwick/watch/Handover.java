package io.bailiwick.watch;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands things to a thread of its own, which takes those of a moment together. Whoever hands over
 * waits for nobody, and wakes that thread only after a silence: to wake it for each of four log
 * lines a lead took the event loop an eighth of its time. Any thread may hand over.
 */
public final class Handover<T> implements AutoCloseable {

  private static final long LONGEST_CLOSE_MILLIS = 1_000;

  private final int most;
  private final Duration rest;
  private final Taker<? super T> taker;
  private final Queue<T> things = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Thread thread;
  private volatile boolean silent;
  private volatile boolean closed;

  /** Who takes them, on the thread of the hand-over. */
  @FunctionalInterface
  public interface Taker<T> {

    /** Takes one; what it throws is told to the thread's handler, and the next is taken. */
    void take(T thing);

    /** Those of a moment are taken; the same holds of what it throws. */
    default void rest() {}
  }

  /**
   * Nothing is taken before {@link #start}.
   *
   * @param most that wait; bounds the memory it takes
   * @param rest between two looks, so how late a thing may be taken
   */
  public Handover(String name, int most, Duration rest, Taker<? super T> taker) {
    this.most = most;
    this.rest = rest;
    this.taker = taker;
    this.thread = new Thread(this::take, name);
    this.thread.setDaemon(true);
  }

  /** Begins to take; once. */
  public void start() {
    thread.start();
  }

  /** False where too many wait; then it is dropped. */
  public boolean offer(T thing) {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      return false;
    }
    things.add(thing);
    if (silent) {
      silent = false;
      LockSupport.unpark(thread);
    }
    return true;
  }

  /** Takes what waits first, for a second at most. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(LONGEST_CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take() {
    while (!closed) {
      silent = !tookAny();
      if (!silent) {
        LockSupport.parkNanos(rest.toNanos());
      } else if (things.isEmpty() && !closed) {
        LockSupport.park(this);
      }
    }
    tookAny();
  }

  private boolean tookAny() {
    boolean any = false;
    for (T thing = things.poll(); thing != null; thing = things.poll()) {
      waiting.decrementAndGet();
      any = true;
      T one = thing;
      tried(() -> taker.take(one));
    }
    if (any) {
      tried(taker::rest);
    }
    return any;
  }

  private void tried(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
