package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshTest {

  private static final String LATE =
      "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"lateAnswer\",\"millis\":1000}]}";

  private final World world = new World();
  private final Directories directories = new Directories(world);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoAsksForAReadingSeesWhatWasSoWhenTheyAskedThoughAnotherWasUnderWay() {
    world.tell(LATE);
    var first = ask();
    world.pass(Duration.ofMillis(500));
    world.tell("{\"do\":\"addTerritory\",\"name\":\"North\",\"parentId\":\"1\"}");
    var second = ask();
    var third = ask();
    assertTrue(world.timers.runUntil(first::isDone, world.timers.now().plusSeconds(30)));
    assertEquals(2, territories(first), "it began before");
    assertTrue(world.timers.runUntil(second::isDone, world.timers.now().plusSeconds(30)));
    assertEquals(3, territories(second));
    assertSame(second.join(), third.join(), "one reading serves all who wait");
  }

  @Test
  void whoWaitsForATerritoryWhileAReadingIsUnderWayHasAnotherOneSoon() {
    var first = ask();
    CompletableFuture.runAsync(() -> world.flow.directory().refreshSoon(), world.timers);
    world.pass(Duration.ofMillis(500));
    world.tell("{\"do\":\"addTerritory\",\"name\":\"North\",\"parentId\":\"1\"}");
    assertTrue(world.timers.runUntil(first::isDone, world.timers.now().plusSeconds(30)));
    assertEquals(2, territories(first), "it began before");
    world.pass(Duration.ofMinutes(2));
    assertEquals(3, world.flow.directory().current().orElseThrow().territories().size());
  }

  @Test
  void noLeadIsJudgedBesideTerritoriesThatAreNotOnDisk() {
    var full = new AtomicBoolean(true);
    var directory = directories.of(world.refusing("keepSnapshot", full));
    var answer = directory.refresh().toCompletableFuture();
    world.pass(Duration.ofSeconds(5));
    assertInstanceOf(TerritoryAnswer.Failed.class, answer.join());
    assertTrue(directory.current().isEmpty(), "a decision beside them could not be made again");
    full.set(false);
    world.pass(DirectorySettings.DEFAULT.recheck().plusSeconds(5));
    String id = directory.current().orElseThrow().id();
    assertTrue(world.journal.snapshot(id).toCompletableFuture().join().isPresent());
    directory.stop();
  }

  @Test
  void whoWaitsForATerritoryIsWokenOnceTheJournalTakesItAgain() {
    var full = new AtomicBoolean(true);
    var woken = new AtomicBoolean();
    var directory = directories.of(world.refusing("wakeTerritories", full), () -> woken.set(true));
    directory.refresh();
    world.pass(Duration.ofSeconds(5));
    assertFalse(woken.get(), "what is not woken is not told as woken");
    full.set(false);
    world.pass(Duration.ofSeconds(2));
    assertTrue(woken.get(), "within a second, and not at the hourly look");
    directory.stop();
  }

  @Test
  void aReadingThatFailsIsToldAndTheLastCompleteOneStaysUntilAnotherSucceeds() {
    var directory = directories.of(world.journal);
    directory.refresh();
    world.pass(Duration.ofSeconds(5));
    Signal.TerritoriesChanged changed =
        directories.heard.of(Signal.TerritoriesChanged.class).get(0);
    assertEquals(Set.of("West", "East"), changed.names());
    Instant read = directory.readAt().orElseThrow();
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    directory.refresh();
    world.pass(Duration.ofSeconds(5));
    Signal.TerritoriesFailed failed = directories.heard.of(Signal.TerritoriesFailed.class).get(0);
    assertEquals(Optional.of(failed.detail()), directory.lastFailure());
    assertEquals(Optional.of(read), directory.readAt());
    assertEquals(2, directory.current().orElseThrow().territories().size());
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(DirectorySettings.DEFAULT.recheck().plusSeconds(5));
    assertEquals(Optional.empty(), directory.lastFailure());
    assertTrue(directory.readAt().orElseThrow().isAfter(read), "it was read again by itself");
    assertFalse(directories.heard.of(Signal.TerritoriesRead.class).isEmpty());
    directory.stop();
  }

  @Test
  void aSnapshotThatCannotBeLoadedIsToldAndTheCrmIsReadAllTheSame() {
    var directory = directories.of(world.refusing("latestSnapshot", new AtomicBoolean(true)));
    world.get(directory.start());
    assertFalse(directories.heard.troubles().isEmpty());
    world.pass(Duration.ofSeconds(5));
    assertTrue(directory.current().isPresent());
    directory.stop();
  }

  @Test
  void whoeverWasStoppedReadsNoMore() {
    var directory = directories.of(world.journal);
    directory.refresh();
    world.pass(Duration.ofSeconds(5));
    Instant read = directory.readAt().orElseThrow();
    directory.stop();
    world.pass(DirectorySettings.DEFAULT.refresh().multipliedBy(2));
    assertEquals(Optional.of(read), directory.readAt());
  }

  @Test
  void aClientThatBreaksIsAReadingThatFailed() {
    world.die();
    directories.broken = true;
    var directory = directories.of(new MemoryJournal());
    var answer = world.get(directory.refresh());
    var failed = assertInstanceOf(TerritoryAnswer.Failed.class, answer);
    assertTrue(failed.detail().contains("a mistake"), failed.detail());
    directories.broken = false;
    world.pass(DirectorySettings.DEFAULT.recheck().plusSeconds(5));
    assertTrue(directory.current().isPresent());
    directory.stop();
  }

  @Test
  void whoAskedBeforeItStoppedIsAnswered() {
    var directory = directories.of(world.journal);
    var first = directory.refresh().toCompletableFuture();
    var next = directory.refresh().toCompletableFuture();
    directory.stop();
    world.pass(Duration.ofSeconds(5));
    assertTrue(first.isDone() && next.isDone());
    assertTrue(directory.current().isEmpty());
    assertEquals(1, directories.readings);
  }

  /** The service is killed between the two: the reading is on disk, and it woke nobody. */
  @Test
  void whoWaitsForTheFirstReadingIsWokenAtTheNextStartWhereTheReadingWokeNobody() {
    var journal = new MemoryJournal();
    String lead = waitsForTheFirstReading(journal);
    var reader = directories.of(Disk.refusing(journal, "wakeTerritories", new AtomicBoolean(true)));
    reader.start();
    world.pass(Duration.ofSeconds(5));
    reader.stop();
    assertTrue(due(journal, lead).isAfter(world.timers.now()));
    var next = directories.of(journal);
    next.start();
    world.pass(Duration.ofSeconds(1));
    assertFalse(due(journal, lead).isAfter(world.timers.now()), "and not at the hourly look");
    next.stop();
  }

  private Instant due(Journal journal, String lead) {
    return world.get(journal.find(lead)).orElseThrow().due();
  }

  private String waitsForTheFirstReading(Journal journal) {
    Instant now = world.timers.now();
    var lead = new LeadForm().set(LeadField.CRM_ID, "7").lead();
    world.get(journal.accept(List.of(new Submission("waits", lead, "{}", now)), null));
    Entry entry = world.get(journal.find("waits")).orElseThrow();
    Instant due = now.plus(Duration.ofHours(1));
    Entry waiting = entry.postponed(QueueReason.CRM_UNAVAILABLE, due, entry.attempts(), now);
    world.get(journal.record(List.of(new Move(entry, waiting, "not read yet"))));
    return entry.id();
  }

  private CompletableFuture<TerritoryAnswer> ask() {
    CompletionStage<CompletionStage<TerritoryAnswer>> asked =
        CompletableFuture.supplyAsync(() -> world.flow.directory().refresh(), world.timers);
    world.pass(Duration.ZERO);
    return asked.thenCompose(answer -> answer).toCompletableFuture();
  }

  private static int territories(CompletableFuture<TerritoryAnswer> answer) {
    return assertInstanceOf(TerritoryAnswer.Complete.class, answer.join())
        .reading()
        .territories()
        .size();
  }
}
