package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Desk.Answer;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandsTest {

  private static final Hand ANA = new Hand("ana", "she knows them");

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aPersonAssignsInPlaceOfTheRulesAndTheHistorySaysWhoAndWhy() {
    String lead = queued();
    var answer = world.get(world.flow.desk().assign(lead, "East", ANA));
    assertEquals(Stage.DECIDED, assertInstanceOf(Answer.Moved.class, answer).entry().stage());
    world.pass(Duration.ofSeconds(2));
    Entry assigned = world.entry(lead);
    assertEquals(Stage.ASSIGNED, assigned.stage());
    assertEquals("ana", assigned.decision().receipt().by());
    assertEquals("2", world.crm.territoryOf("Leads", assigned.lead().crmId()).orElseThrow());
    assertTrue(
        world.notes(lead).contains("assign to \"East\" by ana: she knows them"), world.notes(lead));
    assertInstanceOf(Answer.NotNow.class, world.get(world.flow.desk().assign(lead, "West", ANA)));
  }

  @Test
  void whatAPersonDecidedIsSentAgainAsItWasHoweverOftenTheCrmSaysNo() {
    String lead = queued();
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"invalidTerritory\",\"times\":2}]}");
    world.get(world.flow.desk().assign(lead, "East", ANA));
    world.pass(Duration.ofHours(2));
    Entry assigned = world.entry(lead);
    assertEquals(Stage.ASSIGNED, assigned.stage(), world.notes(lead));
    assertEquals("East", assigned.territory().name());
    assertTrue(world.notes(lead).contains("as by hand"), world.notes(lead));
  }

  @Test
  void onlyListedTerritoriesAndKnownLeadsAreAssigned() {
    String lead = queued();
    var desk = world.flow.desk();
    assertInstanceOf(Answer.NoTerritory.class, world.get(desk.assign(lead, "Nowhere", ANA)));
    assertInstanceOf(Answer.NotFound.class, world.get(desk.assign("none", "East", ANA)));
    assertInstanceOf(Answer.NotFound.class, world.get(desk.close("none", ANA)));
  }

  @Test
  void aClosedLeadIsNoDeadLetterAndComesBackWhenAPersonWantsIt() {
    String lead = world.bury(1, ParkReason.REJECTED).get(0);
    world.get(world.flow.desk().close(lead, new Hand(null, null)));
    assertEquals(ParkReason.CLOSED, world.entry(lead).parkReason());
    assertTrue(world.notes(lead).contains("closed by hand"), world.notes(lead));
    world.get(world.flow.desk().reconsider(lead, ANA));
    world.pass(Duration.ofSeconds(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void whilePausedLeadsAreAcceptedAndDecidedAndNothingIsSentEvenByTheNextProcess() {
    Pause pause = world.get(world.flow.sendingSwitch().pause("ana", "migration"));
    assertEquals(
        pause, world.get(world.flow.sendingSwitch().pause("bo", null)), "the first stands");
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(2));
    assertEquals(QueueReason.CRM_PAUSED, world.entry(lead).reason());
    assertTrue(
        world.notes(lead).contains("sending is paused by ana: migration"), world.notes(lead));
    world.get(world.flow.drain());
    world.start();
    assertEquals(Optional.of(pause), world.flow.sendingSwitch().paused());
    world.pass(Duration.ofHours(3));
    assertEquals(0, world.writes(lead));
    assertEquals(1, world.get(world.flow.sendingSwitch().resume("ana")));
    world.pass(Duration.ofSeconds(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertEquals(1, world.writes(lead));
    assertEquals(Optional.empty(), world.flow.sendingSwitch().paused());
    assertNull(world.get(world.journal.pause()).orElse(null));
    assertEquals(2, world.heard.of(Signal.SendingPaused.class).size(), "by each process");
    assertEquals(1, world.heard.of(Signal.SendingResumed.class).size());
  }

  private String queued() {
    String lead = world.post("FR");
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.QUEUED, world.entry(lead).stage());
    return lead;
  }
}
