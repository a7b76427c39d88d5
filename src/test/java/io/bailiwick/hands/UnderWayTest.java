package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that is under way is looked up by nobody, whatever the clock says. */
class UnderWayTest {

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLeadWhoseCallIsUnderWayIsNotLookedUpThoughTheClockIsSetPastItsDeadline() {
    String lead = sending();
    world.ahead = Duration.ofMinutes(10);
    wakesWhoeverIsDue();
    assertEquals(Stage.SENDING, world.entry(lead).stage());
    world.pass(Duration.ofSeconds(20));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertEquals(1, world.writes(lead));
    List<HistoryLine> history = world.get(world.journal.history(lead));
    assertEquals(4, history.size(), history::toString);
  }

  /** What it was to be looked up for is not forgotten. */
  @Test
  void itIsLookedUpOnceItsAnswerIsLost() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"lateAnswer\",\"millis\":60000}]}");
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.SENDING, world.entry(lead).stage());
    world.ahead = Duration.ofMinutes(10);
    wakesWhoeverIsDue();
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(Duration.ofMinutes(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertEquals(1, world.writes(lead));
  }

  /** Of a call that takes ten seconds; all later ones are quick. */
  private String sending() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":10000}]}");
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.SENDING, world.entry(lead).stage());
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    return lead;
  }

  private void wakesWhoeverIsDue() {
    world.post("FR");
    world.pass(Duration.ofSeconds(2));
  }
}
