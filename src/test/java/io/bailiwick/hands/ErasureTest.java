package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.DispatchSettings;
import io.bailiwick.flow.Eraser;
import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Persons are forgotten when somebody asks, or when they were kept long enough. */
class ErasureTest {

  private static final Hand ANA = new Hand("ana", "ticket 7");

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLeadThatWaitsIsErasedAndNeverSentThoughItsTerritoryBecomesReady() {
    String id = world.post("FR");
    world.pass(Duration.ofSeconds(5));
    assertEquals(Stage.QUEUED, world.entry(id).stage());
    var answer = world.get(world.flow.eraser().erase(id, ANA));
    assertEquals(new Eraser.Answer(1, 1, List.of(), true), answer);
    world.pass(Duration.ofHours(3));
    assertEquals(Stage.ERASED, world.entry(id).stage());
    assertEquals(0, world.writes(id));
    var again = world.get(world.flow.eraser().erase(id, ANA));
    assertEquals(new Eraser.Answer(1, 0, List.of(), true), again);
    assertEquals(0, world.get(world.flow.eraser().erase("none", ANA)).found());
  }

  @Test
  void aLeadThatIsErasedBeforeItIsJudgedGoesNowhere() {
    String id = world.post("US");
    assertEquals(1, world.get(world.flow.eraser().erase(id, ANA)).erased());
    world.pass(Duration.ofMinutes(1));
    assertEquals(Stage.ERASED, world.entry(id).stage());
    assertEquals(0, world.writes(id));
  }

