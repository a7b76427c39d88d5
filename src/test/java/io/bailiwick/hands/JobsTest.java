package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.State;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {

  private static final int DEAD = 10_000;
  private static final int PER_SECOND = 50;

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tenThousandDeadLettersLeaveAtTheirPaceEachOnceWhateverIsStoppedInBetween() {
    List<String> dead = world.bury(DEAD, ParkReason.TERRITORY_REFUSED);
    List<String> others = world.bury(7, ParkReason.REJECTED);
    assertEquals(DEAD, world.get(world.flow.jobs().count(refused())));
    long alone = delayOfFreshLeads(20);

    Job job = world.get(world.flow.jobs().start(order(Job.Kind.RETRY, refused())));
    assertEquals(DEAD, job.total());
    Instant began = world.timers.now();
    long beside = delayOfFreshLeads(60);
    assertTrue(beside <= 2 * alone, beside + " ms beside the job, " + alone + " ms without");
    checkPace(assigned(dead), Duration.between(began, world.timers.now()));

    Job stopped = world.get(world.flow.jobs().stop(job.id(), "ana", "lunch")).orElseThrow();
    world.pass(Duration.ofSeconds(5));
    long then = assigned(dead);
    world.pass(Duration.ofMinutes(10));
    assertEquals(then, assigned(dead), "nothing leaves while it is stopped");
    assertEquals(then, stopped.done());

    world.get(world.flow.jobs().resume(job.id(), "bo", null)).orElseThrow();
    Instant resumed = world.timers.now();
    world.pass(Duration.ofSeconds(30));
    checkPace(assigned(dead) - then, Duration.between(resumed, world.timers.now()));
    restart();
    assertTrue(world.timers.runUntil(() -> is(job.id(), State.DONE), later()));
    world.pass(Duration.ofSeconds(5));

    assertEquals(DEAD, assigned(dead));
    assertEquals(0, assigned(others));
    dead.forEach(id -> assertEquals(1, world.writes(id), id));
    Job done = found(job.id());
    assertEquals(DEAD, done.done());
    assertEquals(0, done.passedOver());
    assertEquals(
        List.of("started", "stopped", "resumed"), done.acts().stream().map(Job.Act::what).toList());
    assertEquals("ana", done.acts().get(1).who());
  }

  @Test
  void whatWasMovedMeanwhileIsPassedOverAndSaid() {
    List<String> dead = world.bury(200, ParkReason.REJECTED);
    LeadFilter all = parked(ParkReason.REJECTED);
    Job job = world.get(world.flow.jobs().start(order(Job.Kind.RETRY, all)));
    String last = dead.get(199);
    world.get(world.flow.desk().close(last, new Hand("ana", "spam")));
    world.pass(Duration.ofSeconds(20));
    Job done = found(job.id());
    assertEquals(State.DONE, done.state());
    assertEquals(199, done.done());
    assertEquals(1, done.passedOver());
    assertEquals(ParkReason.CLOSED, world.entry(last).parkReason());
    assertTrue(
        world.heard.of(Signal.JobChanged.class).stream()
            .anyMatch(changed -> changed.job().equals(done)));
  }

  @Test
  void leadsThatComeToRestAgainAreNotTakenTwiceByOneJob() {
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":403}]}");
    List<String> dead = world.bury(120, ParkReason.REJECTED);
    Job job = world.get(world.flow.jobs().start(order(Job.Kind.RETRY, parked(null))));
    assertTrue(world.timers.runUntil(() -> is(job.id(), State.DONE), later()));
    assertEquals(120, found(job.id()).done());
    assertEquals(dead.size(), found(job.id()).total());
  }

  @Test
  void theRulesAreAskedAgainWhereThatIsTheOrder() {
    String queued = world.post("FR");
    world.pass(Duration.ofSeconds(1));
    Entry before = world.entry(queued);
    assertEquals(QueueReason.BY_RULE, before.reason());
    world.pass(Duration.ofSeconds(1));
    LeadFilter odd =
        new LeadFilter(
            Stage.QUEUED, null, null, "odd", null, "FR", null, true, null, null, null, null);
    Job job = world.get(world.flow.jobs().start(order(Job.Kind.DECIDE, odd)));
    world.pass(Duration.ofSeconds(5));
    assertEquals(State.DONE, found(job.id()).state());
    Entry after = world.entry(queued);
    assertTrue(
        after.decision().receipt().decidedAt().isAfter(before.decision().receipt().decidedAt()));
    assertEquals(
        0, world.get(world.flow.jobs().start(order(Job.Kind.DECIDE, parked(null)))).total());
    assertEquals(Optional.empty(), world.get(world.flow.jobs().stop(job.id(), null, null)));
    assertEquals(Optional.empty(), world.get(world.flow.jobs().resume("none", null, null)));
  }

  /** The median time from being posted to being assigned, of one fresh lead a second. */
  private long delayOfFreshLeads(int leads) {
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      Instant posted = world.timers.now();
      String id = world.post("US");
      assertTrue(
          world.timers.runUntil(
              () -> world.entry(id).stage() == Stage.ASSIGNED, posted.plusSeconds(30)));
      delays.add(Duration.between(posted, world.timers.now()).toMillis());
      world.timers.runUntil(posted.plusSeconds(1));
    }
    Collections.sort(delays);
    return delays.get(delays.size() / 2);
  }

  /** Within a tenth of what the pace is, give or take the second that is under way. */
  private static void checkPace(long moved, Duration time) {
    double due = PER_SECOND * (time.toMillis() / 1000.0);
    assertTrue(
        moved >= due * 0.9 - PER_SECOND && moved <= due * 1.1 + PER_SECOND,
        moved + " leads in " + time);
  }

  private long assigned(List<String> ids) {
    return ids.stream().filter(id -> world.entry(id).stage() == Stage.ASSIGNED).count();
  }

  /** The process ends and another begins. */
  private void restart() {
    world.get(world.flow.drain());
    world.start();
  }

  private boolean is(String job, State state) {
    return found(job).state() == state;
  }

  private Job found(String job) {
    return world.journal.jobs().find(job).toCompletableFuture().join().orElseThrow();
  }

  private Instant later() {
    return world.timers.now().plus(Duration.ofMinutes(10));
  }

  private static Job.Order order(Job.Kind kind, LeadFilter which) {
    return new Job.Order(kind, which, PER_SECOND, "ana", "the territory is back");
  }

  private static LeadFilter refused() {
    return parked(ParkReason.TERRITORY_REFUSED);
  }

  private static LeadFilter parked(ParkReason why) {
    return new LeadFilter(
        Stage.PARKED, null, why, null, null, null, null, true, null, null, null, null);
  }
}
