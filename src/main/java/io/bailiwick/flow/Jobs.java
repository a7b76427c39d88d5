package io.bailiwick.flow;

import io.bailiwick.flow.Realignment.Preview;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Act;
import io.bailiwick.lead.Job.Kind;
import io.bailiwick.lead.Job.Order;
import io.bailiwick.lead.Job.State;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Moves many leads as people asked, so many a second: each second a step, whose leads become due
 * spread over the second. A step and how far the job came are one commit, so a job goes on where it
 * was, whatever happened in between. Any thread may call; answers come on the flow's thread.
 */
public final class Jobs {

  private final Ports ports;
  private final LeadIds ids;
  private final Realignment realignment;
  private final JobRunner runner;

  /** {@code due} is run when leads became due, or will soon. */
  Jobs(Ports ports, LeadIds ids, Realignment realignment, RandomGenerator random, Runnable due) {
    this.ports = ports;
    this.ids = ids;
    this.realignment = realignment;
    this.runner = new JobRunner(ports, new JobSteps(ports, realignment, random), due);
  }

  /** Takes up what was under way when the last process ended. */
  void start() {
    runner.start();
  }

  /** Begins no further step. What is under way goes on after the next start. */
  void drain() {
    runner.drain();
  }

  /** How many leads an order would concern, if it were given now. */
  public CompletionStage<Long> count(LeadFilter which) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().count(which.unchangedSince(now)));
  }

  /**
   * What a realignment of these assigned leads would do, if it began now; empty before the first
   * complete reading of the territories.
   */
  public CompletionStage<Optional<Preview>> preview(LeadFilter which) {
    return ports.timers().turn().thenCompose(now -> realignment.preview(which.unchangedSince(now)));
  }

  /** Begins; the answer is the job as it is kept. */
  public CompletionStage<Job> start(Order order) {
    return ports
        .timers()
        .turn()
        .thenCompose(
            now -> {
              Order fixed = order.unchangedSince(now);
              return ports
                  .journal()
                  .count(fixed.which())
                  .thenApply(total -> Job.started(ids.next(), fixed, total, now));
            })
        .thenCompose(runner::keep);
  }

  /**
   * Begins to send back what that job changed. An undo of it that runs already is answered instead;
   * empty where there is none of that id which has changed assigned leads and is at rest.
   */
  public CompletionStage<Optional<Job>> undo(
      String id, int perSecond, @Nullable String who, @Nullable String why) {
    var order = new Order(Kind.UNDO, LeadFilter.ANY, id, perSecond, who, why);
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().jobs().find(id))
        .thenComposeAsync(
            found -> {
              boolean at = found.filter(job -> job.state() != State.RUNNING).isPresent();
              if (!at || !found.get().kind().undoable()) {
                return CompletableFuture.completedFuture(Optional.empty());
              }
              return runner
                  .undoing(id)
                  .map(one -> CompletableFuture.completedFuture(Optional.of(one)))
                  .orElseGet(() -> begin(order, found.get().done()).toCompletableFuture());
            },
            ports.timers());
  }

  private CompletionStage<Optional<Job>> begin(Order undo, long total) {
    return runner
        .keep(Job.started(ids.next(), undo, total, ports.timers().now()))
        .thenApply(Optional::of);
  }

  /** Stops after the step under way; empty where there is none of that id that runs any more. */
  public CompletionStage<Optional<Job>> stop(
      String id, @Nullable String who, @Nullable String why) {
    return ports
        .timers()
        .turn()
        .thenCompose(
            now -> {
              var act = new Act(now, "stopped", who, why);
              return runner
                  .stop(id, act)
                  .thenComposeAsync(
                      here ->
                          here.isPresent() || !ports.journal().sharing().shared()
                              ? CompletableFuture.completedFuture(here)
                              : stopElsewhere(id, act),
                      ports.timers());
            });
  }

  /** The instance that sees it through finds it stopped at its next step. */
  private CompletionStage<Optional<Job>> stopElsewhere(String id, Act act) {
    JobBook book = ports.journal().jobs();
    return book.find(id)
        .thenCompose(
            found -> {
              if (found.isEmpty() || found.get().state() != State.RUNNING) {
                return CompletableFuture.completedFuture(Optional.empty());
              }
              Job stopped = found.get().as(State.STOPPED, act);
              return book.keep(stopped).thenApply(done -> Optional.of(stopped));
            });
  }

  /** Goes on with a stopped one where it was; empty where there is none of that id stopped. */
  public CompletionStage<Optional<Job>> resume(
      String id, @Nullable String who, @Nullable String why) {
    return ports
        .timers()
        .turn()
        .thenCompose(
            now ->
                ports
                    .journal()
                    .jobs()
                    .find(id)
                    .thenComposeAsync(
                        found -> {
                          if (found.isEmpty() || found.get().state() != State.STOPPED) {
                            return CompletableFuture.completedFuture(Optional.empty());
                          }
                          var act = new Act(now, "resumed", who, why);
                          return runner
                              .keep(found.get().as(State.RUNNING, act))
                              .thenApply(Optional::of);
                        },
                        ports.timers()));
  }
}
