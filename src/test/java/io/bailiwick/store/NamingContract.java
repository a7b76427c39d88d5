package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static io.bailiwick.store.JournalContract.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises of leads whose record the CRM names later. */
abstract class NamingContract {

  private static final Instant LATER = NOON.plusSeconds(9);

  private Journal journal;
  private int ids;

  abstract Journal open();

  @BeforeEach
  void openIt() {
    journal = open();
  }

  @AfterEach
  void closeIt() {
    journal.close();
  }

  @Test
  void leadsWithoutARecordAreEachALineOfTheirOwn() {
    Entry one = acceptNew(null);
    Entry two = acceptNew(null);
    assertEquals(Stage.ACCEPTED, found(one).stage(), "the later did not take its place");
    assertEquals(List.of(1L, 1L), List.of(one.revision(), two.revision()));
    Entry sending = sending(one);
    assertNull(found(one).crmId());
    moved(two, e -> e.decided(Samples.assign(), NOON));
    List<String> due =
        get(journal.claim(Work.SEND, NOON, 9)).claims().stream().map(c -> c.entry().id()).toList();
    assertEquals(List.of(two.id()), due, "one that is sent keeps no other waiting");
    assertEquals(sending, found(one));
  }

  @Test
  void aNamedLeadIsFoundAgainWithItsRecordAndNothingElseOfIt() {
    Entry named = named(sending(acceptNew(null)), "7");
    reopen();
    assertEquals(named, found(named));
    assertEquals("Leads/7", named.line());
    assertNull(named.lead().crmId(), "the lead is as it was judged");
    assertEquals(Stage.DECIDED, named.stage());
    Entry newer = accept("7", null);
    assertEquals(2, newer.revision(), "its record's line is the lead's now");
    assertEquals(Stage.SUPERSEDED, found(named).stage());
  }

  @Test
  void whatWasAcceptedAfterTheOthersTakesTheirPlace() {
    Entry assigned = moved(sending(accept("7", null)), e -> e.assigned(NOON));
    Entry named = named(sending(acceptNew(null)), "7");
    assertEquals(2, named.revision());
    assertEquals(Stage.DECIDED, named.stage());
    assertEquals(Stage.SUPERSEDED, found(assigned).stage());
    assertEquals(named.id(), found(assigned).supersededBy());
    assertEquals(assigned.mayShow(), named.mayShow(), "what the record may show goes with it");
  }

  @Test
  void whatWasAcceptedBeforeTheOthersGivesWayToThem() {
    Entry early = sending(acceptNew(null));
    Entry assigned = moved(sending(accept("7", null)), e -> e.assigned(NOON));
    Recorded recorded = record(early, early.named("7", LATER));
    assertTrue(recorded.applied());
    assertEquals(assigned.id(), recorded.newer());
    Entry named = found(early);
    assertEquals(Stage.SUPERSEDED, named.stage());
    assertEquals(assigned.id(), named.supersededBy());
    assertEquals("7", named.crmId());
    assertEquals(assigned, found(assigned));
    assertEquals(2, accept("7", null).revision(), "the numbers go on from the highest");
  }

  @Test
  void whatWasAcceptedBetweenTwoGivesWayToTheLaterOne() {
    Entry first = accept("7", null);
    Entry between = sending(acceptNew(null));
    Entry last = accept("7", null);
    record(between, between.named("7", LATER));
    assertEquals(Stage.SUPERSEDED, found(first).stage());
    assertEquals(Stage.SUPERSEDED, found(between).stage());
    assertEquals(last.id(), found(between).supersededBy());
    assertEquals(last, found(last));
  }

  @Test
  void theRevisionThatItsSourceSaidCountsMoreThanTheOrder() {
    Entry early = sending(acceptNew("9"));
    Entry later = accept("7", "3");
    Entry named = named(early, "7");
    assertEquals(9, named.revision());
    assertEquals(Stage.DECIDED, named.stage());
    assertEquals(Stage.SUPERSEDED, found(later).stage());
    Entry lower = sending(acceptNew("2"));
    record(lower, lower.named("7", LATER));
    assertEquals(Stage.SUPERSEDED, found(lower).stage());
    assertEquals(named.id(), found(lower).supersededBy());
    assertEquals(2, found(lower).revision());
  }

  @Test
  void anotherThatIsBeingSentIsLeftAloneUntilItsOutcomeIsKnown() {
    Entry sent = sending(accept("7", null));
    Entry named = named(sending(acceptNew(null)), "7");
    assertEquals(Stage.SENDING, found(sent).stage());
    assertEquals(List.of(), get(journal.claim(Work.SEND, LATER, 9)).claims());
    Recorded recorded = record(sent, sent.assigned(LATER));
    assertEquals(named.id(), recorded.newer());
    assertTrue(found(named).mayShow().territories().contains(sent.territory()));
    var due = get(journal.claim(Work.SEND, LATER, 9)).claims();
    assertEquals(List.of(named.id()), due.stream().map(claim -> claim.entry().id()).toList());
  }

  @Test
  void twoThatWereOneRecordAllAlongCompeteAsTheyWereAccepted() {
    Entry first = sending(acceptNew(null));
    Entry second = sending(acceptNew(null));
    Entry named = named(second, "7");
    assertEquals(Stage.DECIDED, named.stage());
    record(first, first.named("7", LATER));
    assertEquals(Stage.SUPERSEDED, found(first).stage());
    assertEquals(second.id(), found(first).supersededBy());
    assertEquals(Stage.DECIDED, found(second).stage());
  }

  private Entry named(Entry sending, String record) {
    assertTrue(record(sending, sending.named(record, LATER)).applied());
    return found(sending);
  }

  private Entry sending(Entry accepted) {
    Entry decided = moved(accepted, e -> e.decided(Samples.assign(), NOON));
    return moved(decided, e -> e.sending(NOON.plusSeconds(35), NOON));
  }

  private Entry moved(Entry entry, UnaryOperator<Entry> move) {
    Entry after = move.apply(entry);
    assertTrue(record(entry, after).applied());
    return after;
  }

  private Recorded record(Entry before, Entry after) {
    return get(journal.record(List.of(new Move(before, after, "moved")))).get(0);
  }

  private Entry acceptNew(String revision) {
    return accept(null, revision);
  }

  private Entry accept(String crmId, String revision) {
    var form = new LeadForm().set(LeadField.EMAIL, "ana@acme.example");
    if (crmId != null) {
      form.set(LeadField.CRM_ID, crmId);
    }
    if (revision != null) {
      form.set(LeadField.REVISION, revision);
    }
    Lead lead = form.lead();
    var submission = new Submission("lead-" + ids++, lead, "{}", NOON);
    return ((Acceptance.Accepted) get(journal.accept(List.of(submission), null))).entries().get(0);
  }

  private Entry found(Entry entry) {
    return get(journal.find(entry.id())).orElseThrow();
  }

  private void reopen() {
    journal.close();
    journal = open();
  }
}
