package io.bailiwick.lead;

import java.time.Instant;

/**
 * How the gate to the CRM stands.
 *
 * @param limit the most calls at a time now; less than configured after the CRM asked for it
 * @param calls under way
 * @param waiting calls that wait for one to end
 * @param credits what the calls of the last 24 hours cost
 * @param shutUntil nothing passes before; null where it is open
 * @param why it is shut; null where it is open
 */
public record CrmGate(
    int limit,
    int calls,
    int waiting,
    long credits,
    @Nullable Instant shutUntil,
    @Nullable String why) {

  /** Of a CRM that has none. */
  public static final CrmGate NONE = new CrmGate(0, 0, 0, 0, null, null);
}
