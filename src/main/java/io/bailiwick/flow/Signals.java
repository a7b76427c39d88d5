package io.bailiwick.flow;

import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Hears of each transition once, on the flow's thread; must return at once and never throw. */
public interface Signals {

  /** Takes note. */
  void tell(Signal signal);

  /** What the flow tells. */
  sealed interface Signal {

    /** A lead was accepted, and is durable. */
    record Accepted(Entry entry) implements Signal {}

    /** A lead was moved, and the move is durable. */
    record Moved(Move move) implements Signal {}

    /** A reading differed from the last; so many waiting leads are decided again. */
    record TerritoriesChanged(TerritorySnapshot snapshot, Set<String> names, int woken)
        implements Signal {}

    /** A reading was the same as the last. */
    record TerritoriesRead(TerritorySnapshot snapshot) implements Signal {}

    /** Reading failed, perhaps as we were not let in; the last complete snapshot is kept. */
    record TerritoriesFailed(String detail, @Nullable AccessTrouble trouble) implements Signal {}

    /** So many leads were judged together, in so long. */
    record Judged(int leads, Duration took) implements Signal {}

    /** The CRM's answer to an attempt; the move that follows from it is told for itself. */
    record Attempted(Entry sent, Outcome outcome, Duration took) implements Signal {}

    /** So many calls are on their way to the CRM, of so many that may be. */
    record InFlight(int calls, int most) implements Signal {}

    /** No assignment is sent before this instant. */
    record SendingHeld(Instant until, String why) implements Signal {}

    /** From this start on, the version of this publication serves. */
    record Serving(Publication publication) implements Signal {}

    /** A version began to serve; it is in the journal. */
    record Published(Publication publication) implements Signal {}

    /** So many waiting leads that other rules can move were made due. */
    record RulesWoke(int leads) implements Signal {}

    /** A candidate was taken up; it comes in place of an earlier one of its name. */
    record CandidateTaken(Candidate candidate) implements Signal {}

    /** A candidate may not serve; it says why. What serves is untouched. */
    record CandidateRefused(Candidate candidate) implements Signal {}

    /** A candidate is proved, and serves when it is approved. */
    record CandidateWaits(Candidate candidate) implements Signal {}

    /** A candidate has the rules that serve already; its other files and fixtures were kept. */
    record CandidateKept(Candidate candidate) implements Signal {}

    /** {@code rules/} is again as it was last taken. */
    record CandidateWithdrawn(Candidate candidate) implements Signal {}

    /** {@code rules/} holds this version, which was taken before, and another one serves. */
    record RulesDiffer(String rules, Publication serving) implements Signal {}

    /** {@code rules/} or the fixtures cannot be read; what serves is untouched. */
    record RulesUnreadable(String detail) implements Signal {}

    /** A candidate judges live leads from now on, without consequence. */
    record ShadowStarted(ShadowRun run) implements Signal {}

    /** The shadow judged a lead that was judged; so its decision differs, or not. */
    record ShadowCompared(Change change) implements Signal {}

    /** The shadow lags behind, and was spared so many leads. */
    record ShadowSkipped(int leads) implements Signal {}

    /** It judges no more; this is what it came to. */
    record ShadowEnded(ShadowStanding last, Shadow.End end) implements Signal {}

    /** An audit finished and is in the journal; its findings follow, each for itself. */
    record AuditFinished(AuditReport report) implements Signal {}

    /** An audit found what the one before it had not found. */
    record FindingNew(AuditFinding finding, AuditReport report) implements Signal {}

    /** An audit found again what the one before it had found. */
    record FindingStill(AuditFinding finding, AuditReport report) implements Signal {}

    /** What the audit before had found is so no more. */
    record FindingCleared(AuditFinding finding, AuditReport report) implements Signal {}

    /** The audit of these days never ran: no service did. One audit catches up for all. */
    record AuditMissed(String firstDay, String lastDay, int days) implements Signal {}

    /** An audit could not be brought to its end; it is tried again then, null for not at all. */
    record AuditFailed(String why, @Nullable Instant again) implements Signal {}

    /** A job began, was stopped, resumed, or is done; it is kept. */
    record JobChanged(Job job) implements Signal {}

    /** Nothing is sent any more; it is kept. */
    record SendingPaused(Pause pause) implements Signal {}

    /** Sending goes on; so many waiting leads are due. */
    record SendingResumed(@Nullable String who, int woken) implements Signal {}

    /** So many leads were erased; {@code who} asked for it, where somebody said so. */
    record Erased(int leads, Cause cause, @Nullable String who) implements Signal {

      /** Why. */
      public enum Cause {
        /** A person asked for it. */
        ASKED,
        /** They were kept long enough. */
        RETENTION;

        /** Its name in metrics. */
        public String word() {
          return name().toLowerCase(java.util.Locale.ROOT);
        }
      }
    }

    /** A lead waits longer than this limit allows; told once for each limit that it passes. */
    record WaitedTooLong(Entry entry, RuleHit limit) implements Signal {}

    /** Something that must not happen did; {@code what} names it for whoever mends it. */
    record Trouble(String what, Throwable cause) implements Signal {}
  }
}
