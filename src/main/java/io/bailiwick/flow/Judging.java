package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The deciding half of the dispatcher: due leads are judged in batches and their decisions
 * recorded. A lead that cannot be judged waits or is parked with a reason; none is dropped.
 */
final class Judging {

  /** Who has just come leaves by the first call of those that are judged together. */
  private static final Comparator<Claim> NEWEST_FIRST =
      Comparator.comparing((Claim claim) -> claim.entry().acceptedAt()).reversed();

  private final Ports ports;
  private final ServingRulebook rules;
  private final TerritoryDirectory directory;
  private final DispatchSettings settings;
  private final Onward onward;
  private final DueLoop loop;
  private final int batch;
  private int judged;

  /**
   * What becomes of decisions.
   *
   * @param sent takes those moves that it records itself, and answers the others
   */
  record Onward(Recorder recorder, UnaryOperator<List<Move>> sent) {}

  Judging(
      Ports ports,
      ServingRulebook rules,
      TerritoryDirectory directory,
      DispatchSettings settings,
      Onward onward) {
    this.ports = ports;
    this.rules = rules;
    this.directory = directory;
    this.settings = settings;
    this.onward = onward;
    this.batch = wholeCalls(settings.batch(), ports.crm().capabilities().batch());
    this.loop = new DueLoop(ports, Work.DECIDE, () -> batch - judged, this::judge);
  }

  /** So that what is judged together fills the calls that it leaves by. */
  private static int wholeCalls(int leads, int call) {
    return (leads + call - 1) / call * call;
  }

  DueLoop loop() {
    return loop;
  }

  boolean idle() {
    return judged == 0 && loop.idle();
  }

  private void judge(List<Claim> claims) {
    Instant now = ports.timers().now();
    List<Move> moves = new ArrayList<>();
    List<Entry> due = new ArrayList<>();
    TerritorySnapshot snapshot = directory.current().orElse(null);
    for (Claim claim : claims.stream().sorted(NEWEST_FIRST).toList()) {
      Entry entry = claim.entry();
      Decision settled = settled(entry);
      if (claim.newer() != null) {
        moves.add(Notes.superseded(entry, claim.newer(), now));
      } else if (settled != null) {
        moves.add(Notes.settled(entry, settled, now));
      } else if (snapshot == null) {
        moves.add(Notes.waitsForFirstReading(entry, now.plus(settings.lookAgain()), now));
      } else {
        due.add(entry);
      }
    }
    onward.recorder().record(moves);
    if (snapshot != null && !due.isEmpty()) {
      decide(due, snapshot, now);
    }
  }

  /**
   * What a person decided, or a job that can be undone, and is on its way: it is not re-decided.
   */
  private static @Nullable Decision settled(Entry entry) {
    Decision decision = entry.decision();
    boolean stands =
        decision != null
            && decision.action() == Decision.Action.ASSIGN
            && (decision.receipt().by() != null || entry.previous() != null);
    return stands ? decision : null;
  }

  private void decide(List<Entry> due, TerritorySnapshot snapshot, Instant now) {
    judged += due.size();
    rules
        .rulebook()
        .judge(
            due.stream().map(one -> new Asked(one.lead(), one.waiting())).toList(), snapshot, now)
        .whenCompleteAsync(
            (decisions, failure) -> {
              Duration took = Duration.between(now, ports.timers().now());
              ports.signals().tell(new Signal.Judged(due.size(), took));
              List<Move> moves = failure == null ? moves(due, decisions) : broken(due, failure);
              record(onward.sent().apply(moves), due.size());
              if (failure == null) {
                rules.judged(new Judged(due, decisions, snapshot, now));
              }
            },
            ports.timers());
  }

  /**
   * Makes room for more as these are written, and not before: what is judged ahead of the disk
   * would only wait there, and who has just come behind it.
   */
  private void record(List<Move> left, int judgedTogether) {
    judged -= judgedTogether - left.size();
    onward.recorder().record(left, applied -> judged -= left.size());
    loop.wake();
  }

  private List<Move> moves(List<Entry> due, List<Decision> decisions) {
    Instant now = ports.timers().now();
    List<Move> moves = new ArrayList<>(due.size());
    boolean waitsForTerritory = false;
    for (int i = 0; i < due.size(); i++) {
      Decision decision = decisions.get(i);
      Instant look = lookAgain(decision, now);
      moves.add(Notes.decided(due.get(i), decision, look, now));
      waitsForTerritory |= decision.reason() == QueueReason.TERRITORY_NOT_READY;
      if (decision.action() == Decision.Action.GIVE_UP) {
        rules.abandoned(decision.receipt().rulebook());
      }
    }
    if (waitsForTerritory) {
      directory.refreshSoon();
    }
    return moves;
  }

  /**
   * When a queued lead is looked at again. Territories or rules that changed while it was being
   * judged have already woken those that waited; it is one more of them, so it is due at once.
   */
  private Instant lookAgain(Decision decision, Instant now) {
    boolean stale =
        directory.current().map(TerritorySnapshot::id).stream()
            .noneMatch(decision.receipt().snapshot()::equals);
    if (stale || !decision.receipt().rulebook().equals(rules.rulebook().hash())) {
      return now;
    }
    @Nullable Instant told = decision.lookAgain();
    Instant latest = now.plus(settings.lookAgain());
    Instant limit = decision.receipt().waited() == null ? null : decision.receipt().waited().next();
    if (limit != null && limit.isBefore(told == null ? latest : told)) {
      told = limit;
    }
    if (told == null) {
      return latest;
    }
    // The journal keeps milliseconds: a moment too soon would find the blocker still there.
    Instant after = told.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    return after.isBefore(now) ? now : after;
  }

  /** The judge itself broke, which is a mistake of ours: the leads are kept for a person. */
  private List<Move> broken(List<Entry> due, Throwable failure) {
    ports.signals().tell(new Signal.Trouble("the judge failed", failure));
    Instant now = ports.timers().now();
    return due.stream()
        .map(
            entry ->
                new Move(
                    entry,
                    entry.parked(ParkReason.INTERNAL, now),
                    "parked: the judge failed; a mistake of ours, see the log"))
        .toList();
  }
}
