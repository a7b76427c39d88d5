package io.bailiwick.flow;

import io.bailiwick.lead.Creation;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.ParkReason;
import java.time.Instant;

/**
 * What becomes of a lead for which a record was asked: a pure function. The record's name is kept
 * before anything is sent to it; where nobody knows whether there is one now, the CRM is asked
 * again, which finds it. Everything else is as after an assignment.
 */
final class Naming {

  private Naming() {}

  /** {@code random} is from 0 to below 1. */
  static NextStep after(
      RetryPolicy retries, Entry sent, Creation creation, Instant now, double random) {
    if (creation instanceof Creation.Named named) {
      String note =
          "the CRM %s the record %s (%s); the territory is written to it next"
              .formatted(named.found() ? "found" : "made", named.crmId(), named.detail());
      return NextStep.of(new Move(sent, sent.named(named.crmId(), now), note));
    }
    Outcome outcome = ((Creation.Failed) creation).outcome();
    String again =
        "not known whether there is a record (%s); the CRM is asked again, and finds it if there"
            + " is, at %s";
    return outcome instanceof Outcome.Unknown unknown
        ? retries.unclear(sent, unknown.detail(), again, now, random)
        : retries.after(sent, outcome, now, random);
  }

  /** It came while records were made, and its turn comes while they are not. */
  static NextStep off(Entry sent, Instant now) {
    String why = "it has no crmId and crm.create is off; switch that on, then retry the lead";
    return RetryPolicy.parked(sent, ParkReason.REJECTED, why, now);
  }
}
