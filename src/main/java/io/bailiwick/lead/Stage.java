package io.bailiwick.lead;

import java.util.Locale;

/** Where a lead stands; it is in exactly one stage at every moment. */
public enum Stage {
  /** On disk, not yet judged. */
  ACCEPTED,
  /** The rules said assign; not yet sent. */
  DECIDED,
  /** The assignment is on its way, or its outcome is not yet known. */
  SENDING,
  /** The CRM has taken the assignment. */
  ASSIGNED,
  /** Waits for a reason, until its due time or an event. */
  QUEUED,
  /** A dead letter: it waits for a person. */
  PARKED,
  /** A higher revision of the same record took its place. */
  SUPERSEDED,
  /** Its values are gone; of its decision the skeleton is left. Nothing leads out of it. */
  ERASED;

  /** At rest: nothing more happens without a person or a newer revision. */
  public boolean atRest() {
    return this == ASSIGNED || this == PARKED || this == SUPERSEDED || this == ERASED;
  }

  /** The name in JSON, lower case. */
  public String status() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stage of a JSON status; throws IllegalArgumentException for an unknown one. */
  public static Stage ofStatus(String status) {
    return valueOf(status.toUpperCase(Locale.ROOT));
  }
}
