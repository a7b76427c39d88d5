package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Realignment.Preview;
import io.bailiwick.flow.Realignment.Way;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Left;
import io.bailiwick.lead.Job.State;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Realigned.Result;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealignmentTest {

  private static final String EAST =
      """
      rule "US" salience 50 when Lead( country == "US" ) $t : Territory( name == "East" )
      then route.to($t); end
      rule "CA" salience 50 when Lead( country == "CA" ) $t : Territory( name == "West" )
      then route.to($t); end
      """;

  private static final String WEST =
      """
      rule "North America" when Lead( country in ("US", "CA") ) $t : Territory( name == "West" )
      then route.to($t); end
      """;

  private final World world = new World();

  RealignmentTest() {
    world.rules(Map.of("main.drl", WEST));
    world.tell("{\"do\":\"addTerritory\",\"id\":\"3\",\"name\":\"Third\",\"parentId\":\"1\"}");
    world.pass(Duration.ofMinutes(16));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aThousandLeadsAreRealignedAndTheUndoLeavesTheCrmByItsOwnLogAsItWas() {
    List<String> moving = assigned("US", 1_000);
    List<String> staying = assigned("CA", 50);
    Map<String, Decision> before = decisions(moving);
    Map<String, String> was = lastWrites();
    world.rules(Map.of("main.drl", EAST));

    Preview preview = world.get(world.flow.jobs().preview(all())).orElseThrow();
    assertEquals(1_050, preview.total());
    assertEquals(Map.of(new Way("West", "East"), 1_000L), preview.ways());
    assertEquals(new Left(50, 0, 0), preview.left());
    assertEquals(20, preview.examples().size());
    assertEquals("US", preview.examples().get(0).rule());
    assertEquals(was, lastWrites(), "a preview writes nothing");

    Instant began = world.timers.now();
    Job job = world.get(world.flow.jobs().start(order(all())));
    world.pass(Duration.ofSeconds(5));
    assertTrue(is(job, State.RUNNING), "1,000 leads at 50 a second take 20 s");
    long sent = at(moving, "2");
    assertTrue(sent >= 150 && sent <= 300, sent + " in 5 s");
    finish(job);
    assertTrue(Duration.between(began, world.timers.now()).toSeconds() >= 18);
    moving.forEach(id -> assertEquals("2", world.shown(id), id));
    moving.forEach(id -> assertEquals(2, world.writes(id), id));
    staying.forEach(id -> assertEquals(1, world.writes(id), id));
    assertEquals(new Left(50, 0, 0), found(job).left());
    assertEquals(Map.of(Result.ASSIGNED, 1_000L), results(job));

    Job undo = undo(job);
    assertEquals(1_000, undo.total());
    assertEquals(undo.id(), undo(job).id(), "asked twice, it is the one under way");
    finish(undo);
    assertEquals(1_000, found(undo).done());
    assertEquals(was, lastWrites());
    assertEquals(before, decisions(moving), "each with the receipt that it had");
    moving.forEach(id -> assertEquals(3, world.writes(id), id));
    staying.forEach(id -> assertEquals(1, world.writes(id), id));

    Job again = undo(job);
    finish(again);
    assertEquals(0, found(again).done());
    assertEquals(1_000, found(again).passedOver());
    moving.forEach(id -> assertEquals(3, world.writes(id), id));
  }

  @Test
  void whatAPersonChangedInTheCrmStaysAndIsCounted() {
    List<String> leads = assigned("US", 40);
    world.inTheCrm(leads.get(3), "2");
    world.inTheCrm(leads.get(4), "3");
    world.rules(Map.of("main.drl", EAST));
    Job job = world.get(world.flow.jobs().start(order(all())));
    finish(job);
    assertEquals("3", world.shown(leads.get(4)));
    assertEquals(2, world.writes(leads.get(4)), "ours and the person's");
    assertEquals(2, world.writes(leads.get(3)), "it was there already");
    assertEquals(Map.of(Result.ASSIGNED, 39L, Result.CHANGED_BY_HAND, 1L), results(job));
    assertEquals("West", world.entry(leads.get(4)).territory().name());
    assertTrue(world.lastNote(leads.get(4)).contains("changed in the CRM meanwhile"));

    world.inTheCrm(leads.get(5), "3");
    Job undo = undo(job);
    finish(undo);
    assertEquals("3", world.shown(leads.get(5)));
    assertEquals("3", world.shown(leads.get(4)));
    assertEquals(Map.of(Result.ASSIGNED, 38L, Result.CHANGED_BY_HAND, 1L), results(undo));
    assertEquals(39, found(undo).done());
    assertEquals(1, found(undo).passedOver());
  }

  @Test
  void whatAPersonAssignedOrTheRulesWouldQueueStaysWhereItIs() {
    String theirs = world.post("FR");
    world.pass(Duration.ofSeconds(1));
    world.get(world.flow.desk().assign(theirs, "West", new Hand("ana", null)));
    List<String> leads = assigned("US", 3);
    world.rules(Map.of("main.drl", "rule \"None\" when Lead( ) then route.queue(\"wait\"); end"));
    Job job = world.get(world.flow.jobs().start(order(all())));
    finish(job);
    assertEquals(new Left(0, 3, 1), found(job).left());
    assertEquals(0, found(job).done());
    leads.forEach(id -> assertEquals(1, world.writes(id)));
    assertEquals(State.DONE, undo(job).state());
  }

  @Test
  void stoppedKilledAndResumedItLosesNoneAndMovesNoneTwice() {
    List<String> leads = assigned("US", 600);
    world.rules(Map.of("main.drl", EAST));
    Job job = world.get(world.flow.jobs().start(order(all())));
    world.pass(Duration.ofSeconds(2));
    Job stopped = world.get(world.flow.jobs().stop(job.id(), "ana", null)).orElseThrow();
    world.pass(Duration.ofSeconds(30));
    assertEquals(stopped.done(), at(leads, "2"), "what was decided is sent, and no more");
    world.get(world.flow.jobs().resume(job.id(), "ana", null)).orElseThrow();
    world.pass(Duration.ofSeconds(1));
    world.get(world.flow.drain());
    world.start();
    finish(job);
    leads.forEach(id -> assertEquals(2, world.writes(id), id));
    assertEquals(600, found(job).done());
  }

  @Test
  void aStoppedOneIsUndoneThoughTheCrmTakesNothingForAWhile() {
    List<String> leads = assigned("US", 300);
    world.rules(Map.of("main.drl", EAST));
    Job job = world.get(world.flow.jobs().start(order(all())));
    world.pass(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), world.get(world.flow.jobs().undo(job.id(), 50, null, null)));
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    world.get(world.flow.jobs().stop(job.id(), "ana", null)).orElseThrow();
    Job undo = undo(job);
    world.pass(Duration.ofSeconds(20));
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    finish(undo);
    assertEquals(300, at(leads, "1"));
    leads.forEach(id -> assertEquals("West", world.entry(id).territory().name()));
  }

  @Test
  void onlyTheLeadsOfTheFilterAreLookedAt() {
    assigned("US", 5);
    var none = assignedBy("Nobody");
    assertEquals(0, world.get(world.flow.jobs().preview(none)).orElseThrow().total());
    var some = assignedBy("North America");
    assertEquals(5, world.get(world.flow.jobs().preview(some)).orElseThrow().total());
  }

  @Test
  void rulesThatDoNotEndMoveNobodyAndAreSaidToWhomItConcerns() {
    assigned("US", 2);
    var receipt = Samples.receipt("snapshot");
    world.judge =
        (method, arguments, real) ->
            method.equals("decide")
                ? CompletableFuture.completedStage(
                    List.of(Decision.giveUp(receipt), Decision.giveUp(receipt)))
                : real.call();
    Preview preview = world.get(world.flow.jobs().preview(all())).orElseThrow();
    world.pass(Duration.ofMillis(1));
    assertEquals(new Left(0, 2, 0), preview.left());
    assertEquals(0, preview.moving());
    assertEquals(List.of("rulebook", "rulebook"), world.abandoned);
  }

  @Test
  void twoJobsAreUndoneSideBySide() {
    List<String> leads = assigned("US", 150);
    world.rules(Map.of("main.drl", EAST));
    Job first = world.get(world.flow.jobs().start(order(all())));
    finish(first);
    world.rules(Map.of("main.drl", WEST));
    Job second = world.get(world.flow.jobs().start(order(all())));
    finish(second);
    assertEquals(150, at(leads, "1"));
    Job one = undo(second);
    Job other = undo(first);
    assertNotEquals(one.id(), other.id());
    assertEquals(first.id(), other.undoes());
    finish(one);
    finish(other);
  }

  private static LeadFilter assignedBy(String rule) {
    return new LeadFilter(
        Stage.ASSIGNED,
        null,
        null,
        null,
        "West",
        rule,
        null,
        false,
        null,
        null,
        Instant.EPOCH,
        null);
  }

  @Test
  void whatIsReadBeforeItIsWrittenIsNobodyElsesBeforeBothCallsMustBeOver() {
    String id = assigned("US", 1).get(0);
    world.rules(Map.of("main.drl", EAST));
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":25000}]}");
    Job job = world.get(world.flow.jobs().start(order(all())));
    world.pass(Duration.ofSeconds(10));
    Entry sent = world.entry(id);
    assertEquals(Stage.SENDING, sent.stage());
    Duration lasts = Duration.between(sent.changedAt(), sent.due());
    assertTrue(lasts.toSeconds() > 60, "two calls of 30 s each, not one: " + lasts);
    finish(job);
    assertEquals("2", world.shown(id));
  }

  private List<String> assigned(String country, int leads) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      ids.add(world.post(country));
    }
    assertTrue(world.timers.runUntil(() -> allRest(ids), later()));
    world.pass(Duration.ofSeconds(1));
    return ids;
  }

  private boolean allRest(List<String> ids) {
    return ids.stream().allMatch(id -> world.entry(id).stage().atRest());
  }

  private void finish(Job job) {
    assertTrue(
        world.timers.runUntil(
            () -> is(job, State.DONE) && !results(job).containsKey(Result.UNDER_WAY), later()));
  }

  private Job undo(Job job) {
    return world.get(world.flow.jobs().undo(job.id(), 50, "bo", "too soon")).orElseThrow();
  }

  private boolean is(Job job, State state) {
    return found(job).state() == state;
  }

  private Job found(Job job) {
    return world.journal.jobs().find(job.id()).toCompletableFuture().join().orElseThrow();
  }

  private Map<Result, Long> results(Job job) {
    return world.journal.jobs().results(job.id()).toCompletableFuture().join();
  }

  private long at(List<String> ids, String territory) {
    return ids.stream().filter(id -> world.shown(id).equals(territory)).count();
  }

  private Map<String, Decision> decisions(List<String> ids) {
    Map<String, Decision> all = new HashMap<>();
    ids.forEach(id -> all.put(id, world.entry(id).decision()));
    return all;
  }

  /** What the CRM's own log says of each record: its last territory. */
  private Map<String, String> lastWrites() {
    Map<String, String> last = new HashMap<>();
    for (JsonNode write : world.crm.writes(null, null, 0, 100_000).path("writes")) {
      last.put(write.path("id").asText(), write.path("territory").asText());
    }
    return last;
  }

  private Instant later() {
    return world.timers.now().plus(Duration.ofMinutes(30));
  }

  private static LeadFilter all() {
    return LeadFilter.of(Stage.ASSIGNED);
  }

  private static Job.Order order(LeadFilter which) {
    return new Job.Order(Job.Kind.REALIGN, which, 50, "ana", "the east has a team now");
  }
}
