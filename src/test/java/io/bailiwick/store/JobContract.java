package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.JobBook.Changes;
import io.bailiwick.flow.JobBook.Step;
import io.bailiwick.flow.JobBook.Stepped;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.lead.Backlog.Overdue;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Act;
import io.bailiwick.lead.Job.Left;
import io.bailiwick.lead.Job.State;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Realigned.Result;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Receipt.Waited;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises of jobs, of finding the leads they concern, and of the pause. */
abstract class JobContract {

  private static final Job.Order RETRY =
      new Job.Order(Job.Kind.RETRY, parked(), 50, "ana", "the CRM is back");

  private Journal journal;
  private int ids;

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
  void aJobIsKeptWithAllItIsAndFoundAgainAfterReopening() {
    Job job = Job.started("j1", RETRY, 7, NOON);
    get(journal.jobs().keep(job));
    Job stopped = job.as(State.STOPPED, new Act(NOON.plusSeconds(1), "stopped", null, null));
    get(journal.jobs().keep(Job.started("j2", RETRY, 1, NOON)));
    assertEquals(List.of("j1", "j2"), get(journal.jobs().running()).stream().map(Job::id).toList());
    get(journal.jobs().keep(stopped));
    reopen();
    assertEquals(Optional.of(stopped), get(journal.jobs().find("j1")));
    assertEquals(Optional.empty(), get(journal.jobs().find("j3")));
    assertEquals(List.of("j2"), get(journal.jobs().running()).stream().map(Job::id).toList());
    assertEquals("j2", get(journal.jobs().latest(1)).get(0).id());
    assertEquals(2, get(journal.jobs().latest(9)).size());
  }

  @Test
  void aStepMovesItsLeadsAndTheJobTogetherAndCountsOnlyWhatItMoved() {
    Entry first = park(accept(), ParkReason.REJECTED, NOON);
    Entry second = park(accept(), ParkReason.REJECTED, NOON);
    Job job = Job.started("j", RETRY, 2, NOON);
    get(journal.jobs().keep(job));
    List<Move> moves = List.of(retried(first), retried(second));
    record(new Move(second, second.closed(NOON.plusSeconds(1)), "somebody was faster"));
    Stepped stepped = get(journal.jobs().step(new Step(job, moves, "17")));
    assertEquals(1, stepped.job().done());
    assertEquals("17", stepped.job().cursor());
    assertEquals(State.RUNNING, stepped.job().state());
    assertTrue(stepped.recorded().get(0).applied() && !stepped.recorded().get(1).applied());
    Stepped last = get(journal.jobs().step(new Step(stepped.job(), List.of(), null)));
    reopen();
    Job done = get(journal.jobs().find("j")).orElseThrow();
    assertEquals(last.job(), done);
    assertEquals(State.DONE, done.state());
    assertEquals(1, done.passedOver());
    assertEquals(Stage.DECIDED, get(journal.find(first.id())).orElseThrow().stage());
    assertEquals(List.of(), get(journal.jobs().running()));
  }

  @Test
  void aRealignmentKeepsWhatEachLeadHadBeforeAndWhatBecameOfIt() {
    List<Entry> leads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      leads.add(assign(accept()));
    }
    Job job = Job.started("j", order(Job.Kind.REALIGN), 4, NOON);
    get(journal.jobs().keep(job));
    Decision east = Decision.assign(new TerritoryRef("2", "East"), Samples.receipt("s"));
    List<Move> moves =
        leads.stream()
            .map(one -> new Move(one, one.realigned(east, NOON, NOON), "realigned"))
            .toList();
    record(new Move(leads.get(3), leads.get(3).supersededBy("x", NOON), "newer"));
    Stepped stepped = get(journal.jobs().step(new Step(job, moves, new Left(1, 2, 3), "9")));
    assertEquals(3, stepped.job().done());
    assertEquals(new Left(1, 2, 3), stepped.job().left());
    reopen();
    Changes first = get(journal.jobs().changes("j", null, 2));
    assertTrue(first.more());
    assertEquals(ids(leads.subList(0, 2)), leadsOf(first));
    assertEquals(leads.get(0).decision(), first.changes().get(0).realigned().before());
    assertEquals("2", first.changes().get(0).realigned().to());
    Entry under = first.changes().get(0).entry();
    assertEquals(moves.get(0).after(), under);
    assertEquals(leads.get(0).decision(), under.previous());
    Changes rest = get(journal.jobs().changes("j", first.changes().get(1).cursor(), 2));
    assertFalse(rest.more());
    assertEquals(ids(leads.subList(2, 3)), leadsOf(rest));
    assertEquals(Map.of(Result.UNDER_WAY, 3L), get(journal.jobs().results("j")));

