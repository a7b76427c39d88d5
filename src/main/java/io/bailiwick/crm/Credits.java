package io.bailiwick.crm;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the calls of the last 24 hours cost, by quarters of an hour, against what they may cost
 * (Zoho's credits). Forgotten when the process ends; what the CRM says of them then holds.
 */
final class Credits {

  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private static final class Spent {
    private final Instant began;
    private long credits;

    Spent(Instant began) {
      this.began = began;
    }
  }

  private final long most;
  private final Deque<Spent> spent = new ArrayDeque<>();
  private long used;

  /** {@code most} in 24 hours; 0 for no limit. */
  Credits(long most) {
    this.most = most;
  }

  void charge(int credits, Instant now) {
    Spent last = spent.peekLast();
    if (last == null || !now.isBefore(last.began.plus(QUARTER))) {
      last = new Spent(now);
      spent.add(last);
    }
    last.credits += credits;
    used += credits;
  }

  /** Null where so many are left; else when the oldest come back. */
  @Nullable
  Instant spentUntil(int credits, Instant now) {
    forget(now);
    Spent oldest = spent.peekFirst();
    return most == 0 || used + credits <= most || oldest == null
        ? null
        : oldest.began.plus(DAY).plus(QUARTER);
  }

  long used(Instant now) {
    forget(now);
    return used;
  }

  private void forget(Instant now) {
    Spent oldest = spent.peekFirst();
    while (oldest != null && !now.isBefore(oldest.began.plus(DAY).plus(QUARTER))) {
      used -= spent.remove().credits;
      oldest = spent.peekFirst();
    }
  }
}
