package io.bailiwick.replay.receipts;

import io.bailiwick.lead.Nullable;

/**
 * What became of one decision that was to be made again.
 *
 * @param difference of a DIFFERENT one, the first; of one by another engine, the first besides the
 *     versions, null where there is none
 * @param detail what more there is to say, in words; null for nothing
 */
public record Verified(
    Standing standing, @Nullable Difference difference, @Nullable String detail) {

  static Verified of(Standing standing) {
    return new Verified(standing, null, null);
  }

  static Verified of(Standing standing, String detail) {
    return new Verified(standing, null, detail);
  }
}
