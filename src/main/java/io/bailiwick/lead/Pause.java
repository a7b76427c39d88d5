package io.bailiwick.lead;

import java.time.Instant;

/**
 * Somebody's word that nothing is to be sent to the CRM for now; leads are accepted all the same.
 *
 * @param who as they named themselves; null where they did not
 */
public record Pause(Instant since, @Nullable String who, @Nullable String why) {

  /** For people: {@code paused by ana: the CRM is migrated}. */
  public String told() {
    return "paused" + (who == null ? " by hand" : " by " + who) + (why == null ? "" : ": " + why);
  }
}
