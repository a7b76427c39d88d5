package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.AuditBook.Claim;
import io.bailiwick.flow.AuditBook.Kept;
import io.bailiwick.flow.AuditLog;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.flow.Outbox.Standing;
import io.bailiwick.flow.Outbox.Subscription;
import io.bailiwick.flow.Outbox.Undelivered;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Attempts;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.BlastRadius;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadEvent;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Origin;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TraceParent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises; each store passes the same suite. */
abstract class JournalContract {

  private static final Runnable NOBODY = () -> {};

  private Journal journal;
  private int ids;

  /** The store under test, as a service finds it when it starts, and starts again. */
  abstract Journal open();

  @BeforeEach
  void openTheFirstTime() {
    journal = open();
  }

  @AfterEach
  void closeAtLast() {
    journal.close();
  }

  @Test
  void anAcceptedLeadIsFoundAgainAsItWasAfterReopening() {
    Entry entry = accept("7");
    reopen();
    assertEquals(entry, found(entry.id()));
    assertEquals(Samples.lead("7"), found(entry.id()).lead());
    assertEquals(1, get(journal.history(entry.id())).size());
  }

  @Test
  void everyMoveIsKeptWithItsHistoryAndEveryFieldOfTheEntry() {
    Entry accepted = accept("7");
    Entry decided = move(accepted, accepted.decided(Samples.assign(), NOON.plusMillis(3)));
    Entry sending = move(decided, decided.sending(NOON.plusSeconds(40), NOON.plusMillis(4)));
    Entry refused = move(sending, sending.refused(NOON.plusSeconds(9), NOON.plusMillis(5)));
    reopen();
    assertEquals(refused, found(refused.id()));
    Entry parked = move(refused, refused.parked(ParkReason.TERRITORY_REFUSED, NOON));
    assertEquals(parked, found(parked.id()));
    assertEquals(
        List.of(Stage.ACCEPTED, Stage.DECIDED, Stage.SENDING, Stage.QUEUED, Stage.PARKED),
        get(journal.history(parked.id())).stream().map(line -> line.stage()).toList());
  }

  @Test
  void stepsOfOneLeadThatFollowEachOtherAreWrittenTogetherEachWithItsLineOfHistory() {
    Entry accepted = accept("1");
    Entry other = accept("2");
    Entry decided = accepted.decided(Samples.assign(), NOON);
    Entry sending = decided.sending(NOON.plusSeconds(40), NOON.plusSeconds(1));
    List<Move> moves =
        List.of(
            new Move(accepted, decided, "decided"),
            new Move(decided, sending, "sending, attempt 1"),
            new Move(other, other.decided(Samples.assign(), NOON), "decided"));
    assertEquals(List.of(true, true, true), applied(moves));
    assertEquals(List.of(false, false, false), applied(moves), "not twice");
    assertEquals(sending, get(journal.find(accepted.id())).orElseThrow());
    assertEquals(
        List.of("accepted as revision 1", "decided", "sending, attempt 1"),
        get(journal.history(accepted.id())).stream().map(line -> line.note()).toList());
  }

  @Test
  void aStepThatFollowsOneThatIsNotWrittenIsNotWrittenThoughTheVersionsAgree() {
    Entry accepted = accept("1");
    Entry newer = accept("1");
    Entry decided = accepted.decided(Samples.assign(), NOON);
    Entry sending = decided.sending(NOON.plusSeconds(40), NOON);
    var moves =
        List.of(
            new Move(accepted, decided, "decided"),
            new Move(decided, sending, "sending, attempt 1"),
            new Move(newer, newer.decided(Samples.assign(), NOON), "decided"));
    assertEquals(List.of(false, false, true), applied(moves));
    Entry found = get(journal.find(accepted.id())).orElseThrow();
    assertEquals(Stage.SUPERSEDED, found.stage());
    assertEquals(decided.version(), found.version());
  }

  private List<Boolean> applied(List<Move> moves) {
    return get(journal.record(moves)).stream().map(Recorded::applied).toList();
  }

