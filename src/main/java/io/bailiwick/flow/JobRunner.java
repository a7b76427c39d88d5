package io.bailiwick.flow;

import io.bailiwick.flow.JobBook.Elsewhere;
import io.bailiwick.flow.JobBook.Step;
import io.bailiwick.flow.JobBook.Stepped;
import io.bailiwick.flow.JobSteps.Planned;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Act;
import io.bailiwick.lead.Job.State;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sees jobs through, step by step, each in its time. What the journal says is how far a job is, so
 * a step that failed is neither lost nor done twice. On the flow's thread.
 */
final class JobRunner {

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /** One job under way. */
  private static final class Running {
    private Job job;
    private Instant next;
    private @Nullable Act stop;
    private Timers.@Nullable Cancel pause;
    private final CompletableFuture<Optional<Job>> ended = new CompletableFuture<>();

    Running(Job job, Instant next) {
      this.job = job;
      this.next = next;
    }
  }

  private final Ports ports;
  private final JobSteps steps;
  private final Runnable due;
  private final Map<String, Running> running = new HashMap<>();
  private boolean drained;

  /** {@code due} is run when leads became due, or will soon. */
  JobRunner(Ports ports, JobSteps steps, Runnable due) {
    this.ports = ports;
    this.steps = steps;
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

  /** The undo of that job that is under way. */
  Optional<Job> undoing(String id) {
    return running.values().stream()
        .map(one -> one.job)
        .filter(job -> id.equals(job.undoes()))
        .findFirst();
  }

  /** Stops after the step under way; empty where there is none of that id that runs. */
  CompletionStage<Optional<Job>> stop(String id, Act act) {
    Running one = running.get(id);
    if (one == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    one.stop = act;
    if (one.pause != null) {
      one.pause.cancel();
      step(one);
    }
    return one.ended;
  }

  /** Keeps a job and sees it through, where it is to run. */
  CompletionStage<Job> keep(Job job) {
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
    one.pause = null;
    steps
        .next(one.job)
        .thenComposeAsync(this::record, ports.timers())
        .whenCompleteAsync(
            (written, failure) -> {
              if (failure != null) {
                again(one, failure);
              } else if (written.isPresent()) {
                stepped(one, written.get());
              } else {
                beat(one, 1);
              }
            },
            ports.timers());
  }

  private record Written(List<Move> moves, Stepped stepped, int seconds) {}

  /** Empty where it cannot go on at this moment. */
  private CompletionStage<Optional<Written>> record(Optional<Planned> planned) {
    if (planned.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Step step = planned.get().step();
    return ports
        .journal()
        .jobs()
        .step(step)
        .thenApply(
            stepped -> Optional.of(new Written(step.moves(), stepped, planned.get().seconds())));
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
    beat(one, written.seconds());
  }

  /** Counted from the last step's time, not from now: what a step takes is no loss of pace. */
  private void beat(Running one, int seconds) {
    one.next = one.next.plus(STEP.multipliedBy(seconds));
    Duration wait = Duration.between(ports.timers().now(), one.next);
    if (wait.isNegative()) {
      one.next = ports.timers().now();
      wait = Duration.ZERO;
    }
    one.pause = ports.timers().after(wait, () -> step(one));
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
    if (Elsewhere.class.isInstance(failure) || Elsewhere.class.isInstance(failure.getCause())) {
      running.remove(one.job.id(), one);
      one.ended.complete(Optional.empty());
      return;
    }
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
