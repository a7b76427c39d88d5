package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.JobBook.Elsewhere;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.State;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs beside a journal that fails, or that another instance has. */
class JobTroublesTest {

  private static final Throwable FULL = new IOException("the disk is full");

  private final World world = new World();

  /** The calls that fail now, and how. */
  private final Set<String> failing = new HashSet<>();

  private Throwable failure = FULL;
  private List<String> dead;

  @BeforeEach
  void hasDeadLettersAndAJournalThatMayFail() {
    dead = world.bury(100, ParkReason.REJECTED);
    world.around("jobs", JobBook.class, this::called);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Object called(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    return failing.contains(method) ? CompletableFuture.failedFuture(failure) : real.call();
  }

  @Test
  void eachTurnOfAJobIsToldOnce() {
    Job job = begin();
    world.pass(Duration.ofSeconds(2));
    world.get(world.flow.jobs().stop(job.id(), "ana", null));
    world.pass(Duration.ofSeconds(2));
    world.get(world.flow.jobs().resume(job.id(), "ana", null));
    world.pass(Duration.ofSeconds(20));
    assertEquals(
        List.of(State.RUNNING, State.STOPPED, State.RUNNING, State.DONE),
        world.heard.of(Signal.JobChanged.class).stream()
            .map(changed -> changed.job().state())
            .toList());
    long moved =
        world.heard.of(Signal.Moved.class).stream()
            .filter(one -> one.move().note().equals("retried by job " + job.id()))
            .count();
    assertEquals(100, moved);
  }

  @Test
  void aStopIsAnsweredBetweenTwoStepsAndNotAtTheNext() {
    Job job = begin();
    world.pass(Duration.ofMillis(2_500));
    Instant asked = world.timers.now();
    assertEquals(30, world.get(world.flow.jobs().stop(job.id(), "ana", null)).orElseThrow().done());
    assertEquals(asked, world.timers.now());
  }

  @Test
  void jobsThatCannotBeReadAtTheStartAreToldAndReadAgain() {
    Job job = begin();
    world.pass(Duration.ofSeconds(2));
    failing.add("running");
    world.startAgain();
    assertTrue(
        world.heard.troubles().contains("the jobs cannot be read"), "" + world.heard.troubles());
    world.pass(Duration.ofSeconds(5));
    assertEquals(State.RUNNING, found(job).state());
    failing.clear();
    world.pass(Duration.ofSeconds(20));
    arrivedOnce(job);
  }

  @Test
  void whoStopsReadsThemNoMore() {
    begin();
    world.startAgain();
    failing.add("running");
    world.startAgain();
    world.get(world.flow.drain());
    int before = world.heard.troubles().size();
    world.pass(Duration.ofSeconds(6));
    assertEquals(before, world.heard.troubles().size());
  }

  @Test
  void aStepThatFailsIsToldAndMadeAgainInFiveSecondsAndNoLeadIsMovedTwice() {
    Job job = begin();
    world.pass(Duration.ofSeconds(2));
    failing.addAll(Set.of("step", "find"));
    world.pass(Duration.ofSeconds(8));
    String told = "a step of job " + job.id() + " failed";
    assertEquals(
        2,
        world.heard.troubles().stream().filter(told::equals).count(),
        "" + world.heard.troubles());
    failing.clear();
    world.pass(Duration.ofSeconds(30));
    arrivedOnce(job);
  }

  @Test
  void aStopThatTheJournalDoesNotTakeIsTriedUntilItDoes() {
    Job job = begin();
    world.pass(Duration.ofMillis(2_500));
    failing.add("keep");
    var stop = world.flow.jobs().stop(job.id(), "ana", null).toCompletableFuture();
    world.pass(Duration.ofSeconds(2));
    assertFalse(stop.isDone());
    failing.clear();
    Job stopped = world.get(stop).orElseThrow();
    assertEquals(State.STOPPED, found(job).state());
    world.pass(Duration.ofSeconds(10));
    assertEquals(stopped.done(), found(job).done());
  }

  @Test
  void aJobThatAnotherInstanceHasIsNoneOfOursAndNoTrouble() {
    Job job = begin();
    world.pass(Duration.ofMillis(2_500));
    failure = new Elsewhere(job.id());
    failing.add("step");
    world.pass(Duration.ofSeconds(2));
    failing.clear();
    world.pass(Duration.ofSeconds(10));
    assertEquals(30, found(job).done());
    assertEquals(List.of(), world.heard.troubles());
    assertEquals(Optional.empty(), world.get(world.flow.jobs().stop(job.id(), "ana", null)));
  }

  @Test
  void aJobThatAnotherInstanceSeesThroughIsStoppedInTheJournal() {
    Job job = begin();
    world.pass(Duration.ofSeconds(20));
    world.disk =
        AroundPort.of(
            Journal.class,
            world.journal,
            (method, arguments, real) ->
                method.equals("sharing")
                    ? AroundPort.of(
                        Sharing.class,
                        world.journal.sharing(),
                        (name, given, alone) -> name.equals("shared") ? true : alone.call())
                    : real.call());
    world.startAgain();
    var jobs = world.flow.jobs();
    assertEquals(Optional.empty(), world.get(jobs.stop("none", "ana", null)));
    assertEquals(Optional.empty(), world.get(jobs.stop(job.id(), "ana", null)), "it is done");
    Job theirs = Job.started("job-2", order(), 5, world.timers.now());
    world.get(world.journal.jobs().keep(theirs));
    Job stopped = world.get(jobs.stop("job-2", "ana", "lunch")).orElseThrow();
    assertEquals(State.STOPPED, stopped.state());
    assertEquals(stopped, found(theirs));
    assertEquals("ana", stopped.acts().get(1).who());
  }

  @Test
  void onlyWhatIsAtRestAndCanBeUndoneIsUndone() {
    Job job = begin();
    var jobs = world.flow.jobs();
    assertEquals(Optional.empty(), world.get(jobs.undo(job.id(), 50, "ana", null)), "it runs");
    assertEquals(Optional.empty(), world.get(jobs.undo("none", 50, "ana", null)));
    world.pass(Duration.ofSeconds(20));
    assertEquals(State.DONE, found(job).state());
    assertEquals(Optional.empty(), world.get(jobs.undo(job.id(), 50, "ana", null)));
    assertEquals(Optional.empty(), world.get(jobs.resume(job.id(), "ana", null)), "it is done");
  }

  @Test
  void aRealignmentWaitsForTheFirstReadingOfTheTerritories() {
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    var unread = new AtomicBoolean(true);
    world.disk =
        world.troubled(
            (method, goOn) ->
                unread.get() && (method.equals("latestSnapshot") || method.equals("snapshotAfter"))
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : goOn.get());
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    world.startAgain();
    var which = LeadFilter.of(Stage.ASSIGNED);
    assertEquals(Optional.empty(), world.get(world.flow.jobs().preview(which)));
    Job job =
        world.get(world.flow.jobs().start(new Job.Order(Job.Kind.REALIGN, which, 10, "ana", null)));
    world.pass(Duration.ofSeconds(10));
    assertEquals(State.RUNNING, found(job).state());
    unread.set(false);
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    world.pass(Duration.ofMinutes(2));
    assertEquals(State.DONE, found(job).state());
    assertEquals(1, found(job).left().same());
  }

  /** Ten a second. */
  private Job begin() {
    return world.get(world.flow.jobs().start(order()));
  }

  private static Job.Order order() {
    var which =
        new LeadFilter(
            Stage.PARKED, null, null, null, null, null, null, true, null, null, null, null);
    return new Job.Order(Job.Kind.RETRY, which, 10, "ana", null);
  }

  private void arrivedOnce(Job job) {
    assertEquals(State.DONE, found(job).state());
    assertEquals(100, found(job).done());
    dead.forEach(lead -> assertEquals(1, world.writes(lead)));
  }

  private Job found(Job job) {
    return world.get(world.journal.jobs().find(job.id())).orElseThrow();
  }
}