  @Test
  void aBacklogLeavesRoomForWhatCameLast() {
    List<Entry> backlog = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      backlog.add(accept("b" + i));
    }
    Entry fresh = accept("fresh", NOON.plusSeconds(1));
    Instant now = NOON.plusSeconds(2);
    List<String> first = claim(now, 8);
    assertEquals(8, first.size());
    assertTrue(first.contains(fresh.id()), "a quarter is for the newest");
    Set<String> all = new HashSet<>(first);
    for (int i = 0; i < 33; i++) {
      List<String> one = claim(now, 1);
      assertEquals(1, one.size());
      assertTrue(all.add(one.get(0)), "none twice");
    }
    assertEquals(List.of(), claim(now, 8), "and none is left");
  }

  @Test
  void aTerritoryBetweenTwoBacklogsHasItsTurn() {
    for (int i = 0; i < 40; i++) {
      decided("a" + i, "Anywhere", NOON);
    }
    Set<String> few = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      few.add(decided("m" + i, "Middle", NOON.plusSeconds(1)).id());
    }
    for (int i = 0; i < 40; i++) {
      decided("z" + i, "Zone", NOON.plusSeconds(2));
    }
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      List<String> claimed = claims(Work.SEND, NOON.plusSeconds(3), 8);
      assertEquals(8, claimed.size());
      claimed.forEach(id -> assertTrue(all.add(id), "none twice"));
    }
    assertTrue(all.containsAll(few), "they had their turn before the backlogs were gone");
    assertEquals(19, claims(Work.SEND, NOON.plusSeconds(3), 99).size(), "and none is left out");
  }

  private Entry decided(String record, String territory, Instant due) {
    Entry accepted = accept(record);
    var ref = new TerritoryRef("id-" + territory, territory);
    var decision = Decision.assign(ref, Samples.assign().receipt());
    return move(accepted, accepted.decided(decision, due));
  }

  @Test
  void whatMayBeWrittenIsKeptAndWhetherAJobOfTheCrmIsToWriteIt() {
    Entry accepted = accept("7");
    Entry decided = move(accepted, accepted.decided(Samples.assign(), NOON));
    Entry sending = move(decided, decided.sending(NOON.plusSeconds(40), NOON));
    Entry scheduled = move(sending, sending.scheduled(NOON.plusSeconds(50), NOON));
    reopen();
    assertEquals(scheduled, found(scheduled.id()));
    assertEquals(NOON, found(scheduled.id()).written().scheduledSince());
    Entry again = move(scheduled, scheduled.scheduled(NOON, NOON.plusSeconds(60)));
    assertEquals(NOON, again.written().scheduledSince(), "since it was first said");
    Entry assigned = move(again, again.assigned(NOON));
    assertEquals(null, found(assigned.id()).written().scheduledSince());
    assertEquals(Samples.assign().territory(), assigned.written().territories().get(0));
  }

  @Test
  void aNewerRevisionTakesOverWhatAnEarlierOneMayHaveWritten() {
    Entry first = accept("7");
    Entry sending = move(first, first.decided(Samples.assign(), NOON));
    sending = move(sending, sending.sending(NOON.plusSeconds(40), NOON));
    Entry second = accept("7");
    assertEquals(sending.written(), second.written());
    Entry third = accept("8");
    third = move(third, third.decided(Samples.assign(), NOON));
    third = move(third, third.sending(NOON.plusSeconds(40), NOON));
    move(third, third.assigned(NOON));
    Entry fourth = accept("8");
    reopen();
    assertEquals(1, found(fourth.id()).written().territories().size());
    assertEquals(List.of(), accept("9").written().territories());
  }

  @Test
  void aMoveFromAnotherStateThanTheCurrentIsNotWritten() {
    Entry accepted = accept("7");
    move(accepted, accepted.parked(ParkReason.INTERNAL, NOON));
    Move late = new Move(accepted, accepted.decided(Samples.assign(), NOON), "late");
    assertFalse(get(journal.record(List.of(late))).get(0).applied());
    assertEquals(Stage.PARKED, found(accepted.id()).stage());
    assertEquals(2, get(journal.history(accepted.id())).size());
  }

  @Test
  void theSameKeyWithTheSameRequestMakesNoSecondLead() {
    Key key = new Key("k", "digest");
    var first = (Acceptance.Accepted) accept(key, "7", "8");
    var again = assertInstanceOf(Acceptance.Repeated.class, accept(key, "7", "8"));
    assertEquals(first.entries(), again.entries());
    assertEquals(2, get(journal.list(LeadFilter.ANY, null, 10)).entries().size());
  }

  @Test
  void theSameKeyWithAnotherRequestStoresNothing() {
    accept(new Key("k", "digest"), "7");
    assertInstanceOf(Acceptance.KeyReused.class, accept(new Key("k", "other"), "8", "9"));
    assertEquals(1, get(journal.list(LeadFilter.ANY, null, 10)).entries().size());
  }

  @Test
  void aForgottenKeyIsFreeAgain() {
    accept(new Key("k", "digest"), "7");
    assertEquals(0, get(journal.forgetKeys(NOON)));
    assertEquals(1, get(journal.forgetKeys(NOON.plusMillis(1))));
    assertInstanceOf(Acceptance.Accepted.class, accept(new Key("k", "other"), "8"));
  }

  @Test
  void aSecondPostOfARecordIsItsNextRevisionAndTheFirstGivesWay() {
    Entry first = accept("7");
    Entry second = accept("7");
    assertEquals(2, second.revision());
    assertEquals(Stage.SUPERSEDED, found(first.id()).stage());
    assertEquals(second.id(), found(first.id()).supersededBy());
  }

  @Test
  void theHighestRevisionWinsInWhateverOrderTheyCome() {
    Entry third = accept(Samples.lead("7", 3));
    Entry first = accept(Samples.lead("7", 1));
    Entry second = accept(Samples.lead("7", 2));
    assertEquals(Stage.ACCEPTED, found(third.id()).stage());
    assertEquals(Stage.SUPERSEDED, first.stage());
    assertEquals(third.id(), second.supersededBy());
    assertEquals(4, accept("7").revision());
  }

  @Test
  void aLeadBeingSentKeepsItsRecordToItselfAndHearsOfTheNewerOne() {
    Entry older = accept("7");
    Entry decided = move(older, older.decided(Samples.assign(), NOON));
    Entry sending = move(decided, decided.sending(NOON.plusSeconds(40), NOON));
    Entry newer = accept("7");
    assertEquals(Stage.SENDING, found(older.id()).stage());
    assertEquals(List.of(), claim(Work.DECIDE, NOON));
    Move done = new Move(sending, sending.assigned(NOON), "done");
    assertEquals(newer.id(), get(journal.record(List.of(done))).get(0).newer());
    assertEquals(List.of(newer.id()), claim(Work.DECIDE, NOON));
  }

  @Test
  void whatIsClaimedIsNobodyElsesUntilItIsRecordedReleasedOrTheServiceEnds() {
    Entry a = accept("1");
    Entry b = accept("2");
    assertEquals(Set.of(a.id(), b.id()), Set.copyOf(claim(Work.DECIDE, NOON)));
    assertEquals(List.of(), claim(Work.DECIDE, NOON));
    get(journal.release(List.of(a)));
    assertEquals(List.of(a.id()), claim(Work.DECIDE, NOON));
    move(b, b.queued(Samples.queue(Blocker.INACTIVE), NOON, NOON));
    assertEquals(List.of(b.id()), claim(Work.DECIDE, NOON));
    reopen();
    assertEquals(Set.of(a.id(), b.id()), Set.copyOf(claim(Work.DECIDE, NOON)));
  }

  @Test
  void whatIsGivenBackAsItWasBeforeItMovedStaysWhoseItIs() {
    Entry lead = accept("1");
    claim(Work.DECIDE, NOON);
    Entry decided = move(lead, lead.decided(Samples.assign(), NOON));
    assertEquals(List.of(lead.id()), claim(Work.SEND, NOON));
    get(journal.release(List.of(lead)));
    assertEquals(List.of(), claim(Work.SEND, NOON));
    get(journal.release(List.of(decided)));
    assertEquals(List.of(lead.id()), claim(Work.SEND, NOON));
  }

  @Test
  void theOldestDueComesFirstAndTheNextDueTimeIsTold() {
    Entry late = queued("1", NOON.plusSeconds(60));
    Entry soon = queued("2", NOON.plusSeconds(30));
    var none = get(journal.claim(Work.DECIDE, NOON, 10));
    assertEquals(List.of(), none.claims());
    assertEquals(NOON.plusSeconds(30), none.nextDue());
    assertEquals(List.of(soon.id(), late.id()), claim(Work.DECIDE, NOON.plusSeconds(60)));
    assertNull(get(journal.claim(Work.SEND, NOON, 10)).nextDue());
  }

  @Test
  void aClaimTakesNoMoreThanItsLimitAndTheRestComesNext() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(accept("r" + i).id());
    }
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      get(journal.claim(Work.DECIDE, NOON, 2))
          .claims()
          .forEach(claim -> taken.add(claim.entry().id()));
    }
    assertEquals(Set.copyOf(all), Set.copyOf(taken));
    assertEquals(5, taken.size());
  }

  @Test
  void whatWasBeingSentWhenTheServiceEndedIsLookedUpInItsTimeAndNotBefore() {
    Entry accepted = accept("1");
    Entry decided = move(accepted, accepted.decided(Samples.assign(), NOON));
    move(decided, decided.sending(NOON.plusSeconds(40), NOON));
    reopen();
    assertEquals(List.of(), claim(Work.SEND, NOON.plusSeconds(39)));
    assertEquals(List.of(accepted.id()), claim(Work.SEND, NOON.plusSeconds(40)));
  }

  @Test
  void aChangedTerritoryWakesExactlyTheLeadsThatWaitForIt() {
    Entry waiting = queued("1", NOON.plusSeconds(600));
    Entry unmatched = accept("2");
    Entry postponed =
        unmatched.postponed(
            QueueReason.CRM_UNAVAILABLE, NOON.plusSeconds(600), Attempts.NONE, NOON);
    move(unmatched, postponed);
    assertEquals(0, get(journal.wakeTerritories(changed(Set.of("East Region")), NOON, NOBODY)));
    assertEquals(
        1,
        get(journal.wakeTerritories(changed(Set.of("West Region", "East Region")), NOON, NOBODY)));
    assertEquals(List.of(waiting.id()), claim(Work.DECIDE, NOON));
    assertEquals(1, get(journal.wake(QueueReason.CRM_UNAVAILABLE, NOON, NOBODY)));
    assertEquals(List.of(postponed.id()), claim(Work.DECIDE, NOON));
  }

  @Test
  void itKnowsWhetherAnyLeadIsQueuedForAReason() {
    assertFalse(get(journal.anyQueued(QueueReason.TERRITORY_NOT_READY)));
    queued("1", NOON);
    assertTrue(get(journal.anyQueued(QueueReason.TERRITORY_NOT_READY)));
    assertFalse(get(journal.anyQueued(QueueReason.NO_MATCH)));
  }

  @Test
  void listsArePagedNewestFirstAndFiltered() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, accept("r" + i).id());
    }
    queued("q", NOON);
    var first = get(journal.list(LeadFilter.of(Stage.ACCEPTED), null, 3));
    var second = get(journal.list(LeadFilter.of(Stage.ACCEPTED), first.next(), 3));
    List<String> seen = new ArrayList<>();
    first.entries().forEach(entry -> seen.add(entry.id()));
    second.entries().forEach(entry -> seen.add(entry.id()));
    assertEquals(ids, seen);
    assertNull(second.next());
    LeadFilter west = LeadFilter.waitingFor("West Region");
    assertEquals(1, get(journal.list(west, null, 10)).entries().size());
    var failed =
        assertThrows(
            CompletionException.class, () -> get(journal.list(LeadFilter.ANY, "nonsense", 3)));
    assertInstanceOf(IllegalArgumentException.class, failed.getCause());
  }

  @Test
  void theRevisionsOfARecordAreFoundByItsIdInWhateverModule() {
    Entry first = accept("7");
    Entry second = accept("7");
    accept("77");
    Entry account =
        accept(new LeadForm().set(LeadField.MODULE, "Accounts").set(LeadField.CRM_ID, "7").lead());
    var found = get(journal.list(LeadFilter.ofRecord("7"), null, 10)).entries();
    assertEquals(
        List.of(account.id(), second.id(), first.id()), found.stream().map(Entry::id).toList());
    assertEquals(3L, get(journal.count(LeadFilter.ofRecord("7"))));
    assertEquals(List.of(), get(journal.list(LeadFilter.ofRecord("%"), null, 10)).entries());
  }

  @Test
  void leadsAreReadOnceEachInTheOrderTheyCameFromAnInstantOn() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(accept("r" + i, NOON.plusSeconds(i / 2)).id());
    }
    for (int from : new int[] {0, 1, 13, 19, 20}) {
      List<String> seen = new ArrayList<>();
      String cursor = null;
      do {
        var page = get(journal.since(NOON.plusSeconds(from), cursor, 7));
        page.entries().forEach(entry -> seen.add(entry.id()));
        assertTrue(page.entries().size() <= 7);
        cursor = page.next();
      } while (cursor != null);
      assertEquals(ids.subList(from * 2, 40), seen, from + " s");
    }
    assertEquals(40, get(journal.since(Instant.EPOCH, null, 100)).entries().size());
    var failed =
        assertThrows(
            CompletionException.class, () -> get(journal.since(Instant.EPOCH, "nonsense", 3)));
    assertInstanceOf(IllegalArgumentException.class, failed.getCause());
  }

  @Test
  void aLeadOfBeforeIsNotAmongThemThoughAClockWasSetBack() {
    accept("a", NOON);
    String late = accept("b", NOON.plusSeconds(9)).id();
    accept("c", NOON.plusSeconds(1));
    String later = accept("d", NOON.plusSeconds(10)).id();
    assertEquals(
        List.of(late, later),
        get(journal.since(NOON.plusSeconds(5), null, 9)).entries().stream()
            .map(Entry::id)
            .toList());
  }

  /** Whoever stood still may come with what it read long ago. */
  @Test
  void aReadingThatFollowsAnotherThanTheLatestIsNotKept() {
    var west = new TerritorySnapshot(List.of(Samples.territory("1", "West Region")), Flag.YES);
    var none = new TerritorySnapshot(List.of(), Flag.YES);
    assertFalse(keep(west, NOON, 2, Changed.NOTHING), "there is no first");
    assertTrue(keep(none, NOON, 1, Changed.NOTHING));
    assertTrue(keep(west, NOON, 2, Changed.NOTHING));
    Entry waiting = queued("1", NOON.plusSeconds(600));
    assertFalse(keep(none, NOON.plusSeconds(60), 2, changed(Set.of("West Region"))));
    assertEquals(west, get(journal.latestSnapshot()).orElseThrow().snapshot());
    assertEquals(0, get(journal.wakeTerritories(Changed.NOTHING, NOON, NOBODY)), waiting.id());
  }

  @Test
  void theLatestSnapshotIsKept() {
    assertTrue(get(journal.latestSnapshot()).isEmpty());
    var west = new TerritorySnapshot(List.of(Samples.territory("1", "West Region")), Flag.YES);
    var both =
        new TerritorySnapshot(
            List.of(Samples.territory("1", "West Region"), Samples.territory("2", "East")),
            Flag.UNKNOWN);
    assertTrue(keep(west, NOON, 1, Changed.NOTHING));
    assertTrue(keep(both, NOON.plusSeconds(9), 2, Changed.NOTHING));
    assertTrue(keep(west, NOON.plusSeconds(2), 3, Changed.NOTHING), "by a clock that is behind");
    reopen();
    KeptSnapshot kept = get(journal.latestSnapshot()).orElseThrow();
    assertEquals(west.id(), kept.snapshot().id());
    assertEquals(west.territories(), kept.snapshot().territories());
    assertEquals(NOON.plusSeconds(2), kept.readAt());
    assertEquals(3, kept.number());
    assertTrue(get(journal.snapshotAfter(3)).isEmpty(), "it is known");
    assertEquals(kept, get(journal.snapshotAfter(2)).orElseThrow());
    TerritorySnapshot older = get(journal.snapshot(both.id())).orElseThrow();
    assertEquals(both.territories(), older.territories());
    assertEquals(both.permitted(), older.permitted());
    assertTrue(get(journal.snapshot("none")).isEmpty());
  }

  @Test
  void aVersionIsKeptWithItsFixturesAndTheLogSaysWhichOneServes() {
    assertEquals(List.of(), get(journal.publications(9)));
    assertTrue(get(journal.taken()).isEmpty());
    var first = new RuleVersion(files("a"), Map.of("leads/a.json", "ä"));
    var second = new RuleVersion(files("b"), Map.of());
    var taken = publication(first, How.ON_CHANGE, null, NOON);
    var approved = publication(second, How.APPROVED, "ana", NOON.plusSeconds(1));
    var back = publication(first, How.ROLLED_BACK, null, NOON.plusSeconds(1));
    publish(first, taken, "digest 1");
    publish(second, approved, null);
    publish(first, back, null);
    reopen();
    assertEquals(List.of(back, approved, taken), get(journal.publications(9)));
    assertEquals(List.of(back), get(journal.publications(1)));
    assertEquals("digest 1", get(journal.taken()).orElseThrow());
    RuleVersion kept = get(journal.version(first.hash())).orElseThrow();
    assertEquals(first.digest(), kept.digest(), "every file and fixture, byte for byte");
    assertEquals(first.fixtures(), kept.fixtures());
    assertArrayEquals(new byte[] {0, -1, 7}, kept.files().sheets().get("t.drl.xlsx"));
    assertTrue(get(journal.version("none")).isEmpty());
  }

  /** Whoever stood still may come with what it decided long ago. */
  @Test
  void aPublicationThatFollowsAnotherThanTheLastIsNotKept() {
    var first = new RuleVersion(files("a"), Map.of());
    var second = new RuleVersion(files("b"), Map.of());
    var third = new RuleVersion(files("c"), Map.of());
    var one = publication(first, How.ON_CHANGE, null, NOON);
    var two = publication(second, How.ON_CHANGE, null, NOON.plusSeconds(1));
    var late = publication(third, How.ON_CHANGE, null, NOON);
    Boolean none = get(journal.keepVersion(third, new Succession(late, one), "digest 3"));
    assertFalse(none, "there is none");
    assertTrue(publish(first, one, "digest 1"));
    assertTrue(publish(second, two, "digest 2"));
    Boolean older = get(journal.keepVersion(third, new Succession(late, one), "digest 3"));
    Boolean asFirst = get(journal.keepVersion(third, new Succession(late, null), "digest 3"));
    assertFalse(older || asFirst);
    assertEquals(List.of(two, one), get(journal.publications(9)));
    assertEquals("digest 2", get(journal.taken()).orElseThrow());
    assertTrue(get(journal.version(third.hash())).isEmpty());
  }

  private boolean publish(RuleVersion version, Publication publication, @Nullable String taken) {
    Publication last = get(journal.publications(1)).stream().findFirst().orElse(null);
    Boolean kept = get(journal.keepVersion(version, new Succession(publication, last), taken));
    return kept;
  }

  @Test
  void aVersionKeptAgainTakesTheNewFixturesWithoutALineInTheLog() {
    var before = new RuleVersion(files("a"), Map.of("leads/a.json", "1"));
    var after = new RuleVersion(files("a"), Map.of("leads/a.json", "2"));
    publish(before, publication(before, How.ON_CHANGE, null, NOON), "digest 1");
    get(journal.keepVersion(after, null, "digest 2"));
    assertEquals(1, get(journal.publications(9)).size());
    assertEquals("digest 2", get(journal.taken()).orElseThrow());
    assertEquals(after.digest(), get(journal.version(after.hash())).orElseThrow().digest());
  }

  /** An instance that stood still believes that its rules serve, and found them in the folder. */
  @Test
  void whatIsKeptBesideOtherRulesThatWerePublishedSinceDoesNotSayThatTheFolderIsDealtWith() {
    var older = new RuleVersion(files("a"), Map.of());
    var newer = new RuleVersion(files("b"), Map.of());
    publish(older, publication(older, How.ON_CHANGE, null, NOON), "digest 1");
    publish(newer, publication(newer, How.ON_CHANGE, null, NOON), "digest 2");
    get(journal.keepVersion(older, null, "digest 1"));
    assertEquals("digest 2", get(journal.taken()).orElseThrow());
  }

  @Test
  void otherRulesWakeExactlyTheLeadsThatTheyCanMoveAndOnceAPublication() {
    Instant later = NOON.plusSeconds(600);
    Set<String> moved = new HashSet<>();
    for (QueueReason reason :
        List.of(QueueReason.NO_MATCH, QueueReason.AMBIGUOUS, QueueReason.RULE_ERROR)) {
      Entry entry = accept(reason.word());
      var decision = Decision.queue(reason, Samples.receipt("snapshot"));
      moved.add(move(entry, entry.queued(decision, later, NOON)).id());
    }
    moved.add(queued("not-ready", later).id());
    Entry byRule = accept("by-rule");
    moved.add(move(byRule, byRule.queued(Samples.queueByRule("review"), later, NOON)).id());
    Entry refused = sending("refused");
    move(refused, refused.refused(later, NOON));
    for (QueueReason reason : List.of(QueueReason.CRM_UNAVAILABLE, QueueReason.CRM_PAUSED)) {
      Entry waits = accept(reason.word());
      move(waits, waits.postponed(reason, later, Attempts.NONE, NOON));
    }
    var version = new RuleVersion(files("a"), Map.of());
    publish(version, publication(version, How.ON_CHANGE, null, NOON), null);
    assertEquals(5, get(journal.wakeForRules(NOON, NOBODY)));
    assertEquals(moved, Set.copyOf(claim(Work.DECIDE, NOON)));
    reopen();
    Entry another = queued("another", later);
    assertEquals(
        0, get(journal.wakeForRules(NOON, NOBODY)), "done for this publication, over restarts");
    publish(version, publication(version, How.ROLLED_BACK, null, NOON), null);
    assertEquals(1, get(journal.wakeForRules(NOON, NOBODY)));
    assertTrue(claim(Work.DECIDE, NOON).contains(another.id()));
  }

  @Test
  void manyLeadsAreWokenEachOnceAndAnsweredAsOneNumberWhileOthersAreAccepted() {
    Instant later = NOON.plusSeconds(600);
    Set<String> waiting = manyQueued(4_100, later);
    var woken =
        journal.wakeTerritories(changed(Set.of("West Region", "East Region")), NOON, NOBODY);
    Entry other = accept("meanwhile");
    assertEquals(4_100, get(woken));
    assertEquals(0, get(journal.wakeTerritories(changed(Set.of("West Region")), NOON, NOBODY)));
    waiting.add(other.id());
    assertEquals(waiting, Set.copyOf(claims(Work.DECIDE, NOON, 5_000)));
  }

  @Test
  void workOnTheFirstThatAreWokenBeginsWhileTheLastStillWait() {
    manyQueued(4_100, NOON.plusSeconds(600));
    var some = new CompletableFuture<Void>();
    var woken =
        journal.wakeTerritories(changed(Set.of("West Region")), NOON, () -> some.complete(null));
    some.orTimeout(60, TimeUnit.SECONDS).join();
    assertEquals(10, claims(Work.DECIDE, NOON, 10).size());
    assertEquals(4_100, get(woken));
  }

  /** The service is ended while they are woken: the rest waits, and the same again wakes it. */
  @Test
  void aWakingThatIsCutShortIsDoneAgainAndForgetsNobody() {
    Instant later = NOON.plusSeconds(600);
    Set<String> waiting = manyQueued(4_100, later);
    var cut = journal.wakeTerritories(changed(Set.of("West Region")), NOON, NOBODY);
    reopen();
    int first =
        cut.handle((woken, failure) -> failure == null ? woken : -1).toCompletableFuture().join();
    int rest = get(journal.wakeTerritories(changed(Set.of("West Region")), NOON, NOBODY));
    assertTrue(first < 0 || first + rest == 4_100, first + " and " + rest);
    assertEquals(waiting, Set.copyOf(claims(Work.DECIDE, NOON, 5_000)));
  }

  @Test
  void whatAReadingChangedIsOwedToTheLeadsThatWaitUntilTheyWereWoken() {
    Entry west = queued("1", NOON.plusSeconds(600));
    Entry accepted = accept("2");
    Instant later = NOON.plusSeconds(600);
    Entry unread = accepted.postponed(QueueReason.CRM_UNAVAILABLE, later, Attempts.NONE, NOON);
    move(accepted, unread);
    var read = new TerritorySnapshot(List.of(Samples.territory("1", "West Region")), Flag.YES);
    keep(read, NOON, 1, changed(Set.of("East Region")));
    keep(read, NOON, 2, new Changed(Set.of(), true));
    keep(read, NOON, 3, changed(Set.of("West Region")));
    reopen();
    assertEquals(2, get(journal.wakeTerritories(Changed.NOTHING, NOON, NOBODY)));
    assertEquals(Set.of(west.id(), unread.id()), Set.copyOf(claim(Work.DECIDE, NOON)));
    queued("3", later);
    reopen();
    assertEquals(0, get(journal.wakeTerritories(Changed.NOTHING, NOON, NOBODY)), "it is paid");
  }

  @Test
  void whatWasOwedIsOwedStillWhereItsWakingIsCutShort() {
    Set<String> waiting = manyQueued(4_100, NOON.plusSeconds(600));
    var read = new TerritorySnapshot(List.of(Samples.territory("1", "West Region")), Flag.YES);
    keep(read, NOON, 1, changed(Set.of("West Region")));
    var cut = journal.wakeTerritories(Changed.NOTHING, NOON, NOBODY);
    reopen();
    cut.exceptionally(failure -> -1).toCompletableFuture().join();
    get(journal.wakeTerritories(Changed.NOTHING, NOON, NOBODY));
    assertEquals(waiting, Set.copyOf(claims(Work.DECIDE, NOON, 5_000)));
  }

  private boolean keep(TerritorySnapshot read, Instant at, long number, Changed changed) {
    Boolean kept = get(journal.keepSnapshot(new KeptSnapshot(read, at, number), changed));
    return kept;
  }

  private static Changed changed(Set<String> territories) {
    return new Changed(territories, false);
  }

  /** A publication counts as followed after all its leads were woken. */
  @Test
  void aWakingForOtherRulesThatIsCutShortIsDoneAgain() {
    Instant later = NOON.plusSeconds(600);
    Set<String> waiting = manyQueued(4_100, later);
    var version = new RuleVersion(files("a"), Map.of());
    publish(version, publication(version, How.ON_CHANGE, null, NOON), null);
    var cut = journal.wakeForRules(NOON, NOBODY);
    reopen();
    cut.exceptionally(failure -> -1).toCompletableFuture().join();
    get(journal.wakeForRules(NOON, NOBODY));
    assertEquals(waiting, Set.copyOf(claims(Work.DECIDE, NOON, 5_000)));
    assertEquals(0, get(journal.wakeForRules(NOON, NOBODY)));
  }

  private Set<String> manyQueued(int many, Instant due) {
    Set<String> all = new HashSet<>();
    for (int from = 0; from < many; from += 500) {
      List<Submission> some = new ArrayList<>();
      for (int i = from; i < Math.min(many, from + 500); i++) {
        some.add(new Submission("id-" + ++ids, Samples.lead("m" + i), "{}", NOON));
      }
      var accepted = (Acceptance.Accepted) get(journal.accept(some, null));
      List<Move> moves = new ArrayList<>();
      for (Entry one : accepted.entries()) {
        all.add(one.id());
        Entry queued = one.queued(Samples.queue(Blocker.API_DISABLED), due, NOON);
        moves.add(new Move(one, queued, "queued"));
      }
      assertTrue(get(journal.record(moves)).stream().allMatch(Recorded::applied));
    }
    return all;
  }

  private Entry sending(String crmId) {
    Entry accepted = accept(crmId);
    Entry decided = move(accepted, accepted.decided(Samples.assign(), NOON));
    return move(decided, decided.sending(NOON.plusSeconds(40), NOON));
  }

  private static RuleFiles files(String text) {
    return new RuleFiles(
        Map.of("west.drl", text, "README.md", "ä"), Map.of("t.drl.xlsx", new byte[] {0, -1, 7}));
  }

  private static Publication publication(RuleVersion version, How how, String who, Instant at) {
    return new Publication(version.hash(), at, how, who, who == null ? null : "a note");
  }

  @Test
  void aLeadKeepsItsPlaceInATraceWithEveryMove() {
    var trace = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    var submission =
        new Submission("traced", Samples.lead("7"), "{}", NOON, new Origin(trace, "web"));
    get(journal.accept(List.of(submission), null));
    Entry accepted = found("traced");
    move(accepted, accepted.decided(Samples.assign(), NOON.plusMillis(3)));
    reopen();
    assertEquals(trace, found("traced").trace());
    assertEquals("web", found("traced").origin().sender());
    assertEquals(1, get(journal.count(LeadFilter.ANY.from("web"))));
    assertEquals(0, get(journal.count(LeadFilter.ANY.from("fair"))));
  }

  @Test
  void aMoveIsKeptAsAnEventForThoseWhoWantItAndOnlyOnceItIsWritten() {
    journal
        .outbox()
        .subscribe(
            Set.of(
                new Subscription("all", EnumSet.allOf(LeadEvent.Type.class)),
                new Subscription("parked", Set.of(LeadEvent.Type.PARKED))));
    Entry accepted = accept("7");
    Entry queued =
        move(accepted, accepted.postponed(QueueReason.CRM_UNAVAILABLE, NOON, Attempts.NONE, NOON));
    get(
        journal.record(
            List.of(new Move(accepted, accepted.parked(ParkReason.REJECTED, NOON), ""))));
    assertEquals(1, due("all", NOON).messages().size(), "the second move was not written");
    move(queued, queued.parked(ParkReason.REJECTED, NOON.plusMillis(1)));
    reopen();
    List<Message> all = due("all", NOON.plusMillis(1)).messages();
    assertEquals(
        List.of(LeadEvent.Type.QUEUED, LeadEvent.Type.PARKED),
        all.stream().map(one -> Json.own(one.body(), LeadEvent.class).type()).toList());
    LeadEvent parked = Json.own(all.get(1).body(), LeadEvent.class);
    assertEquals("rejected", parked.reason());
    assertEquals(queued.id(), parked.lead());
    assertEquals(1, due("parked", NOON.plusMillis(1)).messages().size());
  }

  @Test
  void aMessageWaitsForItsNextTryAndIsGoneOnceItIsDone() {
    var first = message("a", "web", NOON);
    var second = message("b", "web", NOON.plusSeconds(1));
    var other = message("a", "mail", NOON);
    tell(List.of(), Set.of(), List.of(first, second, other, first));
    get(journal.outbox().postpone(first, NOON.plusSeconds(60)));
    reopen();
    var due = due("web", NOON.plusSeconds(5));
    assertEquals(List.of(second), due.messages());
    assertEquals(NOON.plusSeconds(60), due.next());
    assertEquals(
        List.of(new Undelivered("mail", 1, NOON), new Undelivered("web", 2, NOON)),
        get(journal.outbox().undelivered()));
    get(journal.outbox().done(second));
    var later = due("web", NOON.plusSeconds(60));
    assertEquals(List.of("a"), later.messages().stream().map(Message::id).toList());
    assertEquals(1, later.messages().get(0).tries());
    assertNull(later.next());
    assertEquals(1, get(journal.outbox().forget("mail")));
    assertEquals(List.of(), due("mail", NOON.plusSeconds(60)).messages());
  }

  @Test
  void anAlarmStandsFromWhenItIsToldToWhenItIsToldAsCleared() {
    tell(List.of(new Standing("a", "1"), new Standing("b", "1")), Set.of(), List.of());
    tell(List.of(new Standing("b", "2")), Set.of("a", "c"), List.of(message("m", "web", NOON)));
    reopen();
    assertEquals(List.of(new Standing("b", "2")), get(journal.outbox().standing()));
    assertEquals(1, due("web", NOON).messages().size());
  }

  @Test
  void theBacklogCountsWhatWaitsByReasonAndSinceWhen() {
    assertEquals(Backlog.NONE, get(journal.backlog()));
    Entry first = accept("1");
    Entry second = accept("2");
    Entry third = accept("3");
    Entry fourth = accept("4");
    accept("5");
    move(first, first.postponed(QueueReason.CRM_PAUSED, NOON, Attempts.NONE, NOON));
    move(second, second.postponed(QueueReason.CRM_PAUSED, NOON, Attempts.NONE, NOON));
    move(third, third.parked(ParkReason.REJECTED, NOON));
    move(fourth, fourth.decided(Samples.assign(), NOON));
    Backlog backlog = get(journal.backlog());
    assertEquals(Map.of(ParkReason.REJECTED, 1L), backlog.parked());
    assertEquals(
        List.of("ACCEPTED null 1", "DECIDED null 1", "QUEUED CRM_PAUSED 2"),
        backlog.waiting().stream()
            .map(one -> one.stage() + " " + one.reason() + " " + one.count())
            .toList());
    assertEquals(first.id(), backlog.waiting().get(2).lead());
    assertEquals(NOON, backlog.waiting().get(2).oldest());
  }

  private static Message message(String id, String channel, Instant at) {
    return new Message(id, channel, Outbox.Kind.ALARM, "{}", at, 0);
  }

  private void tell(List<Standing> raised, Set<String> cleared, List<Message> messages) {
    get(journal.outbox().tell(new Outbox.Change(raised, cleared, messages)));
  }

  private Outbox.Due due(String channel, Instant now) {
    return get(journal.outbox().due(channel, now, 9));
  }

  @Test
  void theAuditOfADayIsOnesForItsLeaseAndFinishedOnce() {
    var audits = journal.audits();
    Instant lease = NOON.plusSeconds(60);
    var first = get(audits.claim("2026-01-15", "a", NOON, lease));
    assertEquals(new AuditBook.Claimed(Claim.TAKEN, null, null), first);
    var other = get(audits.claim("2026-01-15", "b", NOON.plusSeconds(9), lease));
    assertEquals(new AuditBook.Claimed(Claim.HELD, lease, null), other);
    Instant longer = lease.plusSeconds(60);
    assertEquals(Claim.TAKEN, get(audits.claim("2026-01-15", "a", lease, longer)).claim());
    assertEquals(Claim.HELD, get(audits.claim("2026-01-15", "b", lease, longer)).claim());
    assertEquals(Claim.TAKEN, get(audits.claim("2026-01-15", "b", longer, NOON)).claim());
    assertEquals(Kept.LOST, get(audits.keep(report("1", "2026-01-15", null), "a")));
    assertEquals(Kept.KEPT, get(audits.keep(report("1", "2026-01-15", null), "b")));
    assertEquals(Kept.LOST, get(audits.keep(report("2", "2026-01-15", "1"), "b")));
    reopen();
    audits = journal.audits();
    var done = new AuditBook.Claimed(Claim.DONE, null, "2026-01-15");
    assertEquals(done, get(audits.claim("2026-01-15", "c", longer, NOON)));
    assertEquals(done, get(audits.claim("2026-01-14", "c", longer, NOON)), "no day before it");
    assertEquals(Claim.TAKEN, get(audits.claim("2026-01-16", "c", longer, NOON)).claim());
    assertEquals(List.of(report("1", "2026-01-15", null)), get(audits.latest(9)));
  }

  @Test
  void anAuditUnderWayIsAnybodysOnceTheServiceHasEnded() {
    Instant lease = NOON.plusSeconds(60);
    get(journal.audits().claim("2026-01-15", "a", NOON, lease));
    reopen();
    assertEquals(Claim.TAKEN, get(journal.audits().claim("2026-01-15", "b", NOON, lease)).claim());
    assertEquals(Kept.LOST, get(journal.audits().keep(report("1", "2026-01-15", null), "a")));
  }

  @Test
  void aReportThatWasComparedWithAnotherThanTheLastIsNotKept() {
    var audits = journal.audits();
    assertEquals(Kept.KEPT, get(audits.keep(report("1", null, null), "a")));
    assertEquals(Kept.OUTDATED, get(audits.keep(report("2", null, null), "b")));
    assertEquals(Kept.KEPT, get(audits.keep(report("2", null, "1"), "b")));
    reopen();
    audits = journal.audits();
    assertEquals(List.of(report("2", null, "1"), report("1", null, null)), get(audits.latest(9)));
    assertEquals(List.of(report("2", null, "1")), get(audits.latest(1)));
    assertEquals(report("1", null, null), get(audits.find("1")).orElseThrow());
    assertTrue(get(audits.find("3")).isEmpty());
  }

  @Test
  void theLastReportIsUntoldUntilItIsToldOverRestarts() {
    assertTrue(get(journal.audits().untold()).isEmpty());
    get(journal.audits().keep(report("1", null, null), "a"));
    reopen();
    assertEquals("1", get(journal.audits().untold()).orElseThrow().id());
    get(journal.audits().told("1"));
    reopen();
    assertTrue(get(journal.audits().untold()).isEmpty());
    get(journal.audits().keep(report("2", null, "1"), "a"));
    assertEquals("2", get(journal.audits().untold()).orElseThrow().id());
  }

  @Test
  void exposureCountsTheLeadsOfATerritoryWithoutTheirSupersededRevisions() {
    Instant week = NOON.minusSeconds(700);
    Instant month = NOON.minusSeconds(3000);
    for (Instant at : List.of(month.minusMillis(1), month, week, NOON)) {
      Entry accepted = accept(Long.toString(at.toEpochMilli()), at);
      move(accepted, accepted.decided(Samples.assign(), at));
    }
    Entry waits = accept("waits", NOON);
    move(waits, waits.queued(Samples.queue(Blocker.INACTIVE), NOON.plusSeconds(9), NOON));
    Entry old = accept("old", NOON);
    Entry queued =
        move(old, old.queued(Samples.queue(Blocker.INACTIVE), NOON.plusSeconds(9), NOON));
    move(queued, queued.supersededBy("newer", NOON));
    accept("undecided", NOON);
    assertEquals(
        Map.of("West Region", new AuditLog.Exposure(3, 4, 1), "East", AuditLog.Exposure.NONE),
        get(journal.audits().exposure(Set.of("West Region", "East"), week, month)));
  }

  private static AuditReport report(String id, String day, String comparedWith) {
    var finding =
        new AuditFinding(
            AuditFinding.Kind.API_DISABLED,
            "West Region",
            Samples.WEST_ID,
            AuditFinding.News.NEW,
            "off",
            "switch it on",
            new BlastRadius(List.of(new RulePlace("west.drl", 3, "West")), 1, 2, 3, 4));
    return new AuditReport(
        id,
        day,
        day == null ? AuditReport.Trigger.ASKED : AuditReport.Trigger.SCHEDULED,
        NOON,
        NOON.plusSeconds(1),
        "snapshot",
        NOON,
        "rulebook",
        comparedWith,
        9,
        7,
        5,
        List.of(finding),
        List.of(new AuditReport.Untold(AuditFinding.Kind.USERS_INACTIVE, "not told")));
  }

  @Test
  void aProbeWritesAndHarmsNothing() {
    Entry entry = accept("1");
    get(journal.probe(NOON));
    get(journal.probe(NOON.plusSeconds(1)));
    assertEquals(entry, found(entry.id()));
  }

  private void reopen() {
    journal.close();
    journal = open();
  }

  private Entry accept(String crmId) {
    return accept(Samples.lead(crmId));
  }

  private Entry accept(Lead lead) {
    var submission = new Submission("id-" + ++ids, lead, "{}", NOON);
    var accepted = (Acceptance.Accepted) get(journal.accept(List.of(submission), null));
    return accepted.entries().get(0);
  }

  private Entry accept(String crmId, Instant at) {
    var submission = new Submission("id-" + ++ids, Samples.lead(crmId), "{}", at);
    var accepted = (Acceptance.Accepted) get(journal.accept(List.of(submission), null));
    return accepted.entries().get(0);
  }

  private Acceptance accept(Key key, String... crmIds) {
    List<Submission> submissions = new ArrayList<>();
    for (String crmId : crmIds) {
      submissions.add(new Submission("id-" + ++ids, Samples.lead(crmId), "{}", NOON));
    }
    return get(journal.accept(submissions, key));
  }

  private Entry queued(String crmId, Instant due) {
    Entry accepted = accept(crmId);
    return move(accepted, accepted.queued(Samples.queue(Blocker.API_DISABLED), due, NOON));
  }

  private Entry move(Entry before, Entry after) {
    assertTrue(get(journal.record(List.of(new Move(before, after, "moved")))).get(0).applied());
    return after;
  }

  private List<String> claim(Work work, Instant now) {
    return get(journal.claim(work, now, 100)).claims().stream()
        .map(claim -> claim.entry().id())
        .toList();
  }

  private List<String> claim(Instant now, int limit) {
    return claims(Work.DECIDE, now, limit);
  }

  private List<String> claims(Work work, Instant now, int limit) {
    return get(journal.claim(work, now, limit)).claims().stream()
        .map(claim -> claim.entry().id())
        .toList();
  }

  private Entry found(String id) {
    return get(journal.find(id)).orElseThrow();
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
