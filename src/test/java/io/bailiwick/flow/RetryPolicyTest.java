package io.bailiwick.flow;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Attempts;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.Touched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final double HALF = 0.5;

  private final DispatchSettings settings = DispatchSettings.DEFAULT;
  private final RetryPolicy retries = new RetryPolicy(settings);
  private final Entry sent = sent();

  @Test
  void doneIsAssigned() {
    assertEquals(Stage.ASSIGNED, after(new Outcome.Done("taken")).stage());
  }

  @Test
  void anInvalidTerritoryWaitsCostsNoAttemptAndHasTheTerritoriesReadAgain() {
    NextStep next = retries.after(sent, new Outcome.TerritoryInvalid("no"), NOON, HALF);
    Entry after = next.move().after();
    assertEquals(QueueReason.TERRITORY_NOT_READY, after.reason());
    assertEquals("refused", after.blocker());
    assertEquals(0, after.attempts().spent());
    assertTrue(next.refresh());
    assertNull(next.hold());
  }

  @Test
  void aTerritoryRefusedForADayThoughReadyParksTheLeadAndNotASecondSooner() {
    var invalid = new Outcome.TerritoryInvalid("no");
    Entry refused = retries.after(sent, invalid, NOON, HALF).move().after();
    Instant day = NOON.plus(settings.refusedLimit());
    Entry nearly = retries.after(again(refused), invalid, day.minusMillis(1), HALF).move().after();
    assertEquals(Stage.QUEUED, nearly.stage());
    Entry parked = retries.after(again(nearly), invalid, day, HALF).move().after();
    assertEquals(ParkReason.TERRITORY_REFUSED, parked.parkReason());
  }

  @Test
  void tooManyRequestsCostNoAttemptAndRetryAfterIsAFloorForEverybody() {
    var limited = new Outcome.RateLimited(Duration.ofSeconds(90), "429");
    NextStep next = retries.after(sent, limited, NOON, HALF);
    assertEquals(NOON.plusSeconds(90), next.move().after().due());
    assertEquals(Duration.ofSeconds(90), next.hold());
    assertEquals(0, next.move().after().attempts().spent());
    NextStep bare = retries.after(sent, new Outcome.RateLimited(null, "429"), NOON, HALF);
    assertEquals(NOON.plusMillis(500), bare.move().after().due());
    assertNull(bare.hold());
  }

  @Test
  void failuresWaitLongerEachTimeUntilTheAttemptsAreSpent() {
    var down = new Outcome.Unavailable(null, "503");
    Entry entry = sent;
    for (int i = 1; i < settings.maxAttempts(); i++) {
      entry = retries.after(entry, down, NOON, Math.nextDown(1.0)).move().after();
      assertEquals(QueueReason.CRM_UNAVAILABLE, entry.reason());
      assertEquals(i, entry.attempts().spent());
      entry = again(entry);
    }
    Entry last = retries.after(entry, down, NOON, HALF).move().after();
    assertEquals(ParkReason.ATTEMPTS_EXHAUSTED, last.parkReason());
  }

  @Test
  void failingForLongerThanTheLimitParksWhateverIsLeftOfTheAttempts() {
    var down = new Outcome.Unavailable(null, "503");
    Entry once = again(retries.after(sent, down, NOON, HALF).move().after());
    Instant late = NOON.plus(settings.maxTime());
    assertEquals(
        ParkReason.ATTEMPTS_EXHAUSTED,
        retries.after(once, down, late, HALF).move().after().parkReason());
  }

  @Test
  void aShutGateCostsNothingAndNoBackoffGrows() {
    var shut = new Outcome.GateShut(Duration.ofSeconds(3), "shut");
    NextStep next = retries.after(sent, shut, NOON, HALF);
    assertEquals(QueueReason.CRM_UNAVAILABLE, next.move().after().reason());
    assertEquals(sent.attempts(), next.move().after().attempts());
    assertEquals(NOON.plusMillis(3_500), next.move().after().due());
    assertEquals(Duration.ofSeconds(3), next.hold());
  }

  @Test
  void aRefusedTokenPausesEverythingAndIsNoLeadsFault() {
    NextStep next = retries.after(sent, new Outcome.Unauthorized("401"), NOON, HALF);
    assertEquals(QueueReason.CRM_PAUSED, next.move().after().reason());
    assertEquals(0, next.move().after().attempts().spent());
    assertEquals(settings.tokenPause(), next.hold());
  }

  @Test
  void anUnknownOutcomeIsLookedUpBeforeAnythingIsSentAgain() {
    Entry unresolved = after(new Outcome.Unknown("no answer"));
    assertEquals(Stage.SENDING, unresolved.stage());
    Entry written = looked(unresolved, new RecordState.Present(Samples.WEST_ID));
    assertEquals(Stage.ASSIGNED, written.stage());
    Entry unwritten = looked(unresolved, new RecordState.Present(null));
    assertEquals(Stage.DECIDED, unwritten.stage());
    assertEquals(unresolved.decision(), unwritten.decision(), "the same decision is sent again");
    assertEquals(Stage.SENDING, looked(unresolved, new RecordState.Unreadable("503")).stage());
    assertEquals(
        ParkReason.RECORD_GONE, looked(unresolved, new RecordState.Gone("gone")).parkReason());
  }

  @Test
  void aRecordThatCannotBeReadCostsNoAttemptAndIsGivenUpWhenTheTimeIsOver() {
    var unreadable = new RecordState.Unreadable("503");
    Entry once = looked(sent, unreadable);
    assertEquals(0, once.attempts().spent());
    Instant over = NOON.plus(settings.maxTime());
    Entry nearly = retries.afterLooking(once, unreadable, over.minusMillis(1), HALF).move().after();
    assertEquals(Stage.SENDING, nearly.stage());
    Entry parked = retries.afterLooking(nearly, unreadable, over, HALF).move().after();
    assertEquals(ParkReason.ATTEMPTS_EXHAUSTED, parked.parkReason());
  }

  @Test
  void aRecordThatNeverShowsTheTerritoryIsGivenUpWhenTheAttemptsAreSpent() {
    Attempts nearly = new Attempts(settings.maxAttempts() - 1, 0, NOON, null);
    Entry worn = sent.unresolved(NOON, nearly, NOON);
    assertEquals(
        ParkReason.ATTEMPTS_EXHAUSTED,
        looked(worn, new RecordState.Present("another")).parkReason());
  }

  @Test
  void aSuccessThatLeftTheRecordUnchangedIsNotAssigned() {
    Entry after =
        retries.afterVerifying(sent, new RecordState.Present(null), NOON, HALF).move().after();
    assertEquals(QueueReason.CRM_UNAVAILABLE, after.reason());
    assertEquals(1, after.attempts().spent());
    Entry shown =
        retries
            .afterVerifying(sent, new RecordState.Present(Samples.WEST_ID), NOON, HALF)
            .move()
            .after();
    assertEquals(Stage.ASSIGNED, shown.stage());
  }

  @Test
  void whatIsRefusedForGoodIsParkedWithItsReason() {
    assertEquals(ParkReason.REJECTED, after(new Outcome.Rejected("no")).parkReason());
    assertEquals(ParkReason.RECORD_GONE, after(new Outcome.RecordGone("gone")).parkReason());
    assertFalse(after(new Outcome.Rejected("no")).stage() == Stage.ASSIGNED);
  }

  @Test
  void aTerritoryBeforeThatTheRecordShowsBesideTheNewOneIsStale() {
    Entry again = replacing();
    var both = new RecordState.Present(List.of("old", Samples.WEST_ID), Touched.UNKNOWN);
    assertEquals("old", RetryPolicy.stale(again, both).id());
    assertNull(RetryPolicy.stale(again, new RecordState.Present(Samples.WEST_ID)));
    assertNull(RetryPolicy.stale(again, new RecordState.Present("old")), "the new one comes first");
    assertNull(RetryPolicy.stale(again, new RecordState.Unreadable("503")));
    assertNull(RetryPolicy.stale(sent, both), "nobody knows that we wrote it");
  }

  @Test
  void aRemovalIsLookedAtAgainUntilTheTimeIsOver() {
    Entry again = replacing();
    for (Outcome outcome : List.of(new Outcome.Done("200"), new Outcome.Unknown("202"))) {
      Entry next = retries.afterRemoving(again, outcome, NOON, HALF).move().after();
      assertEquals(Stage.SENDING, next.stage());
      assertEquals(again.previous(), next.previous());
      assertEquals(0, next.attempts().spent());
    }
    var limited = new Outcome.RateLimited(Duration.ofSeconds(90), "429");
    NextStep held = retries.afterRemoving(again, limited, NOON, HALF);
    assertEquals(Duration.ofSeconds(90), held.hold());
    assertEquals(NOON.plusSeconds(90), held.move().after().due());
    Entry once = retries.afterRemoving(again, new Outcome.Unknown(""), NOON, HALF).move().after();
    Instant over = NOON.plus(settings.maxTime());
    Entry parked =
        retries.afterRemoving(once, new Outcome.Rejected("no"), over, HALF).move().after();
    assertEquals(ParkReason.ATTEMPTS_EXHAUSTED, parked.parkReason());
    var gone = new Outcome.RecordGone("gone");
    assertEquals(
        ParkReason.RECORD_GONE,
        retries.afterRemoving(again, gone, NOON, HALF).move().after().parkReason());
  }

  @Test
  void aRemovalWaitsAsLongAsTheGateOrTheTokenAndOnlyThen() {
    Entry again = replacing();
    var shut = new Outcome.GateShut(Duration.ofSeconds(70), "shut");
    NextStep held = retries.afterRemoving(again, shut, NOON, HALF);
    assertEquals(Duration.ofSeconds(70), held.hold());
    assertEquals(NOON.plusSeconds(70), held.move().after().due());
    NextStep refused = retries.afterRemoving(again, new Outcome.Unauthorized("401"), NOON, HALF);
    assertEquals(settings.tokenPause(), refused.hold());
    assertNull(retries.afterRemoving(again, new Outcome.Unknown(""), NOON, HALF).hold());
    var soon = new Outcome.RateLimited(Duration.ofMillis(1), "429");
    NextStep longer = retries.afterRemoving(again, soon, NOON, HALF);
    assertEquals(NOON.plusMillis(500), longer.move().after().due(), "its own wait is longer");
  }

  @Test
  void whatAJobOfTheCrmIsToWriteIsNotSentAgainWhileTheJobMayBeUnderWay() {
    NextStep next = retries.after(sent, new Outcome.Scheduled("202"), NOON, HALF);
    Entry scheduled = next.move().after();
    assertEquals(Stage.SENDING, scheduled.stage());
    assertEquals(NOON.plusMillis(500), scheduled.due());
    assertEquals(0, scheduled.attempts().spent());
    var unwritten = new RecordState.Present(null);
    Instant over = NOON.plus(settings.scheduledLimit());
    Instant nearly = over.minusMillis(1);
    Entry waiting = retries.afterLooking(scheduled, unwritten, nearly, HALF).move().after();
    assertEquals(Stage.SENDING, waiting.stage());
    assertEquals(
        Stage.SENDING,
        retries.afterVerifying(scheduled, unwritten, nearly, HALF).move().after().stage());
    Entry again = retries.afterLooking(waiting, unwritten, over, HALF).move().after();
    assertEquals(Stage.DECIDED, again.stage());
  }

  @Test
  void aPersonsChangeStaysAndWhatIsThereAlreadyIsNotWritten() {
    Entry again = replacing();
    Entry left = instead(again, new RecordState.Present("a person's"));
    assertEquals(Stage.ASSIGNED, left.stage());
    assertEquals("old", left.territory().id(), "it is what we had last assigned it to");
    Entry there = instead(again, new RecordState.Present(Samples.WEST_ID));
    assertEquals(Stage.ASSIGNED, there.stage());
    assertEquals(Samples.WEST_ID, there.territory().id());
    assertEquals(ParkReason.RECORD_GONE, instead(again, new RecordState.Gone("")).parkReason());
    Entry unread = instead(again, new RecordState.Unreadable("503"));
    assertEquals(QueueReason.CRM_UNAVAILABLE, unread.reason());
    assertEquals(1, unread.attempts().spent());
  }

  @Test
  void aCrmThatIsDownIsNotAskedBeforeTheTimeItNames() {
    var down = new Outcome.Unavailable(Duration.ofSeconds(20), "503");
    NextStep next = retries.after(sent, down, NOON, HALF);
    assertEquals(NOON.plusSeconds(20), next.move().after().due());
    assertEquals(Duration.ofSeconds(20), next.hold());
    var soon = new Outcome.Unavailable(Duration.ofMillis(1), "503");
    NextStep longer = retries.after(sent, soon, NOON, HALF);
    assertEquals(NOON.plusMillis(500), longer.move().after().due());
  }

  private Entry instead(Entry entry, RecordState state) {
    return retries.insteadOfWriting(entry, state, NOON, HALF).move().after();
  }

  /** Sent to West, after it had been assigned to another territory. */
  private static Entry replacing() {
    var receipt = Samples.assign().receipt();
    Decision old = Decision.assign(new TerritoryRef("old", "Old Region"), receipt);
    return Entry.accepted("id", Samples.lead("1"), 1, NOON)
        .decided(old, NOON)
        .sending(NOON, NOON)
        .assigned(NOON)
        .realigned(Samples.assign(), NOON, NOON)
        .sending(NOON.plusSeconds(40), NOON);
  }

  private Entry after(Outcome outcome) {
    return retries.after(sent, outcome, NOON, HALF).move().after();
  }

  private Entry looked(Entry entry, RecordState state) {
    return retries.afterLooking(entry, state, NOON, HALF).move().after();
  }

  private static Entry again(Entry queued) {
    return queued.decided(Samples.assign(), NOON).sending(NOON, NOON);
  }

  private static Entry sent() {
    return Entry.accepted("id", Samples.lead("1"), 1, NOON)
        .decided(Samples.assign(), NOON)
        .sending(NOON.plusSeconds(40), NOON);
  }
}
