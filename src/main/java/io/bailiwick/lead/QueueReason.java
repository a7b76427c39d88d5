package io.bailiwick.lead;

import java.util.Locale;

/** Why a lead is queued: a closed set with stable names. */
public enum QueueReason {
  /** The territory is known not to be ready; the blocker says why. */
  TERRITORY_NOT_READY,
  /** No rule matched. */
  NO_MATCH,
  /** Two territories at the same salience. */
  AMBIGUOUS,
  /** A rule threw, or fired without end. */
  RULE_ERROR,
  /** The CRM could not be reached or asked us to slow down; or was never read. */
  CRM_UNAVAILABLE,
  /** Sending is paused, by a person or because the CRM refuses our token. */
  CRM_PAUSED,
  /** A rule queued it; the blocker is the rule's own word. */
  BY_RULE;

  /** The name in JSON and in rules, lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of that name, or null where there is none. */
  public static @Nullable QueueReason ofWord(String word) {
    for (QueueReason reason : values()) {
      if (reason.word().equals(word)) {
        return reason;
      }
    }
    return null;
  }
}
