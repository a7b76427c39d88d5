package io.bailiwick.flow;

import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The part of the journal by which instances agree on audits: the audit of a day is one's for the
 * time of a lease, is taken up again where its holder died, and is finished once.
 */
public interface AuditBook extends AuditLog {

  /** How many finished audits are kept; older ones are forgotten. */
  int KEPT = 1_000;

  /** Whose the audit of a day is. */
  enum Claim {
    /** The caller's, until its lease ends. */
    TAKEN,
    /** Another's, whose lease has not ended. */
    HELD,
    /** Finished, or a later day's is. */
    DONE
  }

  /**
   * The answer to a claim.
   *
   * @param until when the other's lease ends; null but for HELD
   * @param lastDay the last day whose audit was finished; null before the first
   */
  record Claimed(Claim claim, @Nullable Instant until, @Nullable String lastDay) {}

  /**
   * Asks for the audit of a local day ({@code 2026-11-24}). A holder that asks again has its lease
   * prolonged.
   *
   * @param holder names the caller among all instances
   * @param until when the lease is to end, if it is had
   */
  CompletionStage<Claimed> claim(String day, String holder, Instant now, Instant until);

  /** What became of a finished report. */
  enum Kept {
    KEPT,
    /** The day's audit is another's, or finished: this one never was. */
    LOST,
    /** Another audit than the one it was compared with is the last: compare with that one. */
    OUTDATED
  }

  /**
   * The last report, where its findings were kept and not yet told: its process ended in between.
   */
  CompletionStage<Optional<AuditReport>> untold();

  /** The findings of this report were told. */
  CompletionStage<Void> told(String id);

  /** Keeps a report as the last one, and finishes its day where it has one, in one commit. */
  CompletionStage<Kept> keep(AuditReport report, String holder);
}
