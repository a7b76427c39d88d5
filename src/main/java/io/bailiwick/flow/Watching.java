package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.Touched;
import io.bailiwick.lead.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The watching part of the dispatcher: assigned leads of which the rules ask whether anybody works
 * on them. One that nobody has touched in time goes where the rules say, over what the CRM shows; a
 * CRM that does not tell, and any doubt, leaves it where it is.
 */
final class Watching {

  /** Records are read one after the other: nobody waits for it, and sending has the calls. */
  private static final int AT_A_TIME = 1;

  /** Our own write is activity in some CRMs, by a clock that is not ours. */
  private static final Duration OURS = Duration.ofMinutes(1);

  private final Ports ports;
  private final ServingRulebook rules;
  private final TerritoryDirectory directory;
  private final DispatchSettings settings;
  private final Recorder recorder;
  private final DueLoop loop;
  private int reading;

  Watching(
      Ports ports,
      ServingRulebook rules,
      TerritoryDirectory directory,
      DispatchSettings settings,
      Recorder recorder) {
    this.ports = ports;
    this.rules = rules;
    this.directory = directory;
    this.settings = settings;
    this.recorder = recorder;
    this.loop = new DueLoop(ports, Work.WATCH, () -> AT_A_TIME - reading, this::take);
  }

  DueLoop loop() {
    return loop;
  }

  boolean idle() {
    return reading == 0 && loop.idle();
  }

  /** A lead that has just been assigned is looked at in time, where the rules ask for it. */
  static Move from(Move move, Rulebook rulebook, Instant now) {
    Entry assigned = move.after();
    TerritoryRef territory = assigned.territory();
    if (territory == null) {
      return move;
    }
    return rulebook
        .untouched(territory.name())
        .map(now::plus)
        .map(due -> move.then(assigned.watched(due, now), "to be worked on before " + due))
        .orElse(move);
  }

  private void take(List<Claim> claims) {
    for (Claim claim : claims) {
      Entry entry = claim.entry();
      reading++;
      ports
          .crm()
          .read(entry.lead().module(), String.valueOf(entry.crmId()))
          .thenComposeAsync(state -> seen(entry, state), ports.timers())
          .handleAsync(
              (move, failure) -> failure == null ? move : again(entry, "" + failure),
              ports.timers())
          .thenAcceptAsync(this::conclude, ports.timers());
    }
  }

  private CompletionStage<Move> seen(Entry entry, RecordState state) {
    if (state instanceof RecordState.Unreadable unreadable) {
      return CompletableFuture.completedStage(again(entry, unreadable.detail()));
    }
    if (!(state instanceof RecordState.Present present) || !RetryPolicy.shows(entry, present)) {
      return left(entry, "the record no longer shows the territory");
    }
    Touched touched = present.touched();
    if (touched instanceof Touched.Unknown) {
      return left(entry, "the CRM does not tell whether anybody works on it");
    }
    if (touched instanceof Touched.At at && at.at().isAfter(entry.waitingSince().plus(OURS))) {
      return left(entry, "it was worked on at " + at.at());
    }
    return judged(entry);
  }

  private CompletionStage<Move> judged(Entry entry) {
    TerritorySnapshot snapshot = directory.current().orElse(null);
    TerritoryRef ref = entry.territory();
    if (snapshot == null || ref == null) {
      return CompletableFuture.completedStage(again(entry, "no territories are read yet"));
    }
    var waiting = new Waiting(entry.waitingSince(), null, null, ref.name(), true);
    return rules
        .rulebook()
        .judge(List.of(new Asked(entry.lead(), waiting)), snapshot, ports.timers().now())
        .thenApplyAsync(decisions -> decided(entry, decisions.get(0)), ports.timers());
  }

  private Move decided(Entry entry, Decision decision) {
    Instant now = ports.timers().now();
    RuleHit limit = decision.receipt().overdue();
    if (limit == null) {
      return new Move(entry, entry.watched(null, now), "no limit is for it any more");
    }
    String detail = String.valueOf(decision.receipt().detail());
    return limit.territory() == null
        ? again(entry, detail)
        : new Move(entry, entry.realigned(decision, now, now), "untouched: " + detail);
  }

  private CompletionStage<Move> left(Entry entry, String why) {
    Instant now = ports.timers().now();
    return CompletableFuture.completedStage(
        new Move(entry, entry.watched(null, now), "stays where it is: " + why));
  }

  private Move again(Entry entry, String why) {
    Instant now = ports.timers().now();
    Instant due = now.plus(settings.lookAgain());
    return new Move(
        entry, entry.watched(due, now), "not seen (%s); looked at again at %s".formatted(why, due));
  }

  private void conclude(Move move) {
    recorder.record(List.of(move), applied -> reading--);
  }
}
