package io.bailiwick.lead;

import java.util.Locale;

/** Why a lead became a dead letter: a closed set with stable names. */
public enum ParkReason {
  /** Ready by every sign, yet refused for longer than the limit. */
  TERRITORY_REFUSED,
  /** Attempts or total time used up. */
  ATTEMPTS_EXHAUSTED,
  /** The CRM refuses this write and will go on refusing it. */
  REJECTED,
  /** The record was deleted or converted. */
  RECORD_GONE,
  /** A person changed the territory in the CRM. */
  CHANGED_BY_HAND,
  /** The judgement did not end in time. */
  JUDGE_TIMEOUT,
  /** A mistake of ours; the lead is kept for a person. */
  INTERNAL,
  /** Closed by a person; no longer a dead letter. */
  CLOSED;

  /** The name in JSON, lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
