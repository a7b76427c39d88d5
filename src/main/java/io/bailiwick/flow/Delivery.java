package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * One call's worth of leads on their way to the CRM, all of one module: each comes to exactly one
 * next step, and none is sent before what must be read was read. Keeps nothing of any lead; all
 * calls on the flow's thread.
 */
final class Delivery {

  private final Ports ports;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final double verifyShare;
  private final Duration deadline;
  private boolean verifyAll = true;

  /** {@code random} draws the jitter and the sample that is verified. */
  Delivery(Ports ports, DispatchSettings settings, RandomGenerator random) {
    this.ports = ports;
    this.retries = new RetryPolicy(settings);
    this.random = random;
    this.deadline = settings.sendDeadline();
    this.verifyShare = ports.crm().capabilities().asynchronous() ? 1 : settings.verifyShare();
  }

  /**
   * After so long nothing of it can arrive any more: what is read before it takes as long again.
   */
  Duration longest(Entry sent) {
    return sent.previous() == null ? deadline : deadline.multipliedBy(2);
  }

  /** Leads whose sending is on disk. */
  CompletionStage<List<NextStep>> send(List<Entry> sent) {
    if (sent.get(0).crmId() == null) {
      return create(sent.get(0));
    }
    List<Entry> replacing = sent.stream().filter(entry -> entry.previous() != null).toList();
    if (replacing.isEmpty()) {
      return write(sent);
    }
    Duration began = ports.timers().uptime();
    return read(replacing)
        .thenComposeAsync(states -> overwrite(sent, replacing, states, began), ports.timers());
  }

  /** Leads that were sent, and of which nobody knows what came of it. */
  CompletionStage<List<NextStep>> look(List<Entry> sent) {
    return sent.get(0).crmId() == null ? create(sent.get(0)) : seen(sent, retries::afterLooking);
  }

  /** Has its record made or found; what came of an earlier call is known then, too. */
  private CompletionStage<List<NextStep>> create(Entry sent) {
    if (!ports.crm().capabilities().creates()) {
      return CompletableFuture.completedStage(List.of(Naming.off(sent, now())));
    }
    Instant began = now();
    return ports
        .crm()
        .create(sent.lead(), trace(sent))
        .exceptionally(failure -> new Creation.Failed(broke(failure)))
        .thenApplyAsync(creation -> List.of(created(sent, creation, began)), ports.timers());
  }

  private NextStep created(Entry sent, Creation creation, Instant began) {
    if (creation instanceof Creation.Failed failed) {
      Duration took = Duration.between(began, now());
      ports.signals().tell(new Signal.Attempted(sent, failed.outcome(), took));
    }
    return Naming.after(retries, sent, creation, now(), random.nextDouble());
  }

  /** Nothing of them has left, and nothing is to leave for so long. */
  List<NextStep> notSent(List<Entry> sent, Duration rest) {
    var shut = new Outcome.GateShut(rest, "not sent: sending rests");
    return sent.stream().map(entry -> after(entry, shut)).toList();
  }

  /** Of a mistake of ours: what was sent is looked up. */
  List<NextStep> broken(List<Entry> sent, Throwable mistake) {
    ports.signals().tell(new Signal.Trouble("an answer of the CRM was not dealt with", mistake));
    var unknown = new Outcome.Unknown("the answer was not dealt with");
    return sent.stream().map(entry -> after(entry, unknown)).toList();
  }

  /** What takes the place of another decision is written only over what that one wrote. */
  private CompletionStage<List<NextStep>> overwrite(
      List<Entry> sent, List<Entry> replacing, List<RecordState> states, Duration began) {
    List<Entry> going = new ArrayList<>(sent);
    List<NextStep> steps = new ArrayList<>();
    for (int i = 0; i < replacing.size(); i++) {
      Entry entry = replacing.get(i);
      if (!RetryPolicy.showsPrevious(entry, states.get(i))) {
        going.remove(entry);
        steps.add(retries.insteadOfWriting(entry, states.get(i), now(), random.nextDouble()));
      }
    }
    if (!going.isEmpty() && late(began)) {
      going.forEach(entry -> steps.add(after(entry, new Outcome.Unknown("not sent in time"))));
      return CompletableFuture.completedStage(steps);
    }
    return write(going).thenApply(more -> joined(steps, more));
  }

  /** A process that stood still since it read finds others at its leads. */
  private boolean late(Duration began) {
    return ports.timers().uptime().minus(began).compareTo(deadline) > 0;
  }

