package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What people ask of the flow by hand: how would this lead be decided; and retry that one, ask the
 * rules again, assign it, or close it. Any thread may call; answers come on the flow's thread.
 */
public final class Desk {

  /** What came of moving one lead by hand. */
  public sealed interface Answer {

    /** It is moved; durable. */
    record Moved(Entry entry) implements Answer {}

    /** There is no such lead. */
    record NotFound() implements Answer {}

    /** It is neither queued nor parked, or was moved at this very moment. */
    record NotNow(Entry entry) implements Answer {}

    /** No territory of that name is listed; null before the first reading. */
    record NoTerritory(@Nullable TerritorySnapshot snapshot) implements Answer {}
  }

  /** Who does something and why, as they say; null where they do not. */
  public record Hand(@Nullable String who, @Nullable String why) {

    String told(String what) {
      return what + " by " + name() + (why == null ? "" : ": " + why);
    }

    private String name() {
      return who == null ? "hand" : who;
    }
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
    return ports
        .timers()
        .turn()
        .thenCompose(
            now -> {
              Optional<TerritorySnapshot> snapshot = directory.current();
              return snapshot.isEmpty()
                  ? CompletableFuture.completedFuture(Optional.<List<Decision>>empty())
                  : rules.rulebook().decide(leads, snapshot.get(), now).thenApply(Optional::of);
            });
  }

  /** Sends a parked lead again, or makes a queued one due now; its attempts start anew. */
  public CompletionStage<Answer> retry(String id, Hand hand) {
    return move(id, (entry, now) -> new Move(entry, entry.retried(now, now), hand.told("retried")));
  }

  /** Asks the rules again, whatever was decided before. */
  public CompletionStage<Answer> reconsider(String id, Hand hand) {
    return move(
        id, (entry, now) -> new Move(entry, entry.reconsidered(now, now), hand.told("re-decided")));
  }

  /** Done with, without being sent: no dead letter any more. */
  public CompletionStage<Answer> close(String id, Hand hand) {
    return move(id, (entry, now) -> new Move(entry, entry.closed(now), hand.told("closed")));
  }

  /** Assigns to this listed territory in place of the rules; sent like any other decision. */
  public CompletionStage<Answer> assign(String id, String territory, Hand hand) {
    return ports
        .timers()
        .turn()
        .thenCompose(
            now -> {
              TerritorySnapshot snapshot = directory.current().orElse(null);
              Territory found = snapshot == null ? null : snapshot.named(territory);
              if (snapshot == null || found == null || !found.listed()) {
                return CompletableFuture.completedFuture(new Answer.NoTerritory(snapshot));
              }
              var to = new TerritoryRef(found.id(), found.name());
              return move(id, (entry, at) -> byHand(entry, to, snapshot.id(), hand));
            });
  }

  private Move byHand(Entry entry, TerritoryRef to, String snapshot, Hand hand) {
    Instant now = ports.timers().now();
    String rulebook = rules.rulebook().hash();
    var receipt = Receipt.byHand(hand.name(), hand.why(), rulebook, snapshot, now);
    return new Move(
        entry,
        entry.assignedByHand(Decision.assign(to, receipt), now),
        hand.told("assign to \"" + to.name() + "\""));
  }

  private interface Step {
    Move of(Entry entry, Instant now);
  }

  private CompletionStage<Answer> move(String id, Step step) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().find(id))
        .thenComposeAsync(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(new Answer.NotFound())
                    : move(found.get(), step),
            ports.timers());
  }

  private CompletionStage<Answer> move(Entry entry, Step step) {
    if (entry.stage() != Stage.PARKED && entry.stage() != Stage.QUEUED) {
      return CompletableFuture.completedFuture(new Answer.NotNow(entry));
    }
    Move move = step.of(entry, ports.timers().now());
    return ports
        .journal()
        .record(List.of(move))
        .thenApplyAsync(
            answers -> {
              if (!answers.get(0).applied()) {
                return new Answer.NotNow(entry);
              }
              ports.signals().tell(new Signal.Moved(move));
              due.run();
              return new Answer.Moved(move.after());
            },
            ports.timers());
  }
}
