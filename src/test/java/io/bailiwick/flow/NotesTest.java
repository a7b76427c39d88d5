package io.bailiwick.flow;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the history says of a decision, word for word. */
class NotesTest {

  private static final String AT = "; looked at again at 2026-01-15T13:00:00Z at the latest";
  private static final RuleHit WEST = new RuleHit("West", "west.drl", 3, 50, "West Region");
  private static final RuleHit READY = new RuleHit("Ready", "ready.drl", 9, 0, null);

  private final Entry lead = Entry.accepted("lead-1", Samples.lead("1"), 1, NOON);

  @Test
  void anAssignmentSaysTheTerritoryTheRuleItsPlaceAndTheDetail() {
    assertEquals(
        "assign to \"West Region\" by rule \"West\" (west.drl:3)",
        decided(Samples.assign()).note());
    var ref = new TerritoryRef("1", "West Region");
    assertEquals(
        "assign to \"West Region\"; by chance",
        decided(Decision.assign(ref, receipt(null, null, "by chance"))).note());
    assertEquals(Stage.DECIDED, decided(Samples.assign()).after().stage());
  }

  @Test
  void aLeadThatWaitsSaysWhatForAndWhenItIsLookedAt() {
    assertEquals(
        "queued: territory_not_ready / api_disabled for \"West Region\" by rule \"West\""
            + " (west.drl:3)"
            + AT,
        decided(Samples.queue(Blocker.API_DISABLED)).note());
    assertEquals(
        "queued: by_rule / odd by rule \"West\" (west.drl:3)" + AT,
        decided(Samples.queueByRule("odd")).note());
    var nothing =
        new Decision(
            Decision.Action.QUEUE,
            null,
            QueueReason.NO_MATCH,
            null,
            null,
            receipt(null, null, "no rule matched"));
    assertEquals("queued: no_match; no rule matched" + AT, decided(nothing).note());
    assertEquals(NOON.plusSeconds(3_600), decided(nothing).after().due());
  }

  @Test
  void whereTwoRulesHadASayItIsTheOneThatMadeItWait() {
    var waits =
        new Decision(
            Decision.Action.QUEUE,
            null,
            QueueReason.TERRITORY_NOT_READY,
            null,
            null,
            receipt(WEST, READY, null));
    assertEquals(
        "queued: territory_not_ready by rule \"Ready\" (ready.drl:9)" + AT, decided(waits).note());
  }

  @Test
  void rulesThatDidNotEndParkTheLead() {
    Move move = decided(Decision.giveUp(receipt(WEST, null, "after 2 s")));
    assertEquals("parked: judge_timeout; after 2 s", move.note());
    assertEquals(ParkReason.JUDGE_TIMEOUT, move.after().parkReason());
  }

  @Test
  void whatStandsSaysWhoseDecisionItIs() {
    var queued = lead.queued(Samples.queueByRule("odd"), NOON, NOON);
    assertEquals(
        "assign to \"West Region\", as by hand",
        Notes.settled(queued, Samples.byHand(), NOON).note());
    assertEquals(
        "assign to \"West Region\", as the job decided",
        Notes.settled(queued, Samples.assign(), NOON).note());
  }

  @Test
  void whatElseKeepsALeadIsSaidInOneSentence() {
    assertEquals("superseded by lead-2", Notes.superseded(lead, "lead-2", NOON).note());
    Move waits = Notes.waitsForFirstReading(lead, NOON.plusSeconds(9), NOON);
    assertEquals(
        "queued: the CRM's territories have not been read yet; judged as soon as they are",
        waits.note());
    assertEquals(NOON.plusSeconds(9), waits.after().due());
    Move paused = Notes.paused(lead, new Pause(NOON, "ana", "a look"), NOON.plusSeconds(9), NOON);
    assertEquals("queued: crm_paused; sending is paused by ana: a look", paused.note());
    assertEquals(QueueReason.CRM_PAUSED, paused.after().reason());
  }

  private Move decided(Decision decision) {
    return Notes.decided(lead, decision, NOON.plusSeconds(3_600), NOON);
  }

  private static Receipt receipt(RuleHit winner, RuleHit readiness, String detail) {
    return new Receipt(
        "digest",
        winner,
        readiness,
        List.of(),
        List.of(),
        detail,
        "rulebook",
        "snapshot",
        NOON,
        "test",
        "test",
        null,
        null);
  }
}
