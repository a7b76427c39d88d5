package io.bailiwick.lead;

import java.time.Duration;

/**
 * What became of one assignment, as far as it is known: a closed set, made of the CRM's answer by a
 * pure function. {@code detail} is for people, and never holds personal data.
 */
public sealed interface Outcome {

  /** One sentence for people. */
  String detail();

  /** The CRM says this record was written. */
  record Done(String detail) implements Outcome {}

  /** Accepted for later: a job of the CRM is to write it, and only the record can show that. */
  record Scheduled(String detail) implements Outcome {}

  /** "invalid territory id": never final by itself. */
  record TerritoryInvalid(String detail) implements Outcome {}

  /** The record does not exist, or no longer. */
  record RecordGone(String detail) implements Outcome {}

  /** Refused for good; the same write would be refused again. */
  record Rejected(String detail) implements Outcome {}

  /** Asked to slow down, the whole account; {@code retryAfter} is a floor where it was given. */
  record RateLimited(@Nullable Duration retryAfter, String detail) implements Outcome {}

  /** Not sent at all: the gate to the CRM is shut for so long, for every lead. */
  record GateShut(Duration rest, String detail) implements Outcome {}

  /** Certainly not written; trying again later may help. */
  record Unavailable(@Nullable Duration retryAfter, String detail) implements Outcome {}

  /** Our token or its permissions are refused: no lead's fault, and no lead can pass. */
  record Unauthorized(AccessTrouble trouble, String detail) implements Outcome {

    /** For the token itself. */
    public Unauthorized(String detail) {
      this(AccessTrouble.TOKEN_REFUSED, detail);
    }
  }

  /** It may have been written or not; the record must be read before anything is sent again. */
  record Unknown(String detail) implements Outcome {}
}
