package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Takes leads in: on disk first, everything else after. When its stage completes normally every
 * accepted lead is durable; only then may a source be told 202. Any thread may call.
 */
public final class Intake {

  /** How long idempotency keys are kept. */
  public static final Duration KEYS_KEPT = Duration.ofDays(30);

  private static final Duration SWEEP = Duration.ofHours(6);

  /** A lead at the door, with the source's own text of it, and how it came. */
  public record Arrival(Lead lead, String body, Origin origin) {

    /** Nobody knows how it came. */
    public Arrival(Lead lead, String body) {
      this(lead, body, Origin.UNKNOWN);
    }

    /** Without the source's text: it names a person. */
    @Override
    public String toString() {
      return "Arrival[" + lead + "]";
    }
  }

  private final Journal journal;
  private final Timers timers;
  private final Signals signals;
  private final LeadIds ids;
  private final Runnable arrived;

  /** {@code arrived} is run on the flow's thread whenever there is something new to decide. */
  public Intake(Journal journal, Timers timers, Signals signals, LeadIds ids, Runnable arrived) {
    this.journal = journal;
    this.timers = timers;
    this.signals = signals;
    this.ids = ids;
    this.arrived = arrived;
  }

  /** Begins to forget old idempotency keys, now and every few hours. */
  public void start() {
    journal
        .forgetKeys(timers.now().minus(KEYS_KEPT))
        .whenCompleteAsync(
            (forgotten, failure) -> {
              if (failure != null) {
                signals.tell(new Signals.Signal.Trouble("forgetting old keys failed", failure));
              }
              timers.after(SWEEP, this::start);
            },
            timers);
  }

  /**
   * Stores the leads of one request in one commit and answers in their order. A failed stage means
   * that nothing is known to be stored, and that the request may be sent again with its key.
   */
  public CompletionStage<Acceptance> accept(List<Arrival> arrivals, @Nullable Key key) {
    Instant now = timers.now();
    List<Submission> submissions =
        arrivals.stream()
            .map(a -> new Submission(ids.next(), a.lead(), a.body(), now, a.origin()))
            .toList();
    return journal
        .accept(submissions, key)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null && answer instanceof Acceptance.Accepted accepted) {
                timers.execute(() -> announce(accepted));
              }
            });
  }

  private void announce(Acceptance.Accepted accepted) {
    accepted.entries().forEach(entry -> signals.tell(new Signals.Signal.Accepted(entry)));
    arrived.run();
  }
}
