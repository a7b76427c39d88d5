package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Samples;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshTest {

  private static final String LATE =
      "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"lateAnswer\",\"millis\":1000}]}";

  private final World world = new World();
  private final List<Signal> signals = new ArrayList<>();

  /** By directories that a test made. */
  private int readings;

  private boolean broken;

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
    var directory = directory(world.refusing("keepSnapshot", full));
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
    var directory = directory(world.refusing("wakeTerritories", full), () -> woken.set(true));
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
    var directory = directory(world.journal);
    directory.refresh();
    world.pass(Duration.ofSeconds(5));
    Signal.TerritoriesChanged changed = told(Signal.TerritoriesChanged.class);
    assertEquals(Set.of("West", "East"), changed.names());
    Instant read = directory.readAt().orElseThrow();
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    directory.refresh();
    world.pass(Duration.ofSeconds(5));
    Signal.TerritoriesFailed failed = told(Signal.TerritoriesFailed.class);
    assertEquals(Optional.of(failed.detail()), directory.lastFailure());
    assertEquals(Optional.of(read), directory.readAt());
    assertEquals(2, directory.current().orElseThrow().territories().size());
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(DirectorySettings.DEFAULT.recheck().plusSeconds(5));
    assertEquals(Optional.empty(), directory.lastFailure());
    assertTrue(directory.readAt().orElseThrow().isAfter(read), "it was read again by itself");
    told(Signal.TerritoriesRead.class);
    directory.stop();
  }

  @Test
  void aSnapshotThatCannotBeLoadedIsToldAndTheCrmIsReadAllTheSame() {
    var directory = directory(world.refusing("latestSnapshot", new AtomicBoolean(true)));
    world.get(directory.start());
    told(Signal.Trouble.class);
    world.pass(Duration.ofSeconds(5));
    assertTrue(directory.current().isPresent());
    directory.stop();
  }

  @Test
  void whoeverWasStoppedReadsNoMore() {
    var directory = directory(world.journal);
    directory.refresh();
    world.pass(Duration.ofSeconds(5));
    Instant read = directory.readAt().orElseThrow();
    directory.stop();
    world.pass(DirectorySettings.DEFAULT.refresh().multipliedBy(2));
    assertEquals(Optional.of(read), directory.readAt());
  }

  @Test
  void theyAreReadEachHourAndEachMinuteAfterAFailureOrWhileALeadWaitsForOne() {
    world.die();
    var directory = directory(world.journal);
    directory.start();
    world.pass(Duration.ofMinutes(1));
    assertEquals(1, readings);
    world.pass(Duration.ofHours(3));
    assertEquals(4, readings);
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    world.pass(Duration.ofHours(1).plusMinutes(10));
    assertTrue(readings >= 4 + 8, readings + " readings");
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(Duration.ofMinutes(2));
    int before = readings;
    world.pass(Duration.ofMinutes(30));
    assertEquals(before, readings, "it works again");
    waitsForATerritory();
    world.pass(Duration.ofHours(1));
    before = readings;
    world.pass(Duration.ofMinutes(10));
    assertTrue(readings >= before + 9, readings + " readings");
    directory.stop();
  }

  @Test
  void whoseTurnItIsNotReadsNothingAndLooksEachMinuteWhatTheOthersRead() {
    world.die();
    var mine = new AtomicBoolean();
    var looks = new AtomicInteger();
    var directory = directory(shared(mine, looks));
    directory.start();
    world.pass(Duration.ofMinutes(59));
    assertEquals(1, readings, "the first, at the start");
    assertEquals(0, looks.get());
    world.pass(Duration.ofMinutes(10));
    assertEquals(1, readings);
    assertTrue(looks.get() >= 9, looks + " looks");
    mine.set(true);
    world.pass(Duration.ofMinutes(2));
    assertEquals(2, readings, "nobody else did");
    directory.stop();
  }

  @Test
  void whatAnotherReadServesHereAndTheNextLookIsAnHourAfterIt() {
    world.die();
    var looks = new AtomicInteger();
    var directory = directory(shared(new AtomicBoolean(), looks));
    directory.start();
    world.pass(Duration.ofMinutes(50));
    world.tell("{\"do\":\"addTerritory\",\"name\":\"North\",\"parentId\":\"1\"}");
    var other = directory(world.journal);
    world.get(other.start());
    world.pass(Duration.ofSeconds(5));
    other.stop();
    assertEquals(2, directory.current().orElseThrow().territories().size());
    world.pass(Duration.ofMinutes(11));
    assertEquals(3, directory.current().orElseThrow().territories().size());
    int before = looks.get();
    world.pass(Duration.ofMinutes(57));
    assertEquals(before, looks.get());
    world.pass(Duration.ofMinutes(3));
    assertTrue(looks.get() > before);
    assertEquals(2, readings, "one of each");
    directory.stop();
  }

  @Test
  void whoReadWhileAnotherDidReadsAfreshWhereTheOtherWasFirst() {
    world.die();
    var journal = new MemoryJournal();
    var one = directory(journal);
    var other = directory(journal);
    var first = one.refresh();
    var second = other.refresh();
    assertInstanceOf(TerritoryAnswer.Complete.class, world.get(first));
    assertInstanceOf(TerritoryAnswer.Complete.class, world.get(second));
    assertEquals(3, readings);
    assertEquals(2L, world.get(journal.latestSnapshot()).orElseThrow().number());
    assertEquals(2, other.current().orElseThrow().territories().size());
    one.stop();
    other.stop();
  }

  @Test
  void whereTheJournalTakesNoReadingAndHasNoLaterOneThatIsToldAsATrouble() {
    world.die();
    var journal = new MemoryJournal();
    Journal refuses =
        AroundPort.of(
            Journal.class,
            journal,
            (method, arguments, real) ->
                method.equals("keepSnapshot")
                    ? CompletableFuture.completedFuture(false)
                    : real.call());
    var directory = directory(refuses);
    assertInstanceOf(TerritoryAnswer.Failed.class, world.get(directory.refresh()));
    assertEquals("the territory snapshot was not kept", told(Signal.Trouble.class).what());
    directory.stop();
  }

  @Test
  void aClientThatBreaksIsAReadingThatFailed() {
    world.die();
    broken = true;
    var directory = directory(new MemoryJournal());
    var answer = world.get(directory.refresh());
    var failed = assertInstanceOf(TerritoryAnswer.Failed.class, answer);
    assertTrue(failed.detail().contains("a mistake"), failed.detail());
    broken = false;
    world.pass(DirectorySettings.DEFAULT.recheck().plusSeconds(5));
    assertTrue(directory.current().isPresent());
    directory.stop();
  }

  @Test
  void whoAskedBeforeItStoppedIsAnswered() {
    var directory = directory(world.journal);
    var first = directory.refresh().toCompletableFuture();
    var next = directory.refresh().toCompletableFuture();
    directory.stop();
    world.pass(Duration.ofSeconds(5));
    assertTrue(first.isDone() && next.isDone());
    assertTrue(directory.current().isEmpty());
    assertEquals(1, readings);
  }

  private Journal shared(AtomicBoolean mine, AtomicInteger looks) {
    return AroundPort.of(
        Journal.class,
        world.journal,
        (method, arguments, real) -> {
          looks.addAndGet(method.equals("snapshotAfter") ? 1 : 0);
          return method.equals("sharing")
              ? AroundPort.of(
                  Sharing.class,
                  world.journal.sharing(),
                  (name, given, sharing) ->
                      name.equals("take")
                          ? CompletableFuture.completedFuture(mine.get())
                          : sharing.call())
              : real.call();
        });
  }

  private void waitsForATerritory() {
    Instant now = world.timers.now();
    var lead = new LeadForm().set(LeadField.CRM_ID, "7").lead();
    world.get(world.journal.accept(List.of(new Submission("waits", lead, "{}", now)), null));
    Entry entry = world.entry("waits");
    Entry waiting = entry.queued(Samples.queue(Blocker.REFUSED), now.plus(Duration.ofDays(1)), now);
    assertTrue(
        world.get(world.journal.record(List.of(new Move(entry, waiting, "x")))).get(0).applied());
  }

  private <T extends Signal> T told(Class<T> kind) {
    return signals.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  /** The service is killed between the two: the reading is on disk, and it woke nobody. */
  @Test
  void whoWaitsForTheFirstReadingIsWokenAtTheNextStartWhereTheReadingWokeNobody() {
    var journal = new MemoryJournal();
    String lead = waitsForTheFirstReading(journal);
    var reader = directory(World.refusing(journal, "wakeTerritories", new AtomicBoolean(true)));
    reader.start();
    world.pass(Duration.ofSeconds(5));
    reader.stop();
    assertTrue(due(journal, lead).isAfter(world.timers.now()));
    var next = directory(journal);
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

  private TerritoryDirectory directory(Journal journal) {
    return directory(journal, () -> {});
  }

  private TerritoryDirectory directory(Journal journal, Runnable changed) {
    Crm crm =
        AroundPort.of(
            Crm.class,
            new SandboxCrm(world.crm, world.timers, Duration.ofSeconds(30)),
            (method, arguments, real) -> {
              readings += method.equals("territories") ? 1 : 0;
              return broken && method.equals("territories")
                  ? CompletableFuture.failedStage(new IllegalStateException("a mistake"))
                  : real.call();
            });
    var ports = new Ports(journal, crm, world.timers, signals::add);
    return new TerritoryDirectory(ports, DirectorySettings.DEFAULT, changed);
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
