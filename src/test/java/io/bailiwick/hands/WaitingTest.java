package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Signals.Signal.WaitedTooLong;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Backlog.Overdue;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leads that wait too long, by the rules' own limits, on virtual time. */
class WaitingTest {

  private static final String RULES =
      """
      rule "US" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "FR" when Lead( country == "FR" ) then route.queue("odd"); end
      rule "Closed" when Placement( apiEnabled == Flag.NO )
      then route.queue("territory_not_ready", "api_disabled"); end
      """;

  private static final String LIMITS =
      """
      Known soon:
        after: 2h
        then: tell
      West for long:
        territory: West
        after: 6h
        fallback: East
      """;

  private final World world = new World();

  WaitingTest() {
    world.rules(Map.of("main.drl", RULES, "waiting.yaml", LIMITS));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLeadIsToldOfOnceAtItsLimitAndGoesToTheFallbackAtTheNext() {
    close("West");
    Instant posted = world.timers.now();
    String id = world.post("US");
    world.pass(Duration.ofMinutes(119));
    assertEquals(List.of(), late());
    assertEquals(List.of(), backlog().overdue());
    world.timers.runUntil(posted.plus(Duration.ofHours(2)).plusSeconds(2));
    assertEquals(List.of("Known soon"), late());
    assertEquals(Stage.QUEUED, world.entry(id).stage());
    assertEquals(List.of(new Overdue("Known soon", 1, posted, id)), backlog().overdue());
    world.timers.runUntil(posted.plus(Duration.ofHours(6)).minusSeconds(2));
    assertEquals(1, late().size(), "told once");
    assertEquals(0, world.writes(id));
    world.timers.runUntil(posted.plus(Duration.ofHours(6)).plusSeconds(2));
    Entry sent = world.entry(id);
    assertEquals(Stage.ASSIGNED, sent.stage());
    assertEquals("2", world.shown(id));
    assertEquals("West for long", sent.decision().receipt().settledBy().rule());
    assertEquals(List.of(), backlog().overdue());
    assertTrue(
        world.get(world.journal.history(id)).stream()
            .anyMatch(line -> line.note().contains("sends it to \"East\" in place of \"West\"")));
  }

  @Test
  void aTerritoryThatTheCrmRefusesForLongIsGivenUpForTheFallback() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"invalidTerritory\",\"share\":1}]}");
    String id = world.post("US");
    world.pass(Duration.ofHours(5));
    assertEquals("refused", world.entry(id).blocker());
    assertEquals("West", world.entry(id).territory().name());
    assertEquals(List.of("Known soon"), late());
    Instant later = world.timers.now().plus(Duration.ofMinutes(80));
    assertTrue(
        world.timers.runUntil(() -> world.entry(id).territory().name().equals("East"), later));
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(Duration.ofMinutes(20));
    assertEquals("2", world.shown(id));
  }

  @Test
  void whoATerritoryTakesInTimeIsNeitherToldOfNorSentElsewhere() {
    close("West");
    String id = world.post("US");
    world.pass(Duration.ofMinutes(90));
    world.tell("{\"do\":\"setTerritory\",\"territory\":\"West\",\"apiEnabled\":true}");
    world.pass(Duration.ofHours(3));
    assertEquals("1", world.shown(id));
    assertEquals(List.of(), late());
  }

  @Test
  void aLeadThatAPersonTookUpWaitsAnewAndOneThatRestsIsNotOverdue() {
    String id = world.post("FR");
    world.pass(Duration.ofHours(3));
    assertEquals(QueueReason.BY_RULE, world.entry(id).reason());
    assertEquals("Known soon", world.entry(id).overdue().rule());
    world.get(world.flow.desk().reconsider(id, new Hand("ana", null)));
    world.pass(Duration.ofSeconds(5));
    assertNull(world.entry(id).overdue());
    assertEquals(List.of(), backlog().overdue());
    world.pass(Duration.ofHours(3));
    assertEquals(List.of("Known soon", "Known soon"), late());
    world.get(world.flow.desk().close(id, new Hand("ana", null)));
    assertEquals(List.of(), backlog().overdue());
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
    assertTrue(lastNote(warm).contains("stays where it is: it was worked on at"), lastNote(warm));
  }

  @Test
  void aRecordThatShowsAnotherTerritoryStaysAndIsLookedAtNoMore() {
    cold();
    world.tell("{\"do\":\"setFeature\",\"activity\":true}");
    String id = world.post("US");
    world.pass(Duration.ofHours(1));
    world.inTheCrm(id, "2");
    world.pass(Duration.ofHours(24));
    assertTrue(lastNote(id).contains("the record no longer shows the territory"), lastNote(id));
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
    assertTrue(lastNote(id).contains("no limit is for it any more"), lastNote(id));
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
    assertTrue(lastNote(id).contains("not seen ("), lastNote(id));
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
        crm ->
            AroundPort.of(
                Crm.class,
                crm,
                (method, arguments, real) -> {
                  if (!method.equals("read") || looks.size() > 1) {
                    return real.call();
                  }
                  looks.add(new CompletableFuture<>());
                  return looks.get(looks.size() - 1);
                });
    world.startAgain();
    String id = world.post("US");
    String other = world.post("US");
    world.pass(Duration.ofHours(25));
    assertEquals(1, looks.size(), "one after the other");
    looks.get(0).completeExceptionally(new IllegalStateException("a mistake"));
    world.pass(Duration.ofMillis(1));
    assertEquals(2, looks.size());
    assertTrue(
        lastNote(id).contains("not seen (") || lastNote(other).contains("not seen ("),
        lastNote(id));
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

  private String lastNote(String id) {
    var history = world.get(world.journal.history(id));
    return history.get(history.size() - 1).note();
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

  private Backlog backlog() {
    return world.get(world.journal.backlog());
  }

  private void close(String territory) {
    world.tell(
        "{\"do\":\"setTerritory\",\"territory\":\"%s\",\"apiEnabled\":false}".formatted(territory));
    world.get(
        CompletableFuture.supplyAsync(() -> world.flow.directory().refresh(), world.timers)
            .thenCompose(answer -> answer));
  }

  private List<String> late() {
    return world.signals.stream()
        .filter(WaitedTooLong.class::isInstance)
        .map(signal -> ((WaitedTooLong) signal).limit().rule())
        .toList();
  }
}
