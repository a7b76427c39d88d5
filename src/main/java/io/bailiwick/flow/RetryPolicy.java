package io.bailiwick.flow;

import io.bailiwick.lead.Attempts;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What becomes of a lead that was sent: a pure function of the lead, the CRM's answer, the instant
 * and one random number. A passing error is never final: it waits with backoff until attempts or
 * time are used up; a refused territory costs no attempt at all.
 */
final class RetryPolicy {

  private final DispatchSettings settings;

  RetryPolicy(DispatchSettings settings) {
    this.settings = settings;
  }

  /** After a write: {@code random} is from 0 to below 1. */
  NextStep after(Entry sent, Outcome outcome, Instant now, double random) {
    if (outcome instanceof Outcome.Done done) {
      return NextStep.of(new Move(sent, sent.assigned(now), "assigned: " + done.detail()));
    }
    if (outcome instanceof Outcome.Scheduled scheduled) {
      return scheduled(sent, scheduled.detail(), now, random);
    }
    if (outcome instanceof Outcome.TerritoryInvalid invalid) {
      return refused(sent, invalid, now, random);
    }
    if (outcome instanceof Outcome.RecordGone gone) {
      return parked(sent, ParkReason.RECORD_GONE, gone.detail(), now);
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      return parked(sent, ParkReason.REJECTED, rejected.detail(), now);
    }
    if (outcome instanceof Outcome.RateLimited limited) {
      return putOff(sent, limited, now, random);
    }
    if (outcome instanceof Outcome.GateShut shut) {
      return shut(sent, shut, now, random);
    }
    if (outcome instanceof Outcome.Unauthorized unauthorized) {
      return paused(sent, unauthorized, now);
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      Instant check = now.plus(settings.retry().delay(sent.attempts().spent(), random));
      return NextStep.of(
          new Move(
              sent,
              sent.unresolved(check, sent.attempts(), now),
              "outcome not known (%s); the record is read at %s before anything is sent again"
                  .formatted(unknown.detail(), check)));
    }
    Outcome.Unavailable unavailable = (Outcome.Unavailable) outcome;
    return failed(sent, unavailable.detail(), unavailable.retryAfter(), new Chance(now, random));
  }

  /** After reading the record of a lead whose outcome was not known. */
  NextStep afterLooking(Entry sent, RecordState state, Instant now, double random) {
    if (state instanceof RecordState.Gone gone) {
      return parked(sent, ParkReason.RECORD_GONE, gone.detail(), now);
    }
    if (state instanceof RecordState.Present present) {
      if (shows(sent, present)) {
        return NextStep.of(
            new Move(sent, sent.assigned(now), "assigned: the record shows the territory"));
      }
      if (jobUnderWay(sent, now)) {
        return scheduled(sent, "the record does not show it yet", now, random);
      }
      return exhausted(sent.attempts().failed(now), now)
          ? parked(sent, ParkReason.ATTEMPTS_EXHAUSTED, "the record does not show it", now)
          : NextStep.of(
              new Move(
                  sent,
                  sent.notWritten(now),
                  "the record does not show the territory; the same decision is sent again"));
    }
    String why = ((RecordState.Unreadable) state).detail();
    return unclear(sent, why, "the record cannot be read (%s); next look at %s", now, random);
  }

  /** It is still not known what came of it; {@code note} takes the detail and the next look. */
  NextStep unclear(Entry sent, String detail, String note, Instant now, double random) {
    Attempts spent = sent.attempts().unclear(now);
    if (exhausted(spent, now)) {
      return parked(sent, ParkReason.ATTEMPTS_EXHAUSTED, detail, now);
    }
    Instant check = now.plus(settings.retry().delay(sent.attempts().waits(), random));
    return NextStep.of(
        new Move(sent, sent.unresolved(check, spent, now), note.formatted(detail, check)));
  }

  /** What is sent again while a job is under way is only refused. */
  private boolean jobUnderWay(Entry sent, Instant now) {
    Instant since = sent.written().scheduledSince();
    return since != null && now.isBefore(since.plus(settings.scheduledLimit()));
  }

