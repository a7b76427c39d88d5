package io.bailiwick.lead;

/** What is known of a yes-or-no fact: an absent flag is UNKNOWN, never NO. */
public enum Flag {
  YES,
  NO,
  UNKNOWN;

  /** The flag of a value that may be absent. */
  public static Flag of(@Nullable Boolean value) {
    if (value == null) {
      return UNKNOWN;
    }
    return value ? YES : NO;
  }
}