    Entry sent = record(new Move(under, under.sending(NOON, NOON), "sending"));
    record(new Move(sent, sent.assigned(NOON), "assigned"));
    Entry second = first.changes().get(1).entry();
    sent = record(new Move(second, second.sending(NOON, NOON), "sending"));
    record(new Move(sent, sent.leftAlone(NOON), "left as it is"));
    Entry third = rest.changes().get(0).entry();
    record(new Move(third, third.supersededBy("x", NOON), "newer"));
    reopen();
    assertEquals(
        Map.of(Result.ASSIGNED, 1L, Result.CHANGED_BY_HAND, 1L, Result.MOVED_ON, 1L),
        get(journal.jobs().results("j")));
    Entry left = get(journal.find(second.id())).orElseThrow();
    assertEquals(leads.get(1).decision(), left.decision());
    assertEquals(null, left.previous());
    assertEquals(Map.of(), get(journal.jobs().results("other")));
    assertEquals(List.of(), get(journal.jobs().changes("other", null, 2)).changes());
  }

  @Test
  void aMoveOfARealignmentThatIsUndoneWhileItWaitsHasMovedOn() {
    Entry lead = assign(accept());
    Decision east = Decision.assign(new TerritoryRef("2", "East"), Samples.receipt("s"));
    Entry moving = lead.realigned(east, NOON, NOON);
    Job job = Job.started("j", order(Job.Kind.REALIGN), 1, NOON);
    get(journal.jobs().step(new Step(job, List.of(new Move(lead, moving, "realigned")), null)));
    Entry waits =
        record(
            new Move(
                moving,
                moving.postponed(QueueReason.CRM_UNAVAILABLE, NOON, moving.attempts(), NOON),
                "waits"));
    Job undo = Job.started("u", order(Job.Kind.UNDO), 1, NOON);
    Move back = new Move(waits, waits.realigned(lead.decision(), NOON, NOON), "undone");
    get(journal.jobs().step(new Step(undo, List.of(back), null)));
    assertEquals(Map.of(Result.MOVED_ON, 1L), get(journal.jobs().results("j")));
    assertEquals(Map.of(Result.UNDER_WAY, 1L), get(journal.jobs().results("u")));
    Entry undone = get(journal.find(lead.id())).orElseThrow();
    assertEquals(lead.decision(), undone.decision());
    assertEquals(east, undone.previous());
  }

  @Test
  void ofAnErasedLeadNoJobKeepsWhatWasDecidedBefore() {
    Entry first = assign(accept());
    Entry second = assign(accept());
    Decision east = Decision.assign(new TerritoryRef("2", "East"), Samples.receipt("s"));
    Job job = Job.started("j", order(Job.Kind.REALIGN), 2, NOON);
    List<Move> moves =
        List.of(
            new Move(first, first.realigned(east, NOON, NOON), "realigned"),
            new Move(second, second.realigned(east, NOON, NOON), "realigned"));
    get(journal.jobs().step(new Step(job, moves, null)));
    Entry moving = moves.get(0).after();
    Entry erased = record(new Move(moving, moving.erased(NOON), "erased"));
    assertEquals(null, erased.previous().receipt().detail());
    Changes left = get(journal.jobs().changes("j", null, 9));
    assertEquals(List.of(second.id()), leadsOf(left));
  }

  @Test
  void assignedLeadsAreFoundByTheirSourceAndByWhenTheyWereAssigned() {
    assign(accept());
    assertEquals(1, get(journal.count(assigned("web", NOON.minusSeconds(1)))));
    assertEquals(0, get(journal.count(assigned("web", NOON))));
    assertEquals(0, get(journal.count(assigned("fax", null))));
    assertEquals(1, get(journal.count(assigned(null, null))));
  }

  @Test
  void leadsAreFoundByAllThatAFilterSaysOldestFirstAndCounted() {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(park(accept(), ParkReason.REJECTED, NOON.plusSeconds(i)));
    }
    park(accept(), ParkReason.CLOSED, NOON);
    accept();
    Page page = get(journal.oldest(parked(), null, 3));
    assertEquals(ids(all.subList(0, 3)), ids(page.entries()));
    Page rest = get(journal.oldest(parked(), page.next(), 3));
    assertEquals(ids(all.subList(3, 5)), ids(rest.entries()));
    assertEquals(null, rest.next());
    assertEquals(5, get(journal.count(parked())));
    assertEquals(6, get(journal.count(LeadFilter.of(Stage.PARKED))));
    assertEquals(7, get(journal.count(LeadFilter.ANY)));
    assertEquals(3, get(journal.count(parked().unchangedSince(NOON.plusSeconds(2)))));
    assertEquals(5, get(journal.count(by("West"))));
    assertEquals(0, get(journal.count(by("East"))));
    var closed =
        new LeadFilter(
            null,
            null,
            ParkReason.CLOSED,
            null,
            "West Region",
            null,
            null,
            false,
            null,
            null,
            null,
            null);
    assertEquals(1, get(journal.count(closed)));
  }

  @Test
  void queuedLeadsThatHavePassedALimitAreCountedByItUntilTheyLeaveTheQueue() {
    Entry first = late(accept(), "Soon");
    Entry second = late(accept(), "Soon");
    Entry third = late(accept(), "Later");
    reopen();
    assertEquals(
        List.of(
            new Overdue("Later", 1, NOON, third.id()), new Overdue("Soon", 2, NOON, first.id())),
        get(journal.backlog()).overdue());
    assertEquals("Soon", get(journal.find(second.id())).orElseThrow().overdue().rule());
    Entry anew = record(new Move(first, first.reconsidered(NOON, NOON.plusSeconds(5)), "again"));
    record(new Move(third, third.closed(NOON), "closed"));
    reopen();
    assertEquals(
        List.of(new Overdue("Soon", 1, NOON, second.id())), get(journal.backlog()).overdue());
    Entry found = get(journal.find(anew.id())).orElseThrow();
    assertEquals(NOON.plusSeconds(5), found.waitingSince());
    assertEquals(NOON, get(journal.find(second.id())).orElseThrow().waitingSince());
  }

  @Test
  void aPauseOutlivesTheProcessUntilItIsTakenAway() {
    assertEquals(Optional.empty(), get(journal.pause()));
    var pause = new Pause(NOON, "ana", "the CRM is migrated");
    get(journal.keepPause(pause));
    reopen();
    assertEquals(Optional.of(pause), get(journal.pause()));
    get(journal.keepPause(null));
    assertEquals(Optional.empty(), get(journal.pause()));
  }

  private Entry late(Entry accepted, String limit) {
    var hit = new RuleHit(limit, "waiting.yaml", 1, 0, null);
    var waited = new Waited(accepted.waiting(), hit, null);
    Receipt receipt = Samples.receipt("s").waited(waited, "late");
    Decision queue = Decision.queue(QueueReason.NO_MATCH, receipt);
    return record(new Move(accepted, accepted.queued(queue, NOON, NOON), "queued"));
  }

  private static LeadFilter assigned(@Nullable String source, @Nullable Instant after) {
    return new LeadFilter(
        Stage.ASSIGNED, null, null, null, null, null, source, false, null, null, after, null);
  }

  private static Job.Order order(Job.Kind kind) {
    return new Job.Order(kind, LeadFilter.of(Stage.ASSIGNED), 50, "ana", null);
  }

  private static List<String> leadsOf(Changes changes) {
    return changes.changes().stream().map(change -> change.realigned().lead()).toList();
  }

  private Entry assign(Entry accepted) {
    Entry decided = record(new Move(accepted, accepted.decided(Samples.assign(), NOON), "decided"));
    Entry sending = record(new Move(decided, decided.sending(NOON, NOON), "sending"));
    return record(new Move(sending, sending.assigned(NOON), "assigned"));
  }

  private static LeadFilter parked() {
    return new LeadFilter(
        Stage.PARKED, null, null, null, null, null, null, true, null, null, null, null);
  }

  private static LeadFilter by(String rule) {
    return new LeadFilter(
        Stage.PARKED, null, null, null, null, rule, null, true, null, null, null, null);
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(Entry::id).toList();
  }

  private static Move retried(Entry entry) {
    Instant now = NOON.plusSeconds(9);
    return new Move(entry, entry.retried(now, now), "retried");
  }

  private Entry accept() {
    String id = "lead-" + ++ids;
    var submission = new Submission(id, lead(id), "{}", NOON);
    Acceptance answer = get(journal.accept(List.of(submission), null));
    return ((Acceptance.Accepted) answer).entries().get(0);
  }

  private static Lead lead(String crmId) {
    return new LeadForm().set(LeadField.CRM_ID, crmId).set(LeadField.SOURCE, "web").lead();
  }

  private Entry park(Entry accepted, ParkReason why, Instant at) {
    Entry decided = accepted.decided(Samples.assign(), NOON);
    return record(new Move(accepted, decided.parked(why, at), "parked"));
  }

  private Entry record(Move move) {
    assertTrue(get(journal.record(List.of(move))).get(0).applied());
    return move.after();
  }

  private void reopen() {
    journal.close();
    journal = open();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
