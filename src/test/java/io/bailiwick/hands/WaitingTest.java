package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Signals.Signal.WaitedTooLong;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Backlog.Overdue;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
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
    return world.heard.of(WaitedTooLong.class).stream().map(one -> one.limit().rule()).toList();
  }
}
