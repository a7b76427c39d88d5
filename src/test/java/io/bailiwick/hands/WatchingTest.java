package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Assigned leads of which the rules ask whether anybody works on them. */
class WatchingTest {

  private static final String RULES =
      """
      rule "US" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "FR" when Lead( country == "FR" ) then route.queue("odd"); end
      rule "Closed" when Placement( apiEnabled == Flag.NO )
      then route.queue("territory_not_ready", "api_disabled"); end
      """;

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anAssignedLeadThatNobodyWorksOnIsRoutedAgainAndOneThatIsWorkedOnStays() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    String cold = world.post("US");
    String warm = world.post("US");
    String byHand = world.post("US");
    world.pass(Duration.ofHours(1));
    touch(warm);
    world.inTheCrm(byHand, "2");
    world.pass(Duration.ofHours(25));
    assertEquals("2", world.shown(cold));
    assertEquals("Cold", world.entry(cold).decision().receipt().settledBy().rule());
    assertEquals(2, world.writes(cold));
    assertEquals("1", world.shown(warm));
    assertEquals(1, world.writes(warm));
    assertEquals("2", world.shown(byHand));
    assertEquals("West", world.entry(byHand).territory().name());
    assertNull(world.entry(warm).due());
    world.pass(Duration.ofDays(9));
    assertEquals(2, world.writes(cold), "the east is not asked");
  }

  @Test
  void whereTheCrmDoesNotTellAnAssignedLeadStays() {
    cold();
    String id = world.post("US");
    world.pass(Duration.ofHours(30));
    assertEquals("1", world.shown(id));
    assertTrue(
        world.get(world.journal.history(id)).stream()
            .anyMatch(line -> line.note().contains("the CRM does not tell")));
  }

  @Test
  void aCrmThatCannotBeReadIsAskedAgainAndARestartForgetsNothing() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    String id = world.post("US");
    world.pass(Duration.ofHours(23));
    world.get(world.flow.drain());
    world.start();
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    world.pass(Duration.ofHours(2));
    assertEquals("1", world.shown(id));
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(Duration.ofHours(2));
    assertEquals("2", world.shown(id));
  }

  @Test
  void ourOwnWriteIsNoWorkOnALeadAndWhatIsDoneAMinuteLaterIs() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    String cold = world.post("US");
    String warm = world.post("US");
    world.pass(Duration.ofSeconds(50));
    touch(cold);
    world.pass(Duration.ofSeconds(20));
    touch(warm);
    world.pass(Duration.ofHours(25));
    assertEquals("2", world.shown(cold));
    assertEquals("1", world.shown(warm));
    assertTrue(
        world.lastNote(warm).contains("stays where it is: it was worked on at"),
        world.lastNote(warm));
  }

  @Test
  void aRecordThatShowsAnotherTerritoryStaysAndIsLookedAtNoMore() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    String id = world.post("US");
    world.pass(Duration.ofHours(1));
    world.inTheCrm(id, "2");
    world.pass(Duration.ofHours(24));
    assertTrue(
        world.lastNote(id).contains("the record no longer shows the territory"),
        world.lastNote(id));
    assertNull(world.entry(id).due());
  }

  @Test
  void whereTheRulesAskNoMoreNobodyIsRoutedAgain() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    String id = world.post("US");
    world.pass(Duration.ofHours(1));
    world.rules(Map.of("main.drl", RULES));
    world.pass(Duration.ofHours(24));
    assertTrue(world.lastNote(id).contains("no limit is for it any more"), world.lastNote(id));
    assertNull(world.entry(id).due());
    assertEquals("1", world.shown(id));
  }

  @Test
  void whereTheOtherTerritoryTakesNobodyItIsLookedAtAgain() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    String id = world.post("US");
    close("East");
    world.pass(Duration.ofHours(25));
    assertTrue(world.lastNote(id).contains("not seen ("), world.lastNote(id));
    assertEquals("1", world.shown(id));
    world.tell("{\"do\":\"setTerritory\",\"territory\":\"East\",\"apiEnabled\":true}");
    world.pass(Duration.ofHours(2));
    assertEquals("2", world.shown(id));
  }

  @Test
  void aLookThatTheClientBreaksIsMadeAgainAndAStopWaitsForIt() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    var looks = new ArrayList<CompletableFuture<Object>>();
    world.line =
        (method, arguments, real) -> {
          if (!method.equals("read") || looks.size() > 1) {
            return real.call();
          }
          looks.add(new CompletableFuture<>());
          return looks.get(looks.size() - 1);
        };
    world.startAgain();
    String id = world.post("US");
    String other = world.post("US");
    world.pass(Duration.ofHours(25));
    assertEquals(1, looks.size(), "one after the other");
    looks.get(0).completeExceptionally(new IllegalStateException("a mistake"));
    world.pass(Duration.ofMillis(1));
    assertEquals(2, looks.size());
    assertTrue(
        world.lastNote(id).contains("not seen (") || world.lastNote(other).contains("not seen ("),
        world.lastNote(id));
    var drained = world.flow.drain().toCompletableFuture();
    world.pass(Duration.ofSeconds(5));
    assertFalse(drained.isDone());
    looks.get(1).completeExceptionally(new IllegalStateException("a mistake"));
    world.get(drained);
    world.start();
    world.pass(Duration.ofHours(3));
    assertEquals("2", world.shown(id));
    assertEquals("2", world.shown(other));
  }

  private void cold() {
    String limits = "Cold: {untouched: 24h, territory: West, fallback: East}";
    world.rules(Map.of("main.drl", RULES, "waiting.yaml", limits));
  }

  private void touch(String id) {
    world.tell(
        "{\"do\":\"touchRecord\",\"module\":\"Leads\",\"id\":\"%s\"}"
            .formatted(world.entry(id).lead().crmId()));
  }

  private void close(String territory) {
    world.tell(
        "{\"do\":\"setTerritory\",\"territory\":\"%s\",\"apiEnabled\":false}".formatted(territory));
    world.get(
        CompletableFuture.supplyAsync(() -> world.flow.directory().refresh(), world.timers)
            .thenCompose(answer -> answer));
  }
}
