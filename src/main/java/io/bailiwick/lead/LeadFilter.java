package io.bailiwick.lead;

import java.time.Instant;

/**
 * Which leads are meant: those of which all holds that is said here; null says nothing.
 *
 * @param reason why it is queued
 * @param parkReason why it is parked
 * @param blocker the exact blocker, or a rule's own word
 * @param territory the name of the territory of its decision
 * @param rule the rule that settled its decision: the readiness rule where one queued it
 * @param withoutClosed whether those that a person closed are left out
 * @param source where it says that it came from
 * @param sender the source whose key it came with
 * @param record the id of its record in the CRM, of whatever module
 * @param changedAfter entered its stage, or was last moved within it, after this instant
 * @param unchangedSince entered its stage, or was last moved within it, at this instant or before
 */
public record LeadFilter(
    @Nullable Stage stage,
    @Nullable QueueReason reason,
    @Nullable ParkReason parkReason,
    @Nullable String blocker,
    @Nullable String territory,
    @Nullable String rule,
    @Nullable String source,
    boolean withoutClosed,
    @Nullable String sender,
    @Nullable String record,
    @Nullable Instant changedAfter,
    @Nullable Instant unchangedSince) {

  /** All leads. */
  public static final LeadFilter ANY = of(null);

  /** Those of this stage; with null, all. */
  public static LeadFilter of(@Nullable Stage stage) {
    return new LeadFilter(stage, null, null, null, null, null, null, false, null, null, null, null);
  }

  /** Those of this record of the CRM, of whatever module. */
  public static LeadFilter ofRecord(String crmId) {
    return new LeadFilter(null, null, null, null, null, null, null, false, null, crmId, null, null);
  }

  /** Those that wait for this territory to become ready. */
  public static LeadFilter waitingFor(String territory) {
    return new LeadFilter(
        Stage.QUEUED,
        QueueReason.TERRITORY_NOT_READY,
        null,
        null,
        territory,
        null,
        null,
        false,
        null,
        null,
        null,
        null);
  }

  /** Of these, those that were last moved at this instant or before. */
  public LeadFilter unchangedSince(Instant at) {
    boolean narrower = unchangedSince == null || at.isBefore(unchangedSince);
    return new LeadFilter(
        stage,
        reason,
        parkReason,
        blocker,
        territory,
        rule,
        source,
        withoutClosed,
        sender,
        record,
        changedAfter,
        narrower ? at : unchangedSince);
  }

  /** Of these, those of one source. */
  public LeadFilter from(String by) {
    return new LeadFilter(
        stage,
        reason,
        parkReason,
        blocker,
        territory,
        rule,
        source,
        withoutClosed,
        by,
        record,
        changedAfter,
        unchangedSince);
  }

  /** Whether this lead is meant. */
  public boolean holds(Entry entry) {
    TerritoryRef ref = entry.territory();
    Decision decision = entry.decision();
    Receipt.RuleHit hit = decision == null ? null : decision.receipt().settledBy();
    return (stage == null || stage == entry.stage())
        && (reason == null || reason == entry.reason())
        && (parkReason == null || parkReason == entry.parkReason())
        && (blocker == null || blocker.equals(entry.blocker()))
        && (territory == null || (ref != null && territory.equals(ref.name())))
        && (rule == null || (hit != null && rule.equals(hit.rule())))
        && (source == null || source.equals(entry.lead().source()))
        && !(withoutClosed && entry.parkReason() == ParkReason.CLOSED)
        && (sender == null || sender.equals(entry.origin().sender()))
        && (record == null || record.equals(entry.crmId()))
        && (changedAfter == null || entry.changedAt().isAfter(changedAfter))
        && (unchangedSince == null || !entry.changedAt().isAfter(unchangedSince));
  }
}
