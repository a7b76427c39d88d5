package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What people ask of the flow by hand: how would this lead be decided, and retry that one. Any
 * thread may call; answers come on the flow's thread.
 */
public final class Desk {

  /** What a retry came to. */
  public sealed interface Retry {

    /** Under way again. */
    record Retried(Entry entry) implements Retry {}

    /** There is no such lead. */
    record NotFound() implements Retry {}

    /** It is neither queued nor parked, or was moved at this very moment. */
    record NotNow(Entry entry) implements Retry {}
  }

  private final Ports ports;
  private final ServingRulebook rules;
  private final TerritoryDirectory directory;
  private final Runnable due;

  /** {@code due} is run when a lead became due. */
  public Desk(Ports ports, ServingRulebook rules, TerritoryDirectory directory, Runnable due) {
    this.ports = ports;
    this.rules = rules;
    this.directory = directory;
    this.due = due;
  }

  /**
   * Decides leads as the service would at this moment, and records nothing. Empty before the first
   * complete reading of the territories.
   */
  public CompletionStage<Optional<List<Decision>>> decide(List<Lead> leads) {
    return onFlow()
        .thenCompose(
            now -> {
              Optional<TerritorySnapshot> snapshot = directory.current();
              return snapshot.isEmpty()
                  ? CompletableFuture.completedFuture(Optional.<List<Decision>>empty())
                  : rules.rulebook().decide(leads, snapshot.get(), now).thenApply(Optional::of);
            });
  }

  /** Sends a parked lead again, or makes a queued one due now; its attempts start anew. */
  public CompletionStage<Retry> retry(String id) {
    return onFlow()
        .thenCompose(now -> ports.journal().find(id))
        .thenComposeAsync(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(new Retry.NotFound())
                    : retry(found.get()),
            ports.timers());
  }

  private CompletionStage<Retry> retry(Entry entry) {
    if (entry.stage() != Stage.PARKED && entry.stage() != Stage.QUEUED) {
      return CompletableFuture.completedFuture(new Retry.NotNow(entry));
    }
    Instant now = ports.timers().now();
    Move move = new Move(entry, entry.retried(now), "retried by hand");
    return ports
        .journal()
        .record(List.of(move))
        .thenApplyAsync(
            answers -> {
              if (!answers.get(0).applied()) {
                return new Retry.NotNow(entry);
              }
              ports.signals().tell(new Signal.Moved(move));
              due.run();
              return new Retry.Retried(move.after());
            },
            ports.timers());
  }

  private CompletionStage<Instant> onFlow() {
    return CompletableFuture.supplyAsync(() -> ports.timers().now(), ports.timers());
  }
}
