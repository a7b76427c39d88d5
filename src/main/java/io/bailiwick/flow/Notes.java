package io.bailiwick.flow;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.TerritoryRef;
import java.time.Instant;

/** The moves that deciding makes, each with its sentence for the history. */
final class Notes {

  private Notes() {}

  static Move superseded(Entry entry, String newer, Instant now) {
    return new Move(entry, entry.supersededBy(newer, now), "superseded by " + newer);
  }

  static Move waitsForFirstReading(Entry entry, Instant due, Instant now) {
    return new Move(
        entry,
        entry.postponed(QueueReason.CRM_UNAVAILABLE, due, entry.attempts(), now),
        "queued: the CRM's territories have not been read yet; judged as soon as they are");
  }

  static Move paused(Entry entry, Pause pause, Instant due, Instant now) {
    return new Move(
        entry,
        entry.postponed(QueueReason.CRM_PAUSED, due, entry.attempts(), now),
        "queued: crm_paused; sending is " + pause.told());
  }

  static Move decided(Entry entry, Decision decision, Instant lookAgain, Instant now) {
    return switch (decision.action()) {
      case ASSIGN ->
          new Move(
              entry,
              entry.decided(decision, now),
              "assign to "
                  + name(decision.territory())
                  + by(decision.receipt().settledBy())
                  + detail(decision.receipt()));
      case QUEUE ->
          new Move(entry, entry.queued(decision, lookAgain, now), queued(decision, lookAgain));
      case GIVE_UP ->
          new Move(
              entry,
              entry.parked(ParkReason.JUDGE_TIMEOUT, now),
              "parked: judge_timeout; " + decision.receipt().detail());
    };
  }

  /** What a person or a job decided stands, whatever the rules say meanwhile. */
  static Move settled(Entry entry, Decision kept, Instant now) {
    String by = kept.receipt().by() == null ? ", as the job decided" : ", as by hand";
    return new Move(entry, entry.decided(kept, now), "assign to " + name(kept.territory()) + by);
  }

  private static String queued(Decision decision, Instant lookAgain) {
    QueueReason reason = decision.reason();
    var text = new StringBuilder("queued: ").append(reason == null ? "" : reason.word());
    if (decision.blocker() != null) {
      text.append(" / ").append(decision.blocker());
    }
    if (decision.territory() != null) {
      text.append(" for ").append(name(decision.territory()));
    }
    Receipt receipt = decision.receipt();
    text.append(by(receipt.readiness() == null ? receipt.winner() : receipt.readiness()));
    return text.append(detail(receipt))
        .append("; looked at again at ")
        .append(lookAgain)
        .append(" at the latest")
        .toString();
  }

  private static String detail(Receipt receipt) {
    return receipt.detail() == null ? "" : "; " + receipt.detail();
  }

  private static String name(@io.bailiwick.lead.Nullable TerritoryRef territory) {
    return territory == null ? "no territory" : "\"" + territory.name() + "\"";
  }

  private static String by(Receipt.@io.bailiwick.lead.Nullable RuleHit hit) {
    return hit == null ? "" : " by rule \"" + hit.rule() + "\" (" + hit.place() + ")";
  }
}
