package io.bailiwick.crm;

import io.bailiwick.flow.CreditBook;
import io.bailiwick.flow.CreditBook.Spent;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the calls of the last 24 hours cost, by quarters of an hour, against what they may cost
 * (Zoho's credits). What a book keeps of them outlives the process, and holds what the calls of
 * others on the same account cost.
 */
final class Credits {

  private final long most;

  /** As the book has them, or all of them where there is no book. */
  private final TreeMap<Instant, Long> kept = new TreeMap<>();

  /** Those that the book does not have yet, or may not have. */
  private final TreeMap<Instant, Long> unkept = new TreeMap<>();

  /** All of both: it is asked several times a call, and a day has a hundred quarters. */
  private long used;

  /** {@code most} in 24 hours; 0 for no limit. */
  Credits(long most) {
    this.most = most;
  }

  void charge(int credits, Instant now) {
    unkept.merge(quarter(now), (long) credits, Long::sum);
    used += credits;
  }

  /** Null where so many are left; else when the oldest come back. */
  @Nullable
  Instant spentUntil(int credits, Instant now) {
    if (most == 0 || used(now) + credits <= most || used == 0) {
      return null;
    }
    Instant oldest = kept.isEmpty() ? unkept.firstKey() : kept.firstKey();
    Instant first =
        unkept.isEmpty() || oldest.isBefore(unkept.firstKey()) ? oldest : unkept.firstKey();
    return first.plus(CreditBook.DAY).plus(CreditBook.QUARTER);
  }

  long used(Instant now) {
    forget(kept, now);
    forget(unkept, now);
    return used;
  }

  private void forget(NavigableMap<Instant, Long> quarters, Instant now) {
    while (!quarters.isEmpty() && new Spent(quarters.firstKey(), 0).isOver(now)) {
      used -= quarters.pollFirstEntry().getValue();
    }
  }

  /** What the book is to be told next: the oldest quarter that it does not have; 0 for nothing. */
  Spent unkept(Instant now) {
    return unkept.isEmpty()
        ? new Spent(quarter(now), 0)
        : new Spent(unkept.firstKey(), unkept.firstEntry().getValue());
  }

  /** The book has it now, and all of this. */
  void kept(Spent told, List<Spent> all) {
    unkept.computeIfPresent(
        told.began(),
        (began, credits) -> credits > told.credits() ? credits - told.credits() : null);
    kept.clear();
    all.forEach(one -> kept.put(one.began(), one.credits()));
    used = sum(kept) + sum(unkept);
  }

  private static long sum(Map<Instant, Long> credits) {
    return credits.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Instant quarter(Instant now) {
    long millis = CreditBook.QUARTER.toMillis();
    return Instant.ofEpochMilli(now.toEpochMilli() / millis * millis);
  }
}
