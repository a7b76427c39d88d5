package io.bailiwick.flow;

import io.bailiwick.flow.JobBook.Step;
import io.bailiwick.flow.JobBook.Stepped;
import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Act;
import io.bailiwick.lead.Job.Order;
import io.bailiwick.lead.Job.State;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /** One job under way. */
  private static final class Running {
    private Job job;
    private Instant next;
    private @Nullable Act stop;
    private final CompletableFuture<Optional<Job>> ended = new CompletableFuture<>();

    Running(Job job, Instant next) {
      this.job = job;
      this.next = next;
    }
  }

  private final Ports ports;
  private final LeadIds ids;
  private final RandomGenerator random;
  private final Runnable due;
  private final Map<String, Running> running = new HashMap<>();
  private boolean drained;

  /** {@code due} is run when leads became due, or will soon. */
  Jobs(Ports ports, LeadIds ids, RandomGenerator random, Runnable due) {
    this.ports = ports;
    this.ids = ids;
    this.random = random;
    this.due = due;
  }

  /** Takes up what was under way when the last process ended. */
  void start() {
    ports
        .journal()
        .jobs()
        .running()
        .whenCompleteAsync(
            (jobs, failure) -> {
              if (failure == null) {
                jobs.forEach(this::run);
              } else if (!drained) {
                ports.signals().tell(new Signal.Trouble("the jobs cannot be read", failure));
                ports.timers().after(AFTER_FAILURE, this::start);
              }
            },
            ports.timers());
  }

  /** Begins no further step. What is under way goes on after the next start. */
  void drain() {
    drained = true;
    running.clear();
  }

  /** How many leads an order would concern, if it were given now. */
  public CompletionStage<Long> count(LeadFilter which) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().count(which.unchangedSince(now)));
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
        .thenCompose(this::kept);
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
              Running one = running.get(id);
              if (one == null) {
                return CompletableFuture.completedFuture(Optional.empty());
              }
              one.stop = act;
              return one.ended;
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
                          return kept(found.get().as(State.RUNNING, act)).thenApply(Optional::of);
                        },
                        ports.timers()));
  }

  private CompletionStage<Job> kept(Job job) {
    return ports
        .journal()
        .jobs()
        .keep(job)
        .thenApplyAsync(
            done -> {
              ports.signals().tell(new Signal.JobChanged(job));
              run(job);
              return job;
            },
            ports.timers());
  }

  private void run(Job job) {
    if (job.state() == State.RUNNING && !drained && !running.containsKey(job.id())) {
      var one = new Running(job, ports.timers().now());
      running.put(job.id(), one);
      step(one);
    }
  }

  private boolean goesOn(Running one) {
    return running.get(one.job.id()) == one;
  }

  private void step(Running one) {
    if (!goesOn(one)) {
      return;
    }
    if (one.stop != null) {
      stopped(one, one.stop);
      return;
    }
    Job job = one.job;
    ports
        .journal()
        .oldest(job.which(), job.cursor(), job.perSecond())
        .thenComposeAsync(page -> record(job, page), ports.timers())
        .whenCompleteAsync(
            (written, failure) -> {
              if (failure == null) {
                stepped(one, written);
              } else {
                again(one, failure);
              }
            },
            ports.timers());
  }

  private record Written(List<Move> moves, Stepped stepped) {}

  private CompletionStage<Written> record(Job job, Page page) {
    Instant now = ports.timers().now();
    List<Move> moves = new ArrayList<>();
    for (Entry entry : page.entries()) {
      moves.add(move(job, entry, now));
    }
    return ports
        .journal()
        .jobs()
        .step(new Step(job, moves, page.next()))
        .thenApply(stepped -> new Written(moves, stepped));
  }

  /** Due at some time within the step, so that a second's leads do not leave all at once. */
  private Move move(Job job, Entry entry, Instant now) {
    Instant at = now.plusMillis((long) (random.nextDouble() * STEP.toMillis()));
    return switch (job.kind()) {
      case RETRY -> new Move(entry, entry.retried(at, now), "retried by job " + job.id());
      case DECIDE -> new Move(entry, entry.reconsidered(at, now), "re-decided by job " + job.id());
    };
  }

  private void stepped(Running one, Written written) {
    List<Move> moves = written.moves();
    for (int i = 0; i < moves.size(); i++) {
      if (written.stepped().recorded().get(i).applied()) {
        ports.signals().tell(new Signal.Moved(moves.get(i)));
      }
    }
    one.job = written.stepped().job();
    due.run();
    if (one.job.state() == State.DONE) {
      running.remove(one.job.id(), one);
      one.ended.complete(Optional.empty());
      ports.signals().tell(new Signal.JobChanged(one.job));
      return;
    }
    // Counted from the last step's time, not from now: what a step takes is no loss of pace.
    one.next = one.next.plus(STEP);
    Duration wait = Duration.between(ports.timers().now(), one.next);
    if (wait.isNegative()) {
      one.next = ports.timers().now();
      wait = Duration.ZERO;
    }
    ports.timers().after(wait, () -> step(one));
  }

  private void stopped(Running one, Act act) {
    running.remove(one.job.id(), one);
    Job stopped = one.job.as(State.STOPPED, act);
    ports
        .journal()
        .jobs()
        .keep(stopped)
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure == null) {
                one.ended.complete(Optional.of(stopped));
                ports.signals().tell(new Signal.JobChanged(stopped));
              } else {
                running.put(one.job.id(), one);
                again(one, failure);
              }
            },
            ports.timers());
  }

  /** A step that failed may have been written: what the journal says is how far the job is. */
  private void again(Running one, Throwable failure) {
    ports.signals().tell(new Signal.Trouble("a step of job " + one.job.id() + " failed", failure));
    ports
        .timers()
        .after(
            AFTER_FAILURE,
            () ->
                ports
                    .journal()
                    .jobs()
                    .find(one.job.id())
                    .whenCompleteAsync(
                        (found, still) -> {
                          if (still != null) {
                            again(one, still);
                          } else {
                            found.ifPresent(job -> one.job = job);
                            one.next = ports.timers().now();
                            step(one);
                          }
                        },
                        ports.timers()));
  }
}
