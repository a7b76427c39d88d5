package io.bailiwick.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Real time plus an offset that can be moved forward, so that a demo need not wait fifteen minutes:
 * service, timers and sandbox share one. It never goes back by itself. Any thread may use it.
 */
public final class SettableClock implements InstantSource {

  /** How far one move may go. */
  public static final Duration MAX_MOVE = Duration.ofDays(3650);

  private final InstantSource base;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Duration offset = Duration.ZERO;

  /** Starts at the machine's time. */
  public SettableClock() {
    this(InstantSource.system());
  }

  /** Starts at the time of another clock, and runs with it. */
  public SettableClock(InstantSource base) {
    this.base = base;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(offset);
  }

  /** How far it is ahead of its base. */
  public Duration offset() {
    return offset;
  }

  /**
   * Moves forward, then tells the listeners on this thread. Throws IllegalArgumentException where
   * the step is not above zero or longer than {@link #MAX_MOVE}.
   */
  public void moveForward(Duration by) {
    if (by.isNegative() || by.isZero() || by.compareTo(MAX_MOVE) > 0) {
      throw new IllegalArgumentException("the clock moves forward by PT0.001S to P3650D");
    }
    synchronized (this) {
      offset = offset.plus(by);
    }
    listeners.forEach(Runnable::run);
  }

  /** Runs after each move, on the mover's thread; must return at once. */
  public void onMove(Runnable listener) {
    listeners.add(listener);
  }
}
