package io.bailiwick.lead;

import java.time.Instant;

/**
 * What a lead's sending has cost so far; kept with it, so that a restart forgets none.
 *
 * @param spent failed attempts, which count against the limit
 * @param waits times the CRM put us off or refused a territory; they only grow the backoff
 * @param failingSince when the first counted attempt failed
 * @param refusedSince since when the CRM refuses a territory that is ready by every sign
 */
public record Attempts(
    int spent, int waits, @Nullable Instant failingSince, @Nullable Instant refusedSince) {

  /** Nothing tried yet. */
  public static final Attempts NONE = new Attempts(0, 0, null, null);

  /** The attempt failed and counts. */
  public Attempts failed(Instant now) {
    return new Attempts(spent + 1, waits, failingSince == null ? now : failingSince, null);
  }

  /** The CRM put us off; the attempt does not count. */
  public Attempts putOff() {
    return new Attempts(spent, waits + 1, failingSince, refusedSince);
  }

  /** The outcome could not be looked up; costs no attempt, but the time that failing may take. */
  public Attempts unclear(Instant now) {
    return new Attempts(spent, waits + 1, failingSince == null ? now : failingSince, refusedSince);
  }

  /** The territory was refused though ready by every sign; the attempt does not count. */
  public Attempts refused(Instant now) {
    return new Attempts(spent, waits + 1, failingSince, refusedSince == null ? now : refusedSince);
  }

  /** The territory is known not to be ready, so no refusal is held against it. */
  public Attempts notReady() {
    return new Attempts(spent, 0, failingSince, null);
  }
}