  private NextStep scheduled(Entry sent, String detail, Instant now, double random) {
    Instant check = now.plus(settings.retry().delay(sent.attempts().waits(), random));
    return NextStep.of(
        new Move(
            sent,
            sent.scheduled(check, now),
            "a job of the CRM is to write it (%s); the record is read at %s"
                .formatted(detail, check)));
  }

  /**
   * In place of writing over a record that was read and does not show what the decision before
   * wrote: a person's change stays, and what is there already need not be written.
   */
  NextStep insteadOfWriting(Entry sent, RecordState state, Instant now, double random) {
    if (state instanceof RecordState.Gone gone) {
      return parked(sent, ParkReason.RECORD_GONE, gone.detail(), now);
    }
    if (state instanceof RecordState.Unreadable unreadable) {
      return failed(sent, unreadable.detail(), null, new Chance(now, random));
    }
    return shows(sent, (RecordState.Present) state)
        ? NextStep.of(
            new Move(sent, sent.assigned(now), "assigned: the record shows the territory already"))
        : NextStep.of(
            new Move(
                sent,
                sent.leftAlone(now),
                "left as it is: the territory was changed in the CRM meanwhile"));
  }

  /** After reading back a write the CRM called a success: an unchanged record is not assigned. */
  NextStep afterVerifying(Entry sent, RecordState state, Instant now, double random) {
    if (state instanceof RecordState.Present present
        && !shows(sent, present)
        && !jobUnderWay(sent, now)) {
      return failed(
          sent,
          "the CRM answered SUCCESS but the record does not show the territory; does its layout"
              + " have the field?",
          null,
          new Chance(now, random));
    }
    return afterLooking(sent, state, now, random);
  }

  /**
   * After asking for the territory of the decision before to be taken away: whatever came of it,
   * only the record can tell, and it is read again.
   */
  NextStep afterRemoving(Entry sent, Outcome outcome, Instant now, double random) {
    if (outcome instanceof Outcome.RecordGone gone) {
      return parked(sent, ParkReason.RECORD_GONE, gone.detail(), now);
    }
    Attempts spent = sent.attempts().unclear(now);
    if (exhausted(spent, now)) {
      String why = "the territory before cannot be taken from the record: " + outcome.detail();
      return parked(sent, ParkReason.ATTEMPTS_EXHAUSTED, why, now);
    }
    Duration hold = hold(outcome);
    Duration wait = settings.retry().delay(sent.attempts().waits(), random);
    Instant check = now.plus(hold == null || wait.compareTo(hold) > 0 ? wait : hold);
    Move move =
        new Move(
            sent,
            sent.unresolved(check, spent, now),
            "the record shows the territory before, too; it is to be taken away (%s); next look"
                    .formatted(outcome.detail())
                + " at "
                + check);
    return new NextStep(move, hold, false);
  }

  private @Nullable Duration hold(Outcome outcome) {
    if (outcome instanceof Outcome.RateLimited limited) {
      return limited.retryAfter();
    }
    if (outcome instanceof Outcome.GateShut shut) {
      return shut.rest();
    }
    return outcome instanceof Outcome.Unauthorized ? settings.tokenPause() : null;
  }

  /** A territory of ours that the record shows beside the one it is to show. */
  static @Nullable TerritoryRef stale(Entry sent, RecordState state) {
    TerritoryRef now = sent.territory();
    return state instanceof RecordState.Present present && now != null && present.shows(now.id())
        ? sent.mayShow().territories().stream()
            .filter(ref -> present.shows(ref.id()) && !Objects.equals(ref.id(), now.id()))
            .findFirst()
            .orElse(null)
        : null;
  }

  static boolean shows(Entry sent, RecordState.Present present) {
    var territory = sent.territory();
    return territory != null && present.shows(territory.id());
  }

