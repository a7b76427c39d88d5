package io.bailiwick.lead;

import java.time.Instant;
import java.util.Locale;

/**
 * One line of the publication log: from then on this version served.
 *
 * @param hash the version's
 * @param who the person or key that asked for it; null where none is known
 * @param note why, where it needs a word; null where it does not
 */
public record Publication(
    String hash, Instant at, How how, @Nullable String who, @Nullable String note) {

  /** Whether it is that line; the log keeps milliseconds. */
  public boolean isSameAs(@Nullable Publication other) {
    return other != null && hash.equals(other.hash) && at.toEpochMilli() == other.at.toEpochMilli();
  }

  /** What made it serve. */
  public enum How {
    /** {@code rules/} changed, or was taken at the first start. */
    ON_CHANGE,
    /** A candidate was approved. */
    APPROVED,
    /** An earlier version was asked for. */
    ROLLED_BACK,
    /** The service itself gave up the version after it. */
    FELL_BACK;

    /** The name in JSON, logs and metrics: {@code on-change}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
