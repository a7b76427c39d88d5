package io.bailiwick.flow;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Leads that the CRM may take for one. */
class TwinsTest {

  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final MemoryJournal memory = new MemoryJournal();
  private boolean full;
  private final Twins twins = twins(NewRecords.STANDARD);

  @Test
  void ofTwoThatMayBeOneRecordTheSecondWaitsUntilTheFirstIsOver() {
    Entry first = decided("lead-1", "ana@acme.example");
    Entry second = decided("lead-2", "Ana@acme.example");
    Entry other = decided("lead-3", "bo@acme.example");
    assertTrue(twins.mayGo(first));
    assertTrue(twins.mayGo(first), "it is the one");
    assertFalse(twins.mayGo(second));
    assertTrue(twins.mayGo(other));
    assertEquals(Set.of("lead-1", "lead-3"), twins.holders());
    assertEquals(List.of(second), twins.free(first));
    assertEquals(Set.of("lead-3"), twins.holders());
    assertEquals(List.of(), twins.free(other), "it was given back already");
    assertTrue(twins.mayGo(second));
  }

  /** What came of its first asking was written, and heard only when its second had begun. */
  @Test
  void anAskingThatBeganBeforeTheOutcomeOfTheOneBeforeWasHeardIsNotFreedByThat() {
    Entry first = decided("lead-1", "ana@acme.example");
    Entry asking = first.sending(NOON, NOON);
    Entry again = asking.notWritten(NOON);
    Entry second = decided("lead-2", "ana@acme.example");
    assertTrue(twins.mayGo(first));
    twins.begun(first);
    assertTrue(twins.mayGo(again));
    twins.begun(again);
    assertFalse(twins.mayGo(second));
    assertEquals(List.of(), twins.free(asking));
    assertEquals(Set.of("lead-1"), twins.holders());
    assertEquals(List.of(second), twins.free(again.sending(NOON, NOON)));
    assertEquals(Set.of(), twins.holders());
  }

  @Test
  void whatHasARecordWaitsForNobodyAndNobodyForIt() {
    Entry known = entry("lead-1", new LeadForm().set(LeadField.CRM_ID, "7"), "ana@acme.example");
    assertTrue(twins.mayGo(decided("lead-2", "ana@acme.example")));
    assertTrue(twins.mayGo(known));
    assertEquals(List.of(), twins.free(known));
    assertEquals(Set.of("lead-2"), twins.holders());
    Twins none = twins(null);
    assertTrue(none.mayGo(decided("lead-3", "ana@acme.example")));
    assertTrue(none.mayGo(decided("lead-4", "ana@acme.example")), "where no records are made");
  }

  @Test
  void allThatAnEarlierProcessIsSendingIsKnownAtTheStart() {
    for (int i = 0; i < 501; i++) {
      keep("lead-" + i, "a" + i + "@acme.example");
      sends("lead-" + i);
    }
    keep("waits", "bo@acme.example");
    var begun = new ArrayList<String>();
    twins.start(() -> begun.add("begun"));
    pass(Duration.ofSeconds(1));
    assertEquals(List.of("begun"), begun);
    assertEquals(501, twins.holders().size());
    assertFalse(twins.mayGo(decided("next", "a500@acme.example")));
  }

  @Test
  void whereNoRecordsAreMadeItBeginsAtOnce() {
    var begun = new ArrayList<String>();
    twins(null).start(() -> begun.add("begun"));
    assertEquals(List.of("begun"), begun);
  }

  @Test
  void anAskingIsOverWhenTheJournalSaysSoAndNotWhileItMayStillGo() {
    keep("lead-1", "ana@acme.example");
    Entry asking = sends("lead-1");
    var over = new ArrayList<String>();
    twins.whenOver(asking, () -> over.add("over"));
    pass(Duration.ofSeconds(3));
    assertEquals(List.of(), over, "it is being sent");
    Entry again = moved(asking, asking.notWritten(timers.now()));
    pass(Duration.ofSeconds(3));
    assertEquals(List.of(), over, "it will be sent at any moment");
    full = true;
    moved(again, again.parked(ParkReason.REJECTED, timers.now()));
    pass(Duration.ofSeconds(3));
    assertEquals(List.of(), over, "nobody can say");
    full = false;
    pass(Duration.ofSeconds(1));
    assertEquals(List.of("over"), over);
    pass(Duration.ofSeconds(3));
    assertEquals(1, over.size());
  }

  @Test
  void anAskingThatHasItsRecordIsOver() {
    keep("lead-1", "ana@acme.example");
    Entry asking = sends("lead-1");
    moved(asking, asking.named("77", timers.now()));
    var over = new ArrayList<String>();
    twins.whenOver(asking, () -> over.add("over"));
    pass(Duration.ZERO);
    assertEquals(List.of("over"), over);
  }

  private Twins twins(NewRecords records) {
    Journal journal =
        AroundPort.of(
            Journal.class,
            memory,
            (method, arguments, real) ->
                full && method.equals("find")
                    ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                    : real.call());
    var can = new CrmCapabilities(1, Set.of("Leads"), false, records);
    Crm crm = AroundPort.of(Crm.class, null, (method, arguments, real) -> can);
    return new Twins(new Ports(journal, crm, timers, signal -> {}));
  }

  private Entry decided(String id, String email) {
    return entry(id, new LeadForm(), email);
  }

  private static Entry entry(String id, LeadForm form, String email) {
    var lead = form.set(LeadField.EMAIL, email).set(LeadField.LAST_NAME, "Diaz").lead();
    return Entry.accepted(id, lead, 1, NOON).decided(Samples.assign(), NOON);
  }

  private void keep(String id, String email) {
    var lead = decided(id, email).lead();
    memory.accept(List.of(new Submission(id, lead, "{}", NOON)), null);
  }

  private Entry sends(String id) {
    Entry kept = memory.find(id).toCompletableFuture().join().orElseThrow();
    Entry decided = moved(kept, kept.decided(Samples.assign(), NOON));
    return moved(decided, decided.sending(NOON.plusSeconds(60), NOON));
  }

  private Entry moved(Entry before, Entry after) {
    var written = memory.record(List.of(new Move(before, after, "x"))).toCompletableFuture().join();
    assertTrue(written.get(0).applied());
    return after;
  }

  private void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }
}
