package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Origin;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TraceParent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How leads leave, what is told of it, and when sending rests. */
class SendingTest {

  private static final String SLOW_DOWN =
      "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":429,\"retryAfter\":20}]}";

  private final World world = new World();
  private final List<List<Move>> records = new ArrayList<>();
  private final List<Assignment> asked = new ArrayList<>();
  private int readings;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void eachAttemptIsToldWithTheAnswerAndHowLongItTook() {
    world.post("US");
    world.pass(Duration.ofSeconds(1));
    var attempt = world.heard.of(Signal.Attempted.class).get(0);
    assertTrue(attempt.outcome() instanceof Outcome.Done);
    assertEquals(Duration.ofMillis(100), attempt.took());
    var moved =
        world.heard.of(Signal.Moved.class).stream().map(one -> one.move().after().stage()).toList();
    assertEquals(List.of(Stage.DECIDED, Stage.SENDING, Stage.ASSIGNED), moved);
    assertEquals(0, world.heard.of(Signal.InFlight.class).get(0).calls(), "at the start");
    assertEquals(10, world.heard.of(Signal.InFlight.class).get(0).most());
  }

  @Test
  void aRecordThatWasNotMadeIsToldAsAnAttempt() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(1));
    assertTrue(
        world.heard.of(Signal.Attempted.class).get(0).outcome() instanceof Outcome.Unavailable);
  }

  @Test
  void theHistoryCountsTheAttempts() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(10));
    List<String> sending =
        history(lead).stream()
            .filter(line -> line.stage() == Stage.SENDING)
            .map(HistoryLine::note)
            .toList();
    assertEquals(
        List.of("sending, attempt 1", "sending, attempt 2"), sending.subList(0, 2), "" + sending);
  }

  @Test
  void anAttemptIsAPartOfTheTraceThatTheLeadCameIn() {
    recording();
    var trace = new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true);
    String traced = post(Origin.in(trace));
    world.pass(Duration.ofSeconds(1));
    assertEquals(trace.traceId(), asked.get(0).trace().traceId());
    assertEquals(Stage.ASSIGNED, world.entry(traced).stage());
    post(Origin.UNKNOWN);
    world.pass(Duration.ofSeconds(1));
    assertNull(asked.get(1).trace());
  }

  @Test
  void whereNothingWaitsALeadIsDecidedAndLeavesInOneCommit() {
    recording();
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(
        List.of(List.of(Stage.DECIDED, Stage.SENDING), List.of(Stage.ASSIGNED)), commits(lead));
  }

  @Test
  void aCallThatIsNotFullWaitsForWhatElseIsToGoWithIt() {
    world.batch = 2;
    recording();
    String alone = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(
        List.of(List.of(Stage.DECIDED), List.of(Stage.SENDING), List.of(Stage.ASSIGNED)),
        commits(alone));
    asked.clear();
    var two = world.postTogether("US", 2);
    world.pass(Duration.ofSeconds(1));
    two.forEach(lead -> assertEquals(List.of(Stage.DECIDED, Stage.SENDING), commits(lead).get(0)));
    assertEquals(2, asked.size());
  }

  @Test
  void whilePausedALeadIsDecidedAndNothingSaysThatItIsSent() {
    recording();
    world.get(world.flow.sendingSwitch().pause("ana", null));
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(QueueReason.CRM_PAUSED, world.entry(lead).reason());
    assertTrue(history(lead).stream().noneMatch(line -> line.stage() == Stage.SENDING));
    assertEquals(List.of(List.of(Stage.DECIDED), List.of(Stage.QUEUED)), commits(lead));
  }

  @Test
  void whatNobodyKnowsTheOutcomeOfIsLookedUpThoughSendingIsPaused() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"lostAnswer\",\"times\":1}]}");
    String lead = world.post("US");
    world.pass(Duration.ofMillis(500));
    world.get(world.flow.sendingSwitch().pause("ana", null));
    world.pass(Duration.ofMinutes(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertEquals(1, world.writes(lead));
  }

  @Test
  void aStopWaitsForTheCallsThatAreUnderWayAndForNothingElse() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":10000}]}");
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.SENDING, world.entry(lead).stage());
    world.get(world.flow.drain());
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    world.start();
    Instant asked = world.timers.now();
    world.get(world.flow.drain());
    assertEquals(asked, world.timers.now(), "nothing was under way");
  }

  @Test
  void whileTheCrmAsksForARestNothingLeavesAndWhenItIsOverWhatWaitedLeavesAtOnce() {
    recording();
    world.tell(SLOW_DOWN);
    String first = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(QueueReason.CRM_UNAVAILABLE, world.entry(first).reason());
    String note = history(first).get(3).note();
    assertTrue(note.startsWith("queued: crm_unavailable ("), note);
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    var held = world.heard.of(Signal.SendingHeld.class);
    assertEquals(1, held.size());
    assertTrue(held.get(0).why().contains("costs no attempt"), held.get(0).why());
    String second = world.post("US");
    world.timers.runUntil(held.get(0).until().minusMillis(1));
    assertEquals(Stage.DECIDED, world.entry(second).stage());
    assertEquals(1, asked.size());
    world.timers.runUntil(held.get(0).until().plusMillis(1));
    assertEquals(Stage.ASSIGNED, world.entry(second).stage());
    world.pass(Duration.ofMinutes(1));
    assertEquals(Stage.ASSIGNED, world.entry(first).stage());
  }

  @Test
  void aShorterRestIsToldOnceOnly() {
    world.tell(SLOW_DOWN);
    world.postTogether("US", 8);
    world.pass(Duration.ofSeconds(1));
    assertTrue(world.heard.of(Signal.Attempted.class).size() > 1, "several were under way");
    assertEquals(1, world.heard.of(Signal.SendingHeld.class).size());
  }

  @Test
  void aTerritoryThatTheCrmRefusesHasTheTerritoriesReadSoonAndAnAnswerElseDoesNot() {
    recording();
    Duration soon = DirectorySettings.DEFAULT.recheck().plusSeconds(1);
    world.post("US");
    world.pass(soon);
    assertEquals(0, readings);
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"invalidTerritory\",\"times\":1}]}");
    String lead = world.post("US");
    world.pass(soon);
    assertTrue(readings > 0);
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void aLeadThatTheJournalDoesNotWriteDownDoesNotLeaveAndGoesWhenItDoes() {
    recording();
    var refusals = new AtomicInteger(3);
    world.disk =
        world.troubled(
            (method, goOn) ->
                method.equals("record") && refusals.getAndDecrement() > 0
                    ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                    : goOn.get());
    world.startAgain();
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(2));
    assertEquals(0, asked.size());
    world.pass(Duration.ofSeconds(5));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertFalse(world.heard.troubles().isEmpty());
    world.get(world.flow.drain());
  }

  /** Keeps what the next process asks of its journal and of the CRM. */
  private void recording() {
    world.disk =
        AroundPort.of(
            Journal.class,
            world.journal,
            (method, arguments, real) -> {
              if (method.equals("record")) {
                records.add(((List<?>) arguments[0]).stream().map(Move.class::cast).toList());
              }
              return real.call();
            });
    world.line =
        (method, arguments, real) -> {
          if (method.equals("assign")) {
            ((List<?>) arguments[0]).forEach(one -> asked.add((Assignment) one));
          }
          readings += method.equals("territories") ? 1 : 0;
          return real.call();
        };
    world.startAgain();
    readings = 0;
  }

  /** The stages that a lead came to, commit by commit. */
  private List<List<Stage>> commits(String lead) {
    return records.stream()
        .map(
            moves ->
                moves.stream()
                    .filter(move -> move.after().id().equals(lead))
                    .map(move -> move.after().stage())
                    .toList())
        .filter(stages -> !stages.isEmpty())
        .toList();
  }

  private String post(Origin origin) {
    return world.post(List.of(new Arrival(world.lead("US"), "{}", origin))).get(0);
  }

  private List<HistoryLine> history(String lead) {
    return world.get(world.journal.history(lead));
  }
}
