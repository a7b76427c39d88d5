package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static io.bailiwick.store.JournalContract.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises of persons that are to be forgotten. */
abstract class ErasureContract {

  Journal journal;
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
  void ofAnErasedLeadTheDecisionIsLeftAndNothingOfTheLeadButItsRecord() {
    Entry decided = moved(accept("7", "ana@acme.example"), e -> e.decided(Samples.assign(), NOON));
    Entry erased = erase(decided);
    journal.close();
    journal = open();
    Entry found = get(journal.find(decided.id())).orElse(erased);
    assertEquals(erased, found);
    assertEquals(Stage.ERASED, found.stage());
    assertEquals(Map.of(LeadField.CRM_ID, "7", LeadField.MODULE, "Leads"), found.lead().values());
    assertEquals(decided.decision(), found.decision());
    assertEquals(decided.territory(), found.territory());
    var history = get(journal.history(decided.id()));
    assertEquals(
        List.of(Stage.ACCEPTED, Stage.DECIDED, Stage.ERASED),
        history.stream().map(line -> line.stage()).toList());
    assertEquals(List.of("", "", "erased"), history.stream().map(line -> line.note()).toList());
    assertTrue(get(journal.erasures().settle()));
  }

  @Test
  void whatTheReceiptSaysInWordsGoesWithIt() {
    Entry byHand =
        moved(
            moved(accept("7", null), e -> e.parked(ParkReason.REJECTED, NOON)),
            e -> e.assignedByHand(Samples.byHand(), NOON));
    assertEquals("she knows them", byHand.decision().receipt().detail());
    var receipt = erase(byHand).decision().receipt();
    assertEquals(null, receipt.detail());
    assertEquals("ana", receipt.by());
  }

  @Test
  void anErasedLeadIsNeverDueAgainAndNoMoveLeadsOutOfIt() {
    Entry waiting = accept("7", "ana@acme.example");
    assertEquals(1, get(journal.claim(Work.DECIDE, NOON, 9)).claims().size());
    erase(waiting);
    var late = new Move(waiting, waiting.decided(Samples.assign(), NOON), "judged meanwhile");
    assertFalse(get(journal.record(List.of(late))).get(0).applied());
    assertEquals(List.of(), get(journal.claim(Work.DECIDE, NOON.plusSeconds(9), 9)).claims());
    assertEquals(1, get(journal.count(LeadFilter.of(Stage.ERASED))));
  }

  @Test
  void aMoveThatComesTooLateErasesNothing() {
    Entry accepted = accept("7", "ana@acme.example");
    Entry decided = moved(accepted, e -> e.decided(Samples.assign(), NOON));
    var late = new Move(accepted, accepted.erased(NOON), "erased");
    assertFalse(get(journal.erasures().erase(List.of(late))).get(0).applied());
    assertEquals("ana@acme.example", get(journal.find(decided.id())).orElseThrow().lead().email());
  }

  @Test
  void aRecordIsAllItsRevisionsAndAnEmailAllRecordsThatEverHadIt() {
    Entry first = accept("7", "ana@acme.example");
    Entry second = accept("7", "ana.diaz@acme.example");
    Entry other = accept("8", "ana@acme.example");
    accept("9", "bob@acme.example");
    assertEquals(List.of(first.id(), second.id()), ids(get(record(second.id()))));
    assertEquals(List.of(), get(record("none")));
    assertEquals(
        List.of(first.id(), second.id(), other.id()),
        ids(get(journal.erasures().recordsOf("ana@acme.example"))));
    get(record(first.id())).forEach(this::erase);
    assertEquals(List.of(other.id()), ids(get(journal.erasures().recordsOf("ana@acme.example"))));
    assertEquals(List.of(), get(journal.erasures().recordsOf("ana.diaz@acme.example")));
  }

  @Test
  void aNewRevisionOfAnErasedRecordIsAcceptedAndTheErasedStayAsTheyAre() {
    Entry first = accept("7", "ana@acme.example");
    erase(first);
    Entry again = accept("7", "ana@acme.example");
    assertEquals(2, again.revision());
    assertEquals(Stage.ACCEPTED, again.stage());
    assertEquals(Stage.ERASED, get(journal.find(first.id())).orElseThrow().stage());
  }

  @Test
  void aRequestSentAgainAfterItsLeadWasErasedIsANewOne() {
    var key = new Key("ana@acme.example", "digest");
    var first = (Acceptance.Accepted) accept(key, "7");
    assertInstanceOf(Acceptance.Repeated.class, accept(key, "7"));
    erase(first.entries().get(0));
    assertInstanceOf(Acceptance.Accepted.class, accept(key, "7"));
  }

  @Test
  void theLongestAtRestComeFirstAndNeitherWhatWaitsNorWhatIsErased() {
    Entry late = rested("1", NOON.plusSeconds(3));
    Entry soon = rested("2", NOON.plusSeconds(1));
    rested("3", NOON.plusSeconds(9));
    accept("4", null);
    erase(rested("5", NOON));
    assertEquals(List.of(soon.id(), late.id()), atRest(NOON.plusSeconds(3), 9));
    assertEquals(List.of(soon.id()), atRest(NOON.plusSeconds(3), 1));
  }

  private List<String> atRest(Instant since, int limit) {
    return ids(get(journal.erasures().atRest(since, limit)));
  }

  private java.util.concurrent.CompletionStage<List<Entry>> record(String id) {
    return journal.erasures().recordOf(id);
  }

  private Entry rested(String crmId, Instant at) {
    return moved(accept(crmId, null), e -> e.parked(ParkReason.REJECTED, at));
  }

  Entry erase(Entry entry) {
    Move move = new Move(entry, get(journal.find(entry.id())).orElseThrow().erased(NOON), "erased");
    var recorded = get(journal.erasures().erase(List.of(new Move(entry, move.after(), "erased"))));
    assertEquals(Stream.of(true).toList(), recorded.stream().map(Recorded::applied).toList());
    return move.after();
  }

  Entry moved(Entry before, java.util.function.UnaryOperator<Entry> step) {
    Entry after = step.apply(before);
    assertTrue(get(journal.record(List.of(new Move(before, after, "moved")))).get(0).applied());
    return after;
  }

  Entry accept(String crmId, String email) {
    var form = new LeadForm().set(LeadField.CRM_ID, crmId).set(LeadField.COUNTRY, "US");
    Lead lead = email == null ? form.lead() : form.set(LeadField.EMAIL, email).lead();
    return accept(lead, "{\"Email\":\"" + email + "\"}");
  }

  Entry accept(Lead lead, String body) {
    var submission = new Submission("id-" + ++ids, lead, body, NOON);
    return ((Acceptance.Accepted) get(journal.accept(List.of(submission), null))).entries().get(0);
  }

  private Acceptance accept(Key key, String crmId) {
    var submission = new Submission("id-" + ++ids, Samples.lead(crmId), "{}", NOON);
    return get(journal.accept(List.of(submission), key));
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(Entry::id).toList();
  }
}
