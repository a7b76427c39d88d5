package io.bailiwick.lead;

import java.time.Instant;
import java.util.List;

/** Leads, territories and decisions that tests begin with. */
public final class Samples {

  /** The instant at which the samples live. */
  public static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

  /** An id of the seed contract's kind. */
  public static final String WEST_ID = "3652397000001234567";

  private Samples() {}

  /** A lead of that record, of the first revision unless it says so. */
  public static Lead lead(String crmId) {
    return form(crmId).lead();
  }

  /** A lead of that record and revision. */
  public static Lead lead(String crmId, long revision) {
    return form(crmId).set(LeadField.REVISION, Long.toString(revision)).lead();
  }

  /** A territory that is ready by every sign. */
  public static Territory territory(String id, String name) {
    return new Territory(
        id,
        name,
        null,
        null,
        Flag.YES,
        Flag.YES,
        Instant.EPOCH,
        Instant.EPOCH,
        Staff.UNKNOWN,
        Flag.YES,
        true);
  }

  /** A receipt as of that snapshot. */
  public static Receipt receipt(String snapshot) {
    var hit = new Receipt.RuleHit("West", "west.drl", 3, 50, "West Region");
    return new Receipt(
        "digest",
        hit,
        null,
        List.of(),
        List.of(),
        null,
        "rulebook",
        snapshot,
        NOON,
        "test",
        "test",
        null,
        null);
  }

  /** Assign to the west, as a person said. */
  public static Decision byHand() {
    var receipt = Receipt.byHand("ana", "she knows them", "rulebook", "snapshot", NOON);
    return Decision.assign(new TerritoryRef(WEST_ID, "West Region"), receipt);
  }

  /** Assign to the west. */
  public static Decision assign() {
    return Decision.assign(new TerritoryRef(WEST_ID, "West Region"), receipt("snapshot"));
  }

  /** Queue for a territory that is not ready. */
  public static Decision queue(Blocker blocker) {
    return queue(blocker, "snapshot");
  }

  /** The same beside that snapshot. */
  public static Decision queue(Blocker blocker, String snapshot) {
    return new Decision(
        Decision.Action.QUEUE,
        new TerritoryRef(WEST_ID, "West Region"),
        QueueReason.TERRITORY_NOT_READY,
        blocker.word(),
        null,
        receipt(snapshot));
  }

  /** Queue by a rule, with its own word. */
  public static Decision queueByRule(String word) {
    return new Decision(
        Decision.Action.QUEUE, null, QueueReason.BY_RULE, word, null, receipt("snapshot"));
  }

  private static LeadForm form(String crmId) {
    return new LeadForm()
        .set(LeadField.CRM_ID, crmId)
        .set(LeadField.EMAIL, "Ana@Acme.example")
        .set(LeadField.COUNTRY, "United States")
        .set(LeadField.REGION, "California")
        .set(LeadField.EMPLOYEES, "1,200")
        .setAttribute("Partner_Tier", "gold");
  }
}
