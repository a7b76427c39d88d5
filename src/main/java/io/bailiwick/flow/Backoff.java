package io.bailiwick.flow;

import java.time.Duration;

/**
 * Exponential backoff with full jitter: the n-th delay is drawn evenly between nothing and {@code
 * base × 2ⁿ}, but never from more than {@code cap}. Pure: the random number is handed in.
 */
public record Backoff(Duration base, Duration cap) {

  /** The shortest delay, so that nothing is tried again in the same instant. */
  public static final Duration SHORTEST = Duration.ofMillis(10);

  public Backoff {
    if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("backoff needs 0 < base <= cap: " + base + ", " + cap);
    }
  }

  /**
   * The delay before the next try.
   *
   * @param tries how many tries have failed before this one, from 0
   * @param random from 0 to below 1
   */
  public Duration delay(int tries, double random) {
    long ceiling = cap.toMillis();
    // Past 40 doublings any base has reached any cap; shifting further would overflow.
    if (tries < 40) {
      ceiling = Math.min(ceiling, saturated(base.toMillis(), tries));
    }
    Duration delay = Duration.ofMillis((long) (ceiling * random));
    return delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
  }

  private static long saturated(long millis, int doublings) {
    long high = Math.multiplyHigh(millis, 1L << doublings);
    return high == 0 && millis << doublings >= 0 ? millis << doublings : Long.MAX_VALUE;
  }
}