  static boolean showsPrevious(Entry sent, RecordState state) {
    TerritoryRef before = sent.previous() == null ? null : sent.previous().territory();
    return state instanceof RecordState.Present present
        && before != null
        && present.shows(before.id());
  }

  private NextStep refused(
      Entry sent, Outcome.TerritoryInvalid invalid, Instant now, double random) {
    Instant since = sent.attempts().refusedSince();
    if (since != null && !now.isBefore(since.plus(settings.refusedLimit()))) {
      return parked(
          sent,
          ParkReason.TERRITORY_REFUSED,
          "refused since " + since + " though ready by every sign: " + invalid.detail(),
          now);
    }
    Instant due = now.plus(settings.retry().delay(sent.attempts().waits(), random));
    Move move =
        new Move(
            sent,
            sent.refused(due, now),
            "queued: territory_not_ready / refused (%s); territories are read again, next try %s"
                .formatted(invalid.detail(), due));
    return new NextStep(move, null, true);
  }

  private NextStep putOff(Entry sent, Outcome.RateLimited limited, Instant now, double random) {
    Duration floor = limited.retryAfter();
    Duration wait = settings.retry().delay(sent.attempts().waits(), random);
    Duration longer = floor == null || wait.compareTo(floor) > 0 ? wait : floor;
    Entry later =
        sent.postponed(
            QueueReason.CRM_UNAVAILABLE, now.plus(longer), sent.attempts().putOff(), now);
    return free(sent, later, limited, floor);
  }

  /** It waits as long as the gate, and a little longer by chance; no backoff of its own grows. */
  private NextStep shut(Entry sent, Outcome.GateShut shut, Instant now, double random) {
    Instant due = now.plus(shut.rest()).plusMillis((long) (1_000 * random));
    Entry later = sent.postponed(QueueReason.CRM_UNAVAILABLE, due, sent.attempts(), now);
    return free(sent, later, shut, shut.rest());
  }

  private NextStep paused(Entry sent, Outcome.Unauthorized unauthorized, Instant now) {
    Instant due = now.plus(settings.tokenPause());
    Entry later = sent.postponed(QueueReason.CRM_PAUSED, due, sent.attempts().putOff(), now);
    return free(sent, later, unauthorized, settings.tokenPause());
  }

  private static NextStep free(Entry sent, Entry later, Outcome outcome, @Nullable Duration hold) {
    QueueReason reason = later.reason();
    String note =
        "queued: %s (%s); costs no attempt, next try %s"
            .formatted(reason == null ? "" : reason.word(), outcome.detail(), later.due());
    return new NextStep(new Move(sent, later, note), hold, false);
  }

  private record Chance(Instant now, double random) {}

  private NextStep failed(Entry sent, String detail, @Nullable Duration retryAfter, Chance chance) {
    Instant now = chance.now();
    Attempts spent = sent.attempts().failed(now);
    if (exhausted(spent, now)) {
      return parked(sent, ParkReason.ATTEMPTS_EXHAUSTED, detail, now);
    }
    Duration wait = settings.retry().delay(sent.attempts().spent(), chance.random());
    Instant due =
        now.plus(retryAfter == null || wait.compareTo(retryAfter) > 0 ? wait : retryAfter);
    Move move =
        new Move(
            sent,
            sent.postponed(QueueReason.CRM_UNAVAILABLE, due, spent, now),
            "queued: crm_unavailable (%s); attempt %d of %d failed, next try %s"
                .formatted(detail, spent.spent(), settings.maxAttempts(), due));
    return new NextStep(move, retryAfter, false);
  }

  private boolean exhausted(Attempts spent, Instant now) {
    Instant since = spent.failingSince();
    return spent.spent() >= settings.maxAttempts()
        || (since != null && !now.isBefore(since.plus(settings.maxTime())));
  }

  static NextStep parked(Entry sent, ParkReason why, String detail, Instant now) {
    return NextStep.of(
        new Move(sent, sent.parked(why, now), "parked: " + why.word() + " (" + detail + ")"));
  }
}