  private CompletionStage<List<NextStep>> write(List<Entry> sent) {
    if (sent.isEmpty()) {
      return CompletableFuture.completedStage(List.of());
    }
    Instant began = now();
    return ports
        .crm()
        .assign(sent.stream().map(entry -> assignment(entry, entry.territory())).toList())
        .exceptionally(failure -> Collections.nCopies(sent.size(), broke(failure)))
        .thenComposeAsync(outcomes -> answered(sent, outcomes, began), ports.timers());
  }

  private CompletionStage<List<NextStep>> answered(
      List<Entry> sent, List<Outcome> outcomes, Instant began) {
    Duration took = Duration.between(began, now());
    List<NextStep> steps = new ArrayList<>();
    List<Entry> verified = new ArrayList<>();
    boolean toVerify = toVerify();
    for (int i = 0; i < sent.size(); i++) {
      Entry entry = sent.get(i);
      ports.signals().tell(new Signal.Attempted(entry, outcomes.get(i), took));
      if (outcomes.get(i) instanceof Outcome.Done && toVerify) {
        verified.add(entry);
      } else {
        steps.add(after(entry, outcomes.get(i)));
      }
    }
    return seen(verified, this::afterVerifying).thenApply(more -> joined(steps, more));
  }

  /**
   * The first call after a start and all after a write that was ignored, else a sample of the
   * calls, so that a sample costs a reading for many.
   */
  private boolean toVerify() {
    return verifyShare > 0 && (verifyAll || random.nextDouble() < verifyShare);
  }

  private NextStep afterVerifying(Entry sent, RecordState state, Instant now, double chance) {
    if (state instanceof RecordState.Present present) {
      verifyAll = !RetryPolicy.shows(sent, present);
    }
    return retries.afterVerifying(sent, state, now, chance);
  }

  /** What follows from a record that was read. */
  private interface Seen {
    NextStep after(Entry sent, RecordState state, Instant now, double random);
  }

  private CompletionStage<List<NextStep>> seen(List<Entry> sent, Seen then) {
    if (sent.isEmpty()) {
      return CompletableFuture.completedStage(List.of());
    }
    return read(sent)
        .thenComposeAsync(
            states -> {
              List<CompletionStage<NextStep>> all = new ArrayList<>();
              for (int i = 0; i < sent.size(); i++) {
                all.add(settled(sent.get(i), states.get(i), then));
              }
              return Stages.all(all);
            },
            ports.timers());
  }

  /** Where a record has several territories, one of ours before goes when the new one is there. */
  private CompletionStage<NextStep> settled(Entry sent, RecordState state, Seen then) {
    TerritoryRef stale = RetryPolicy.stale(sent, state);
    return stale == null
        ? CompletableFuture.completedStage(then.after(sent, state, now(), random.nextDouble()))
        : ports
            .crm()
            .remove(assignment(sent, stale))
            .exceptionally(Delivery::broke)
            .thenApplyAsync(
                outcome -> retries.afterRemoving(sent, outcome, now(), random.nextDouble()),
                ports.timers());
  }

  private CompletionStage<List<RecordState>> read(List<Entry> sent) {
    String module = sent.get(0).lead().module();
    return ports
        .crm()
        .read(module, sent.stream().map(Delivery::record).toList())
        .exceptionally(
            failure ->
                Collections.nCopies(
                    sent.size(), new RecordState.Unreadable("the client broke: " + failure)));
  }

  private NextStep after(Entry sent, Outcome outcome) {
    return retries.after(sent, outcome, now(), random.nextDouble());
  }

  private static Assignment assignment(Entry sent, @Nullable TerritoryRef territory) {
    if (territory == null) {
      throw new IllegalStateException(sent.id() + " was to be sent without a territory");
    }
    return new Assignment(sent.lead().module(), record(sent), territory, trace(sent));
  }

  private static @Nullable TraceParent trace(Entry sent) {
    return sent.trace() == null ? null : sent.trace().ofAttempt(sent);
  }

  private static String record(Entry sent) {
    String crmId = sent.crmId();
    if (crmId == null) {
      throw new IllegalStateException(sent.id() + " was to be sent without a record");
    }
    return crmId;
  }

  private static Outcome broke(Throwable failure) {
    return new Outcome.Unknown("the client broke: " + failure);
  }

  private Instant now() {
    return ports.timers().now();
  }

  private static List<NextStep> joined(List<NextStep> some, List<NextStep> more) {
    List<NextStep> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
