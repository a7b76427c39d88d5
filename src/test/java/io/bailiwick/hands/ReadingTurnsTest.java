package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the territories are read, and by which of those that share a journal. */
class ReadingTurnsTest {

  private final World world = new World();
  private final Directories directories = new Directories(world);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theyAreReadEachHourAndEachMinuteAfterAFailureOrWhileALeadWaitsForOne() {
    world.die();
    var directory = directories.of(world.journal);
    directory.start();
    world.pass(Duration.ofMinutes(1));
    assertEquals(1, directories.readings);
    world.pass(Duration.ofHours(3));
    assertEquals(4, directories.readings);
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    world.pass(Duration.ofHours(1).plusMinutes(10));
    assertTrue(directories.readings >= 4 + 8, directories.readings + " readings");
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(Duration.ofMinutes(2));
    int before = directories.readings;
    world.pass(Duration.ofMinutes(30));
    assertEquals(before, directories.readings, "it works again");
    waitsForATerritory();
    world.pass(Duration.ofHours(1));
    before = directories.readings;
    world.pass(Duration.ofMinutes(10));
    assertTrue(directories.readings >= before + 9, directories.readings + " readings");
    directory.stop();
  }

  @Test
  void whoseTurnItIsNotReadsNothingAndLooksEachMinuteWhatTheOthersRead() {
    world.die();
    var mine = new AtomicBoolean();
    var looks = new AtomicInteger();
    var directory = directories.of(shared(mine, looks));
    directory.start();
    world.pass(Duration.ofMinutes(59));
    assertEquals(1, directories.readings, "the first, at the start");
    assertEquals(0, looks.get());
    world.pass(Duration.ofMinutes(10));
    assertEquals(1, directories.readings);
    assertTrue(looks.get() >= 9, looks + " looks");
    mine.set(true);
    world.pass(Duration.ofMinutes(2));
    assertEquals(2, directories.readings, "nobody else did");
    directory.stop();
  }

  @Test
  void whatAnotherReadServesHereAndTheNextLookIsAnHourAfterIt() {
    world.die();
    var looks = new AtomicInteger();
    var directory = directories.of(shared(new AtomicBoolean(), looks));
    directory.start();
    world.pass(Duration.ofMinutes(50));
    world.tell("{\"do\":\"addTerritory\",\"name\":\"North\",\"parentId\":\"1\"}");
    var other = directories.of(world.journal);
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
    assertEquals(2, directories.readings, "one of each");
    directory.stop();
  }

  @Test
  void whoReadWhileAnotherDidReadsAfreshWhereTheOtherWasFirst() {
    world.die();
    var journal = new MemoryJournal();
    var one = directories.of(journal);
    var other = directories.of(journal);
    var first = one.refresh();
    var second = other.refresh();
    assertInstanceOf(TerritoryAnswer.Complete.class, world.get(first));
    assertInstanceOf(TerritoryAnswer.Complete.class, world.get(second));
    assertEquals(3, directories.readings);
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
    var directory = directories.of(refuses);
    assertInstanceOf(TerritoryAnswer.Failed.class, world.get(directory.refresh()));
    assertEquals("the territory snapshot was not kept", directories.heard.troubles().get(0));
    directory.stop();
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
}
