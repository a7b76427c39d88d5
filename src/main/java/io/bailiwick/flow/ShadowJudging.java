package io.bailiwick.flow;

import io.bailiwick.flow.ShadowTally.Asked;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One candidate's time in shadow: judges what was judged, one lead after another, once the
 * decisions have been handed on. Nothing waits for it. All calls on the flow's thread.
 */
final class ShadowJudging {

  /** The most leads that wait for the shadow; what comes beyond is skipped and counted. */
  static final int MOST_WAITING = 1_024;

  /** As many judgements that did not end as a serving version is allowed. */
  static final int MOST_ABANDONED = 3;

  private record Waiting(Entry entry, Decision decision, TerritorySnapshot snapshot, Instant at) {}

  private final Ports ports;
  private final ShadowRun run;
  private final Rulebook rulebook;
  private final Runnable endless;
  private final ShadowTally tally = new ShadowTally();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean over;
  private boolean broken;
  private int abandoned;

  /** {@code endless} is run when too many judgements did not end. */
  ShadowJudging(Ports ports, ShadowRun run, Rulebook rulebook, Runnable endless) {
    this.ports = ports;
    this.run = run;
    this.rulebook = rulebook;
    this.endless = endless;
  }

  ShadowRun run() {
    return run;
  }

  ShadowStanding standing() {
    return tally.standing(run);
  }

  /** From now on its rulebook is given no lead, and nothing more is counted. */
  void stop() {
    over = true;
    waiting.clear();
  }

  void take(Judged batch) {
    int skipped = 0;
    for (int i = 0; i < batch.entries().size(); i++) {
      Decision decision = batch.decisions().get(i);
      // A batch that another version judged says nothing about this one.
      if (decision.receipt().rulebook().equals(run.serving())) {
        if (waiting.size() < MOST_WAITING) {
          var one = new Waiting(batch.entries().get(i), decision, batch.snapshot(), batch.at());
          waiting.add(one);
        } else {
          skipped++;
        }
      }
    }
    if (skipped > 0) {
      tally.skip(skipped);
      ports.signals().tell(new Signal.ShadowSkipped(skipped));
    }
    next();
  }

  private void next() {
    if (!busy && !over && !waiting.isEmpty()) {
      busy = true;
      ports.timers().execute(this::judge);
    }
  }

  /**
   * One lead and not more: a judgement that does not end may cost a thread, and only between two
   * can the shadow be stopped.
   */
  private void judge() {
    Waiting one = waiting.poll();
    if (one == null) {
      busy = false;
      return;
    }
    CompletableFuture.completedStage(
            List.of(new Rulebook.Asked(one.entry().lead(), one.entry().waiting())))
        // So that a rulebook that throws fails this stage, and nothing else.
        .thenCompose(lead -> rulebook.judge(lead, one.snapshot(), one.at()))
        .whenCompleteAsync((decisions, failure) -> judged(one, decisions, failure), ports.timers());
  }

  private void judged(
      Waiting one, @Nullable List<Decision> decisions, @Nullable Throwable failure) {
    busy = false;
    if (over) {
      return;
    }
    if (failure != null && !broken) {
      broken = true;
      String what = "the shadow's judge failed; what serves is untouched";
      ports.signals().tell(new Signal.Trouble(what, failure));
    }
    Decision shadow = decisions == null ? null : decisions.get(0);
    Change change = tally.count(new Asked(one.entry().id(), one.at(), one.decision()), shadow);
    ports.signals().tell(new Signal.ShadowCompared(change));
    if (shadow != null
        && shadow.action() == Decision.Action.GIVE_UP
        && ++abandoned == MOST_ABANDONED) {
      endless.run();
    }
    next();
  }
}
