package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.Touched;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client of the CRM that breaks its word costs no lead its way. */
class BrokenClientTest {

  private static final String EAST =
      """
      rule "US" when Lead( ) $t : Territory( name == "East" ) then route.to($t); end
      """;

  private final World world = new World();

  private record Broken(String call, AroundPort how) {}

  private final Deque<Broken> calls = new ArrayDeque<>();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aWriteThatItBreaksIsLookedUpAndNotWrittenTwice() {
    breaks("assign", BrokenClientTest::isDoneAndFails);
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertTrue(
        world.notes(lead).contains("outcome not known (the client broke: "), world.notes(lead));
    arrives(lead, 1);
  }

  @Test
  void aRecordOfWhichItSaysNothingIsFound() {
    breaks("create", BrokenClientTest::isDoneAndFails);
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(1));
    assertTrue(
        world.notes(lead).contains("whether there is a record (the client broke: "),
        world.notes(lead));
    arrives(lead, 3);
    assertEquals(1, world.crm.state().path("records").path("Leads").asInt());
  }

  @Test
  void aLookThatItBreaksIsMadeAgain() {
    breaks("read", BrokenClientTest::isDoneAndFails);
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"lostAnswer\",\"times\":1}]}");
    String lead = world.post("US");
    world.pass(Duration.ofMinutes(1));
    assertTrue(world.notes(lead).contains("cannot be read (the client broke: "), world.notes(lead));
    arrives(lead, 1);
  }

  /** Of a CRM that adds a territory to those that a record has. */
  @Test
  void aTerritoryThatItDoesNotTakeAwayIsTakenAwayLater() {
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    breaks("read", (method, arguments, real) -> real.call());
    breaks("assign", BrokenClientTest::isDoneAndFails);
    breaks("read", (method, arguments, real) -> shows("1", "2"));
    breaks("remove", BrokenClientTest::isDoneAndFails);
    world.rules(Map.of("main.drl", EAST));
    var which = LeadFilter.of(Stage.ASSIGNED);
    world.get(world.flow.jobs().start(new Job.Order(Job.Kind.REALIGN, which, 50, "ana", null)));
    world.pass(Duration.ofMinutes(2));
    assertTrue(
        world.notes(lead).contains("it is to be taken away (the client broke: "),
        world.notes(lead));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage(), world.notes(lead));
    assertEquals("2", world.shown(lead));
  }

  @Test
  void anAnswerThatLacksALeadIsToldAndTheLeadIsLookedUp() {
    breaks("assign", (method, arguments, real) -> answered(real).thenApply(all -> List.of()));
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertTrue(world.notes(lead).contains("(the answer was not dealt with)"), world.notes(lead));
    assertTrue(world.heard.troubles().contains("an answer of the CRM was not dealt with"));
    arrives(lead, 1);
  }

  @Test
  void aLeadWithoutARecordIsForAPersonWhereNoRecordsAreMadeAnyMore() {
    world.line =
        (method, arguments, real) ->
            method.equals("capabilities") ? makesNone((CrmCapabilities) real.call()) : real.call();
    world.startAgain();
    String lead = world.postNew("US", "ana@acme.example", "Diaz");
    world.pass(Duration.ofSeconds(1));
    assertEquals(ParkReason.REJECTED, world.entry(lead).parkReason());
    assertTrue(world.notes(lead).contains("crm.create is off"), world.notes(lead));
  }

  private static CrmCapabilities makesNone(CrmCapabilities real) {
    return new CrmCapabilities(real.batch(), real.modules(), real.asynchronous(), null);
  }

  private void arrives(String lead, int writes) {
    world.pass(Duration.ofMinutes(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage(), world.notes(lead));
    assertEquals(writes, world.writes(lead));
  }

  /** The client's next call that is none of those that it breaks before. */
  private void breaks(String call, AroundPort how) {
    boolean first = calls.isEmpty();
    calls.add(new Broken(call, how));
    if (first) {
      world.line = this::called;
      world.startAgain();
    }
  }

  private Object called(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    Broken next = calls.peek();
    return next == null || !method.equals(next.call())
        ? real.call()
        : calls.remove().how().call(method, arguments, real);
  }

  private static Object isDoneAndFails(String method, Object[] arguments, AroundPort.Real real)
      throws Throwable {
    return ((CompletionStage<?>) real.call())
        .thenCompose(done -> CompletableFuture.failedStage(new IllegalStateException("a mistake")));
  }

  @SuppressWarnings("unchecked")
  private static CompletionStage<List<Outcome>> answered(AroundPort.Real real) throws Throwable {
    return (CompletionStage<List<Outcome>>) real.call();
  }

  private static CompletionStage<List<RecordState>> shows(String... territories) {
    return CompletableFuture.completedStage(
        List.of(new RecordState.Present(List.of(territories), Touched.UNKNOWN)));
  }
}
