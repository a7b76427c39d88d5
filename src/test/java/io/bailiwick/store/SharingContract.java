package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.flow.Sharing;
import io.bailiwick.lead.Attempts;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What two instances on one journal may rely on. */
abstract class SharingContract {

  private static final Instant NOON = Samples.NOON;

  /** By which the samples are decided. */
  private static final String OLD = "rulebook";

  private int accepted;

  /** What instance 1 or 2 is answered. */
  abstract <T> T ask(int instance, Function<Journal, CompletionStage<T>> call);

  @Test
  void aLeadIsOneInstancesUntilItGivesItBackOrMovesIt() {
    Entry lead = accept(1);
    assertEquals(List.of(lead.id()), claim(1, Work.DECIDE));
    assertEquals(List.of(), claim(2, Work.DECIDE));
    ask(2, journal -> journal.release(List.of(lead)));
    assertEquals(List.of(), claim(2, Work.DECIDE), "it is not the other's to give");
    ask(1, journal -> journal.release(List.of(lead)));
    assertEquals(List.of(lead.id()), claim(2, Work.DECIDE));
    Entry decided = lead.decided(Samples.assign(), NOON);
    assertTrue(record(2, lead, decided).applied());
    assertFalse(record(1, lead, decided).applied(), "by its version");
    assertEquals(List.of(lead.id()), claim(1, Work.SEND));
  }

  @Test
  void whatIsBeingSentStaysItsSendersThoughItFallsDue() {
    sending(1);
    assertEquals(List.of(), claim(2, Work.SEND, NOON.plusSeconds(50)), "by the journal's clock");
  }

  @Test
  void whatIsBeingSentStaysItsSendersThoughItIsGivenBackAsItWasBefore() {
    List<Entry> before = sending(1);
    ask(1, journal -> journal.release(before));
    assertEquals(List.of(), claim(2, Work.SEND, NOON.plusSeconds(50)));
  }

  @Test
  void aDecisionByReplacedRulesIsNotWrittenAndItsLeadIsTheOthersAtOnce() {
    RuleVersion version = new RuleVersion(new RuleFiles(Map.of("a.drl", "new")), Map.of());
    serving(1, OLD);
    serving(2, OLD);
    Entry lead = accept(1);
    assertEquals(List.of(lead.id()), claim(1, Work.DECIDE));
    var how = Publication.How.APPROVED;
    var publication = new Publication(version.hash(), NOON, how, null, null);
    ask(2, journal -> journal.keepVersion(version, new Succession(publication, null), null));
    serving(2, version.hash());
    assertFalse(record(1, lead, lead.decided(Samples.assign(), NOON)).applied());
    assertEquals(List.of(), claim(1, Work.DECIDE), "it has not followed");
    assertEquals(List.of(lead.id()), claim(2, Work.DECIDE));
    ask(2, journal -> journal.release(List.of(lead)));
    serving(1, version.hash());
    assertEquals(List.of(lead.id()), claim(1, Work.DECIDE));
  }

  @Test
  void noLeadWaitsByADecisionBesideOlderTerritoriesThanTheLatest() {
    var older = new TerritorySnapshot(List.of(), Flag.YES);
    var latest = new TerritorySnapshot(List.of(Samples.territory("1", "West Region")), Flag.YES);
    keep(older, 1);
    judges(1, older.id());
    judges(2, older.id());
    Entry waiting = accept(1);
    Entry going = accept(1);
    assertEquals(List.of(waiting.id(), going.id()), claim(1, Work.DECIDE));
    keep(latest, 2);
    judges(2, latest.id());
    Instant later = NOON.plusSeconds(600);
    Decision queue = Samples.queue(Blocker.NOT_FOUND, older.id());
    assertFalse(record(1, waiting, waiting.queued(queue, later, NOON)).applied());
    assertTrue(record(1, going, going.decided(Samples.assign(), NOON)).applied(), "it may go");
    assertEquals(List.of(), claim(1, Work.DECIDE), "it has not followed");
    assertEquals(List.of(waiting.id()), claim(2, Work.DECIDE));
    Decision again = Samples.queue(Blocker.NOT_FOUND, latest.id());
    assertTrue(record(2, waiting, waiting.queued(again, later, NOON)).applied());
    judges(1, latest.id());
    Entry third = accept(2);
    assertEquals(List.of(third.id()), claim(1, Work.DECIDE));
  }

