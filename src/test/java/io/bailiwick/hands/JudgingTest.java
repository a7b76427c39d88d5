package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How leads are judged: how many together, when again, and what becomes of them otherwise. */
class JudgingTest {

  private static final String CLOSED =
      """
      rule "US" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "Closed" when Placement( apiEnabled == Flag.NO )
      then route.queue("territory_not_ready", "api_disabled"); end
      """;

  private final World world = new World();
  private final List<Integer> together = new ArrayList<>();
  private CompletableFuture<Void> mayEnd = CompletableFuture.completedFuture(null);
  private int readings;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatIsJudgedTogetherIsToldWithHowLongItTook() {
    held();
    world.postTogether("US", 3);
    world.pass(Duration.ofSeconds(2));
    mayEnd.complete(null);
    world.pass(Duration.ofSeconds(1));
    assertEquals(
        List.of(new Signal.Judged(3, Duration.ofSeconds(2))), world.heard.of(Signal.Judged.class));
  }

  @Test
  void noMoreAreJudgedAtATimeThanMayBe() {
    held();
    var leads = world.postTogether("US", 250);
    world.pass(Duration.ofSeconds(1));
    world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(List.of(100), together);
    mayEnd.complete(null);
    world.pass(Duration.ofSeconds(30));
    leads.forEach(lead -> assertEquals(Stage.ASSIGNED, world.entry(lead).stage()));
    assertTrue(together.stream().allMatch(some -> some <= 100), "" + together);
  }

  @Test
  void asManyAreJudgedTogetherAsFillWholeCalls() {
    world.settings = Knobs.judgingTogether(150);
    world.batch = 100;
    held();
    world.postTogether("US", 500);
    world.pass(Duration.ofSeconds(1));
    assertEquals(List.of(200), together);
    mayEnd.complete(null);
  }

  @Test
  void aStopWaitsForWhatIsBeingJudged() {
    held();
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    var drained = world.flow.drain().toCompletableFuture();
    world.pass(Duration.ofSeconds(5));
    assertFalse(drained.isDone());
    mayEnd.complete(null);
    world.get(drained);
    assertTrue(world.entry(lead).decision() != null, "what was judged is kept");
  }

  @Test
  void aJudgeThatBreaksKeepsTheLeadForAPersonAndTellsOfIt() {
    world.judge =
        (method, arguments, real) ->
            method.equals("judge")
                ? CompletableFuture.failedStage(new IllegalStateException("a mistake"))
                : real.call();
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.PARKED, world.entry(lead).stage());
    assertEquals(ParkReason.INTERNAL, world.entry(lead).parkReason());
    assertTrue(
        world.lastNote(lead).contains("the judge failed; a mistake of ours"), world.lastNote(lead));
    assertEquals("the judge failed", world.heard.troubles().get(0));
  }

  @Test
  void whoseRulesDidNotEndIsSaidToWhomItConcerns() {
    world.judge =
        (method, arguments, real) ->
            method.equals("judge")
                ? CompletableFuture.completedStage(
                    List.of(Decision.giveUp(Samples.receipt("snapshot"))))
                : real.call();
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(List.of("rulebook"), world.abandoned);
    assertEquals(Stage.PARKED, world.entry(lead).stage());
    world.judge = AroundPort.NOTHING;
    world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(1, world.abandoned.size(), "one that ended is not");
  }

  @Test
  void whoWaitsForATerritoryHasTheTerritoriesReadSoonAndWhoWaitsForElseHasNot() {
    world.rules(Map.of("main.drl", CLOSED));
    west(false);
    counting();
    Duration soon = DirectorySettings.DEFAULT.recheck().plusSeconds(1);
    String other = world.post("FR");
    world.pass(soon);
    assertEquals(Stage.QUEUED, world.entry(other).stage());
    assertEquals(0, readings);
    world.post("US");
    world.pass(soon);
    assertTrue(readings > 0);
  }

  @Test
  void aLeadWhoseTerritoryCameWhileItWasJudgedIsJudgedAgainAtOnce() {
    world.rules(Map.of("main.drl", CLOSED));
    west(false);
    held();
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    west(true);
    mayEnd.complete(null);
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertEquals(2, together.size());
  }

  /** A territory is ready a quarter of an hour after it was made, and a limit lies behind that. */
  @Test
  void aLeadIsLookedAtWhenItsTerritoryIsReadyAndNotAtItsNextLimit() {
    String drl =
        """
        rule "US" when Lead( country == "US" ) $t : Territory( name == "North" )
        then route.to($t); end
        rule "Soon" when Placement( propagated == Flag.NO, $at : readyAt )
        then route.queueUntil("territory_not_ready", "propagating", $at); end
        """;
    world.rules(Map.of("main.drl", drl, "waiting.yaml", "Known soon: {after: 40m, then: tell}"));
    world.tell("{\"do\":\"addTerritory\",\"name\":\"North\",\"parentId\":\"1\"}");
    refresh();
    Instant made = world.timers.now();
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(QueueReason.TERRITORY_NOT_READY, world.entry(lead).reason());
    Instant due = world.entry(lead).due();
    assertTrue(due.isBefore(made.plus(Duration.ofMinutes(16))), due + " of " + made);
    world.pass(Duration.ofMinutes(16));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  private void held() {
    mayEnd = new CompletableFuture<>();
    world.judge =
        (method, arguments, real) -> {
          if (!method.equals("judge")) {
            return real.call();
          }
          together.add(((List<?>) arguments[0]).size());
          var decided = (CompletionStage<?>) real.call();
          return mayEnd.thenCompose(done -> decided);
        };
    world.startAgain();
  }

  private void counting() {
    world.line =
        (method, arguments, real) -> {
          readings += method.equals("territories") ? 1 : 0;
          return real.call();
        };
    world.startAgain();
    readings = 0;
  }

  private void west(boolean open) {
    world.tell(
        "{\"do\":\"setTerritory\",\"territory\":\"West\",\"apiEnabled\":%s}".formatted(open));
    refresh();
  }

  private void refresh() {
    world.get(
        CompletableFuture.supplyAsync(() -> world.flow.directory().refresh(), world.timers)
            .thenCompose(answer -> answer));
  }
}
