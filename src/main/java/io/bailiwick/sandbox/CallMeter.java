package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts credits over any 24 hours, to the minute, and holds them against the limits. */
final class CallMeter {

  private static final Duration WINDOW = Duration.ofHours(24);

  private record Bucket(Instant minute, int credits) {}

  private final Deque<Bucket> buckets = new ArrayDeque<>();
  private Limits limits = Limits.NONE;
  private long used;

  Limits limits() {
    return limits;
  }

  void setLimits(Limits other) {
    limits = other;
  }

  /** Credits used in the 24 hours before. */
  long used(Instant now) {
    Instant from = now.minus(WINDOW);
    while (!buckets.isEmpty() && !buckets.getFirst().minute().isAfter(from)) {
      used -= buckets.removeFirst().credits();
    }
    return used;
  }

  /** Whether so many more may be used. */
  boolean affords(int cost, Instant now) {
    Integer credits = limits.credits();
    return credits == null || used(now) + cost <= credits;
  }

  void charge(int cost, Instant now) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    Bucket last = buckets.peekLast();
    if (last != null && last.minute().equals(minute)) {
      buckets.removeLast();
      buckets.addLast(new Bucket(minute, last.credits() + cost));
    } else {
      buckets.addLast(new Bucket(minute, cost));
    }
    used += cost;
  }

  /** What is left, once half of them are used; null before, and where there is no limit. */
  @Nullable
  Long remaining(Instant now) {
    Integer credits = limits.credits();
    if (credits == null) {
      return null;
    }
    long gone = used(now);
    return gone * 2 >= credits ? Math.max(0, credits - gone) : null;
  }

  /** How long until the oldest credits come back, whole seconds, at least one. */
  long secondsToWait(Instant now) {
    Bucket first = buckets.peekFirst();
    Instant back = first == null ? now : first.minute().plus(WINDOW);
    return Math.max(1, Duration.between(now, back).toSeconds() + 1);
  }
}
