package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Journal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a lead without a record, on virtual time. */
class CreatingTest {

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLeadWithoutARecordGetsOneAndThenItsTerritory() {
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(2));
    Entry assigned = world.entry(lead);
    assertEquals(Stage.ASSIGNED, assigned.stage(), world.notes(lead));
    assertNull(assigned.lead().crmId(), "the lead stays as its source said and as it was judged");
    assertEquals("Leads/" + assigned.crmId(), assigned.line());
    assertEquals("1", world.shown(lead));
    assertEquals(1, records());
    assertEquals(
        List.of("ACCEPTED", "DECIDED", "SENDING", "DECIDED", "SENDING", "ASSIGNED"), stages(lead));
  }

  @Test
  void anAnswerThatIsLostMakesNoSecondRecord() {
    fault("{\"kind\":\"lostAnswer\",\"times\":1}");
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofMinutes(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage(), world.notes(lead));
    assertTrue(
        world.notes(lead).contains("not known whether there is a record"), world.notes(lead));
    assertTrue(world.notes(lead).contains("the CRM found the record"), world.notes(lead));
    assertEquals(1, records());
  }

  @Test
  void aProcessThatDiesBetweenTheRecordAndItsNameFindsTheRecordAgain() {
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.timers.runUntil(() -> records() == 1, world.timers.now().plusSeconds(9));
    assertNull(world.entry(lead).crmId(), "made, and nobody has heard of it");
    world.die();
    world.start();
    world.pass(Duration.ofSeconds(20));
    assertEquals(Stage.SENDING, world.entry(lead).stage(), "its call may still arrive");
    world.pass(Duration.ofMinutes(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage(), world.notes(lead));
    assertTrue(world.notes(lead).contains("the CRM found the record"), world.notes(lead));
    assertEquals(1, records());
    assertEquals("1", world.shown(lead));
  }

  @Test
  void twoLeadsOfOnePersonAreOneRecordAndTheLaterIsItsNewestRevision() {
    String first = world.postNew("US", "ana@acme.example", "Diaz");
    String second = world.postNew("US", "Ana@acme.example", "Diaz");
    world.pass(Duration.ofMinutes(1));
    assertEquals(1, records());
    assertEquals(Stage.SUPERSEDED, world.entry(first).stage(), world.notes(first));
    assertEquals(Stage.ASSIGNED, world.entry(second).stage(), world.notes(second));
    assertEquals(world.entry(first).line(), world.entry(second).line());
    assertTrue(world.entry(second).revision() >= world.entry(first).revision());
  }

  @Test
  void theNextLeadOfAPersonGoesOnThoughNobodyKnewThatTheNameWasOnDisk() {
    var told = new AtomicBoolean();
    world.die();
    world.disk =
        AroundPort.of(
            Journal.class,
            world.journal,
            (method, arguments, real) -> {
              Object done = real.call();
              boolean naming = method.equals("record") && names(arguments[0]);
              return naming && told.compareAndSet(false, true)
                  ? CompletableFuture.failedFuture(new IOException("it was done all the same"))
                  : done;
            });
    world.start();
    String first = world.postNew("US", "ana@acme.example", "Diaz");
    String second = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofMinutes(5));
    assertTrue(told.get());
    assertEquals(1, records());
    assertEquals(Stage.SUPERSEDED, world.entry(first).stage(), world.notes(first));
    assertEquals(Stage.ASSIGNED, world.entry(second).stage(), world.notes(second));
  }

  private static boolean names(Object moves) {
    return ((List<?>) moves)
        .stream()
            .map(Move.class::cast)
            .anyMatch(move -> move.before().crmId() == null && move.after().crmId() != null);
  }

  @Test
  void leadsThatMayBeOneRecordAreAskedForOneAfterTheOther() {
    String first = world.postNew("US", "ana@acme.example", "Diaz");
    String second = world.postNew("US", "ana@acme.example", "Diaz");
    String other = world.postNew("US", "bo@acme.example", "Ek");
    world.timers.runUntil(
        () -> world.entry(other).crmId() != null, world.timers.now().plusSeconds(9));
    assertEquals(Stage.DECIDED, world.entry(second).stage());
    assertNull(world.entry(second).crmId(), "it waits; the other does not");
    world.pass(Duration.ofSeconds(5));
    assertEquals(Stage.SUPERSEDED, world.entry(first).stage(), world.notes(first));
    assertEquals(Stage.ASSIGNED, world.entry(second).stage(), world.notes(second));
    assertEquals(2, records());
  }

  @Test
  void whatAnEarlierProcessLeftUnderWayKeepsALaterLeadOfThatPersonWaiting() {
    String first = world.postNew("US", "ana@acme.example", "Diaz");
    world.timers.runUntil(
        () -> world.entry(first).stage() == Stage.SENDING, world.timers.now().plusSeconds(9));
    world.die();
    world.start();
    String second = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(20));
    assertEquals(Stage.SENDING, world.entry(first).stage(), world.notes(first));
    assertEquals(Stage.DECIDED, world.entry(second).stage(), world.notes(second));
    world.pass(Duration.ofSeconds(30));
    assertEquals(Stage.SUPERSEDED, world.entry(first).stage(), world.notes(first));
    assertEquals(Stage.ASSIGNED, world.entry(second).stage(), world.notes(second));
    assertEquals(1, records());
  }

  @Test
  void aRecordThatIsThereIsFoundAndFilled() {
    world.tell(
        "{\"do\":\"addRecord\",\"module\":\"Leads\",\"id\":\"77\","
            + "\"fields\":{\"Last_Name\":\"Diaz\",\"Email\":\"ana@acme.example\"}}");
    String lead = world.postNew("US", "ana@acme.example", "Diaz y Soto");
    world.pass(Duration.ofSeconds(3));
    assertEquals("77", world.entry(lead).crmId(), world.notes(lead));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertEquals(1, records());
  }

  @Test
  void aRefusalParksTheLeadAndARetryMakesTheRecord() {
    fault("{\"kind\":\"status\",\"status\":422,\"times\":1}");
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(2));
    assertEquals(ParkReason.REJECTED, world.entry(lead).parkReason(), world.notes(lead));
    world.get(world.flow.desk().retry(lead, new Hand("ana", null)));
    world.pass(Duration.ofSeconds(3));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage(), world.notes(lead));
  }

  @Test
  void whatPassesByItselfCostsALeadNothing() {
    fault("{\"kind\":\"status\",\"status\":429,\"retryAfter\":60,\"times\":1}");
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(2));
    assertEquals(QueueReason.CRM_UNAVAILABLE, world.entry(lead).reason(), world.notes(lead));
    assertEquals(0, world.entry(lead).attempts().spent());
    world.pass(Duration.ofMinutes(3));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage(), world.notes(lead));
    assertNotEquals(0, records());
  }

  private void fault(String fault) {
    world.tell(
        "{\"do\":\"setFaults\",\"faults\":[" + fault + ",{\"kind\":\"latency\",\"millis\":100}]}");
  }

  private int records() {
    return world.crm.state().path("records").path("Leads").asInt();
  }

  private List<String> stages(String id) {
    return world.get(world.journal.history(id)).stream().map(line -> line.stage().name()).toList();
  }
}