  @Test
  void whatIsBeingSentIsLeftUntilItsOutcomeIsKnownAndItsRecordWithIt() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":9000}]}");
    String id = world.post("US");
    world.pass(Duration.ofSeconds(2));
    assertEquals(Stage.SENDING, world.entry(id).stage());
    var answer = world.get(world.flow.eraser().erase(id, ANA));
    assertEquals(List.of(id), answer.beingSent());
    assertEquals(0, answer.erased());
    world.pass(Duration.ofSeconds(20));
    assertEquals(Stage.ASSIGNED, world.entry(id).stage());
    assertEquals(1, world.get(world.flow.eraser().erase(id, ANA)).erased());
    assertEquals("West", world.entry(id).territory().name());
    assertFalse(world.entry(id).lead().values().containsKey(LeadField.COUNTRY));
  }

  @Test
  void byAnAddressTheCountIsWhatIsThenErasedAndIsToldOnce() {
    for (int i = 0; i < 3; i++) {
      post("r" + i, "ana@acme.example");
      post("s" + i, "bob@acme.example");
    }
    post("r0", "ana@new.example");
    world.pass(Duration.ofSeconds(9));
    var counted = world.get(world.flow.eraser().count("ana@acme.example"));
    assertEquals(4, counted.found(), "all revisions of a record");
    assertEquals(0, counted.erased());
    world.heard.clear();
    var erased = world.get(world.flow.eraser().eraseAll("ana@acme.example", ANA));
    assertEquals(new Eraser.Answer(4, 4, List.of(), true), erased);
    assertEquals(List.of(new Signal.Erased(4, Signal.Erased.Cause.ASKED, "ana")), erasures());
    assertEquals(0, world.get(world.flow.eraser().count("ana@acme.example")).found());
    assertEquals(3, world.get(world.flow.eraser().count("bob@acme.example")).found());
  }

  @Test
  void whatWasKeptLongEnoughGoesAHundredASecondAndWhatWaitsNever() {
    List<String> dead = world.bury(250, ParkReason.REJECTED);
    String waiting = world.post("FR");
    keep(Duration.ofDays(30));
    world.pass(Duration.ofDays(29));
    assertEquals(0, count(Stage.ERASED));
    world.pass(Duration.ofDays(1).plusMinutes(59));
    String young = world.bury(1, ParkReason.ATTEMPTS_EXHAUSTED).get(0);
    world.pass(Duration.ofHours(2));
    assertEquals(250, count(Stage.ERASED));
    assertEquals(Stage.ERASED, world.entry(dead.get(249)).stage());
    assertEquals(Stage.QUEUED, world.entry(waiting).stage());
    assertEquals(Stage.PARKED, world.entry(young).stage());
    assertEquals(List.of(new Signal.Erased(250, Signal.Erased.Cause.RETENTION, null)), erasures());
  }

  @Test
  void aHundredGoAtATimeASecondApartAndWhoStopsErasesNoMore() {
    world.bury(250, ParkReason.REJECTED);
    world.pass(Duration.ofDays(2));
    keep(Duration.ofDays(1));
    assertEquals(200, count(Stage.ERASED), "at the start, and a second later");
    world.get(world.flow.drain());
    world.pass(Duration.ofHours(3));
    assertEquals(200, count(Stage.ERASED));
  }

  @Test
  void whereTheJournalCannotSayWhatIsOldItIsToldAndAskedAgainInAnHour() {
    world.bury(1, ParkReason.REJECTED);
    world.pass(Duration.ofDays(2));
    var full = new AtomicBoolean(true);
    world.settings = kept(Duration.ofDays(1));
    world.around(
        "erasures",
        ErasureBook.class,
        (method, arguments, real) ->
            method.equals("atRest") && full.get()
                ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                : real.call());
    assertTrue(world.heard.troubles().contains("erasing old leads failed"));
    full.set(false);
    world.pass(Duration.ofMinutes(59));
    assertEquals(0, count(Stage.ERASED));
    world.pass(Duration.ofMinutes(1));
    assertEquals(1, count(Stage.ERASED));
  }

  @Test
  void twoInstancesAtItEraseEachLeadOnce() {
    world.bury(250, ParkReason.REJECTED);
    keep(Duration.ofDays(1));
    var first = world.flow;
    world.start();
    world.pass(Duration.ofDays(2));
    assertTrue(first != world.flow);
    assertEquals(250, erasures().stream().mapToInt(Signal.Erased::leads).sum());
  }

  @Test
  void whatIsMovedAtThatVeryMomentIsErasedAsItIsThen() {
    List<String> dead = world.bury(2, ParkReason.REJECTED);
    var first = new AtomicBoolean(true);
    world.around(
        "erasures",
        ErasureBook.class,
        (method, arguments, real) -> {
          if (method.equals("erase") && first.compareAndSet(true, false)) {
            closed(dead.get(0));
          }
          return real.call();
        });
    var answer = world.get(world.flow.eraser().erase(dead.get(0), ANA));
    assertEquals(new Eraser.Answer(1, 1, List.of(), true), answer);
    assertEquals(Stage.ERASED, world.entry(dead.get(0)).stage());
    assertEquals(Stage.PARKED, world.entry(dead.get(1)).stage());
    assertEquals(List.of(new Signal.Erased(1, Signal.Erased.Cause.ASKED, "ana")), erasures());
    assertTrue(
        world.heard.of(Signal.Moved.class).stream()
            .anyMatch(moved -> moved.move().after().stage() == Stage.ERASED));
  }

  private void closed(String id) {
    Entry entry = world.journal.find(id).toCompletableFuture().join().orElseThrow();
    Entry after = entry.closed(world.timers.now());
    world.journal.record(List.of(new Move(entry, after, "closed"))).toCompletableFuture().join();
  }

  @Test
  void noMoreThanSoManyGoInOneCommit() {
    for (int i = 0; i < 1_001; i++) {
      post("r" + i, "ana@acme.example");
    }
    world.pass(Duration.ofMinutes(5));
    List<Integer> commits = new ArrayList<>();
    world.around(
        "erasures",
        ErasureBook.class,
        (method, arguments, real) -> {
          if (method.equals("erase")) {
            commits.add(((List<?>) arguments[0]).size());
          }
          return real.call();
        });
    assertEquals(1_001, world.get(world.flow.eraser().eraseAll("ana@acme.example", ANA)).erased());
    assertEquals(List.of(500, 500, 1), commits);
  }

  @Test
  void whereAFileKeepsItItIsTriedForFiveSecondsAndThenOnWhileNobodyWaits() {
    String id = world.bury(1, ParkReason.REJECTED).get(0);
    var read = new AtomicBoolean(true);
    var tries = new AtomicInteger();
    world.around(
        "erasures",
        ErasureBook.class,
        (method, arguments, real) -> {
          if (!method.equals("settle")) {
            return real.call();
          }
          tries.incrementAndGet();
          return CompletableFuture.completedFuture(!read.get());
        });
    Instant asked = world.timers.now();
    assertFalse(world.get(world.flow.eraser().erase(id, ANA)).gone());
    assertEquals(Duration.ofSeconds(5), Duration.between(asked, world.timers.now()));
    assertEquals(26, tries.get());
    world.pass(Duration.ofSeconds(11));
    assertEquals(28, tries.get(), "and each five seconds");
    read.set(false);
    world.pass(Duration.ofMinutes(5));
    assertEquals(29, tries.get(), "until it is gone");
    assertTrue(world.get(world.flow.eraser().erase(id, ANA)).gone());
  }

  @Test
  void whoAsksIsToldWhereNobodyKnowsWhetherItIsGone() {
    String id = world.bury(1, ParkReason.REJECTED).get(0);
    world.around(
        "erasures",
        ErasureBook.class,
        (method, arguments, real) ->
            method.equals("settle")
                ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                : real.call());
    var asked = world.flow.eraser().erase(id, ANA);
    assertThrows(CompletionException.class, () -> world.get(asked));
  }

  private void keep(Duration retention) {
    world.settings = kept(retention);
    world.start();
  }

  private static LeadFlow.Settings kept(Duration retention) {
    return new LeadFlow.Settings(DirectorySettings.DEFAULT, DispatchSettings.DEFAULT, retention);
  }

  private long count(Stage stage) {
    return world.get(world.journal.count(LeadFilter.of(stage)));
  }

  private List<Signal.Erased> erasures() {
    return world.heard.of(Signal.Erased.class);
  }

  private void post(String crmId, String email) {
    Lead lead =
        new LeadForm()
            .set(LeadField.CRM_ID, crmId)
            .set(LeadField.EMAIL, email)
            .set(LeadField.COUNTRY, "US")
            .lead();
    var accepted = world.get(world.flow.intake().accept(List.of(new Arrival(lead, "{}")), null));
    assertTrue(accepted instanceof Journal.Acceptance.Accepted);
  }
}
