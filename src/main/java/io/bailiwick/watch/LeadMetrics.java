package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Figures of the way of leads: accepted, decided, queued and why, assigned, parked. */
final class LeadMetrics implements Signals {

  /** The blocker of what a rule queued is the rule's own word, which no label could bound. */
  private static final String NO_BLOCKER = "none";

  private final InstantSource clock;
  private final Counter accepted;
  private final Counter superseded;
  private final Counter assigned;
  private final Timer accept;
  private final Timer decide;
  private final Timer assign;
  private final DistributionSummary attempts;
  private final Map<Decision.Action, Counter> decisions = new EnumMap<>(Decision.Action.class);
  private final Map<Signal.Erased.Cause, Counter> erased = new EnumMap<>(Signal.Erased.Cause.class);
  private final Map<String, Counter> queued = new HashMap<>();
  private final Map<ParkReason, Counter> parked = new EnumMap<>(ParkReason.class);

  LeadMetrics(Meters meters, InstantSource clock) {
    this.clock = clock;
    accepted = meters.counter("bailiwick.leads.accepted", "Leads accepted; they are on disk.");
    superseded = meters.counter("bailiwick.leads.superseded", "Leads a newer revision replaced.");
    assigned = meters.counter("bailiwick.leads.assigned", "Leads the CRM has taken.");
    accept = meters.timer("bailiwick.accept", "From a lead's arrival until it is on disk.");
    decide = meters.timer("bailiwick.decide", "Judging the leads that were due together.");
    assign = meters.wait("bailiwick.assign", "From a lead's arrival until the CRM has taken it.");
    attempts =
        meters.sizes(
            "bailiwick.assign.attempts",
            "How many attempts an assigned lead took.",
            1,
            2,
            3,
            5,
            10,
            20,
            50);
    for (Signal.Erased.Cause cause : Signal.Erased.Cause.values()) {
      erased.put(
          cause,
          meters.counter(
              "bailiwick.leads.erased",
              "Leads of which nothing personal is kept any more, by why.",
              "cause",
              cause.word()));
    }
    byReason(meters);
  }

  private void byReason(Meters meters) {
    for (Decision.Action action : Decision.Action.values()) {
      decisions.put(
          action,
          meters.counter(
              "bailiwick.decisions", "Decisions, by what the rules said.", "action", word(action)));
    }
    for (QueueReason reason : QueueReason.values()) {
      boolean blocked = reason == QueueReason.TERRITORY_NOT_READY;
      for (Blocker blocker : blocked ? Blocker.values() : new Blocker[0]) {
        queued(meters, reason, blocker.word());
      }
      queued(meters, reason, NO_BLOCKER);
    }
    for (ParkReason reason : ParkReason.values()) {
      parked.put(
          reason,
          meters.counter(
              "bailiwick.leads.parked",
              "Leads that became dead letters.",
              "reason",
              reason.word()));
    }
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Accepted begun) {
      accepted.increment();
      accept.record(since(begun.entry().acceptedAt()));
    } else if (signal instanceof Signal.Judged judged) {
      decide.record(judged.took());
    } else if (signal instanceof Signal.Erased gone) {
      Objects.requireNonNull(erased.get(gone.cause())).increment(gone.leads());
    } else if (signal instanceof Signal.Moved moved) {
      moved(moved.move());
    }
  }

  private void moved(Move move) {
    Entry after = move.after();
    Decision decision = after.decision();
    if (decision != null && !decision.equals(move.before().decision())) {
      Objects.requireNonNull(decisions.get(decision.action())).increment();
    }
    if (after.stage() == Stage.ASSIGNED && move.before().stage() != Stage.ASSIGNED) {
      assigned.increment();
      assign.record(Duration.between(after.acceptedAt(), after.changedAt()));
      attempts.record(after.attempts().spent() + after.attempts().waits() + 1.0);
    } else if (after.stage() == Stage.SUPERSEDED) {
      superseded.increment();
    } else if (after.stage() == Stage.QUEUED && after.reason() != null) {
      Objects.requireNonNull(queued.get(key(after.reason(), after.blocker()))).increment();
    } else if (after.stage() == Stage.PARKED && after.parkReason() != null) {
      if (after.parkReason() == ParkReason.JUDGE_TIMEOUT) {
        Objects.requireNonNull(decisions.get(Decision.Action.GIVE_UP)).increment();
      }
      Objects.requireNonNull(parked.get(after.parkReason())).increment();
    }
  }

  private void queued(Meters meters, QueueReason reason, String blocker) {
    queued.put(
        reason + blocker,
        meters.counter(
            "bailiwick.leads.queued",
            "Times a lead was queued, by reason and blocker.",
            "reason",
            reason.word(),
            "blocker",
            blocker));
  }

  private static String key(QueueReason reason, @Nullable String blocker) {
    boolean known =
        reason == QueueReason.TERRITORY_NOT_READY
            && blocker != null
            && Blocker.ofWord(blocker) != null;
    return reason + (known ? blocker : NO_BLOCKER);
  }

  private Duration since(Instant at) {
    Duration passed = Duration.between(at, clock.instant());
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
