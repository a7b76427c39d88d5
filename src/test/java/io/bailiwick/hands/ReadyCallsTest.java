package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that were made ready while others were under way, and may leave no more. */
class ReadyCallsTest {

  private static final int AT_A_TIME = 10;

  private final World world = new World();
  private final List<String> leads = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatHasNotLeftWhenSendingIsPausedWaitsAndIsSentOnceAfterwards() {
    sendMany();
    assertTrue(with(Stage.SENDING) > AT_A_TIME, "more are ready than are under way");
    world.get(world.flow.sendingSwitch().pause("ana", "a look"));
    world.pass(Duration.ofSeconds(5));
    assertEquals(0, with(Stage.SENDING), "those under way are answered");
    assertTrue(leads.stream().map(world::entry).anyMatch(one -> one.stage() == Stage.ASSIGNED));
    long paused =
        leads.stream()
            .map(world::entry)
            .filter(one -> one.reason() == QueueReason.CRM_PAUSED)
            .count();
    assertEquals(leads.size(), paused + with(Stage.ASSIGNED));
    world.get(world.flow.sendingSwitch().resume("ana"));
    allArriveOnce();
  }

  @Test
  void whatHasNotLeftWhenTheCrmAsksToSlowDownWaitsAsLongAsItAsks() {
    sendMany();
    world.tell(
        "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":429,\"retryAfter\":20}]}");
    world.pass(Duration.ofSeconds(5));
    assertEquals(0, with(Stage.SENDING));
    long before = world.crm.writes("Leads", null, 0, 1_000).path("writes").size();
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(Duration.ofSeconds(10));
    assertEquals(before, world.crm.writes("Leads", null, 0, 1_000).path("writes").size());
    allArriveOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-31S", "PT-10M"})
  void whatHasNotLeftWhenTheProcessWasStoppedBeyondItsDeadlineIsLookedUpFirst(Duration clockSet) {
    sendMany();
    world.ahead = clockSet;
    world.standStill(world.settings.dispatch().sendDeadline().plusSeconds(1));
    List<String> ready =
        leads.stream()
            .filter(lead -> world.entry(lead).stage() == Stage.SENDING && world.writes(lead) == 0)
            .toList();
    assertFalse(ready.isEmpty());
    world.pass(Duration.ofMillis(500));
    ready.forEach(lead -> assertEquals(0, world.writes(lead), "others may have had its leads"));
    world.ahead = Duration.ZERO;
    allArriveOnce();
  }

  /** Its call could be under way when others look at the record, and write it, too. */
  @Test
  void
      whatWasWrittenDownBeforeTheProcessStoodStillIsNotSentAfterwardsWithoutBeingWrittenDownAgain() {
    String lead = world.post("US");
    assertTrue(
        world.timers.runUntil(
            () -> world.entry(lead).stage() == Stage.SENDING, world.timers.now().plusSeconds(10)));
    assertEquals(0, world.writes(lead), "written down, and not heard of yet");
    world.standStill(world.settings.dispatch().sendDeadline().minusSeconds(8));
    leads.add(lead);
    allArriveOnce();
    List<HistoryLine> history = world.get(world.journal.history(lead));
    assertEquals(
        2,
        history.stream().filter(line -> line.stage() == Stage.SENDING).count(),
        history::toString);
  }

  /** Until some were answered, and others stand ready for their places. */
  private void sendMany() {
    for (int i = 0; i < 6 * AT_A_TIME; i++) {
      leads.add(world.post("US"));
    }
    assertTrue(
        world.timers.runUntil(
            () -> with(Stage.SENDING) > AT_A_TIME, world.timers.now().plusSeconds(10)));
  }

  private void allArriveOnce() {
    world.pass(Duration.ofMinutes(2));
    assertEquals(leads.size(), with(Stage.ASSIGNED));
    leads.forEach(lead -> assertEquals(1, world.writes(lead)));
  }

  private long with(Stage stage) {
    return leads.stream().map(world::entry).filter(one -> one.stage() == stage).count();
  }
}