  @Test
  void noLeadWaitsForAFirstReadingOnceThereWasOne() {
    judges(1, "");
    Entry lead = accept(1);
    Entry waits =
        lead.postponed(QueueReason.CRM_UNAVAILABLE, NOON.plusSeconds(60), Attempts.NONE, NOON);
    assertEquals(List.of(lead.id()), claim(1, Work.DECIDE));
    keep(new TerritorySnapshot(List.of(), Flag.YES), 1);
    assertFalse(record(1, lead, waits).applied());
    assertEquals(List.of(), claim(1, Work.DECIDE));
  }

  @Test
  void whatAPersonDecidedStandsWhateverServes() {
    RuleVersion version = new RuleVersion(new RuleFiles(Map.of("a.drl", "new")), Map.of());
    var how = Publication.How.APPROVED;
    var publication = new Publication(version.hash(), NOON, how, null, null);
    serving(1, OLD);
    ask(2, journal -> journal.keepVersion(version, new Succession(publication, null), null));
    Entry lead = accept(1);
    Decision decision = Samples.byHand();
    assertTrue(record(1, lead, lead.decided(decision, NOON)).applied());
  }

  @Test
  void oneInstanceDoesAWorkForAll() {
    Duration minute = Duration.ofMinutes(1);
    assertTrue(take(1, minute));
    assertFalse(take(2, minute));
    assertTrue(take(1, Duration.ZERO), "and it ends now");
    assertTrue(take(2, minute));
  }

  private boolean take(int instance, Duration lease) {
    Boolean taken = ask(instance, journal -> journal.sharing().take("a work", lease));
    return taken;
  }

  private void serving(int instance, String rulebook) {
    says(instance, sharing -> sharing.serving(rulebook));
  }

  private void judges(int instance, String snapshot) {
    serving(instance, OLD);
    says(instance, sharing -> sharing.beside(snapshot));
  }

  private void says(int instance, Consumer<Sharing> word) {
    ask(
        instance,
        journal -> {
          word.accept(journal.sharing());
          return journal.taken();
        });
  }

  private void keep(TerritorySnapshot read, long number) {
    var kept = new KeptSnapshot(read, NOON, number);
    Boolean done = ask(2, journal -> journal.keepSnapshot(kept, Changed.NOTHING));
    assertTrue(done);
  }

  private Entry accept(int instance) {
    String id = String.valueOf(++accepted);
    var submission = new Submission("lead" + id, Samples.lead(id), "{}", NOON);
    Acceptance accepted = ask(instance, journal -> journal.accept(List.of(submission), null));
    return ((Acceptance.Accepted) accepted).entries().get(0);
  }

  /** A call of 40 s is begun for a lead of this instance; gives the lead at each step before. */
  private List<Entry> sending(int instance) {
    Entry lead = accept(instance);
    claim(instance, Work.DECIDE);
    Entry decided = lead.decided(Samples.assign(), NOON);
    record(instance, lead, decided);
    claim(instance, Work.SEND);
    record(instance, decided, decided.sending(NOON.plusSeconds(40), NOON));
    return List.of(lead, decided);
  }

  private List<String> claim(int instance, Work work) {
    return claim(instance, work, NOON);
  }

  private List<String> claim(int instance, Work work, Instant now) {
    return ask(instance, journal -> journal.claim(work, now, 10)).claims().stream()
        .map(Claim::entry)
        .map(Entry::id)
        .toList();
  }

  private Recorded record(int instance, Entry before, Entry after) {
    var move = new Move(before, after, "a step");
    return ask(instance, journal -> journal.record(List.of(move))).get(0);
  }
}
