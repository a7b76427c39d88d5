package io.bailiwick.flow;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import io.bailiwick.lead.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Compiled rules. Deciding is pure: the same leads, snapshot and instant give the same decisions. A
 * rule that throws or fires without end gives a {@code rule_error} decision, never a failed stage.
 */
public interface Rulebook extends AutoCloseable {

  /** A lead to be decided; {@code waiting} is null where it is not known to wait. */
  record Asked(Lead lead, @Nullable Waiting waiting) {

    /** As it was asked when that receipt was made. */
    public static Asked of(Lead lead, Receipt receipt) {
      return new Asked(lead, receipt.waited() == null ? null : receipt.waited().waiting());
    }
  }

  /**
   * After how long it is to be seen whether anybody works on a lead that was assigned to that
   * territory; empty where the rules do not ask.
   */
  Optional<Duration> untouched(String territory);

  /** SHA-256 over all files that can change a decision. */
  String hash();

  /**
   * Every rule with its place; the territory is the one it names, null for readiness rules. A rule
   * that names several stands several times.
   */
  List<RuleHit> rules();

  /** Which territories its rules and lookup rows name. */
  TerritoryUses uses();

  /** Decides each lead beside the territories of the snapshot; answers in their order. */
  CompletionStage<List<Decision>> judge(List<Asked> asked, TerritorySnapshot snapshot, Instant at);

  /** Decides each lead as one that does not wait. */
  default CompletionStage<List<Decision>> decide(
      List<Lead> leads, TerritorySnapshot snapshot, Instant at) {
    return judge(leads.stream().map(lead -> new Asked(lead, null)).toList(), snapshot, at);
  }

  /**
   * What is wrong with the rules though they compile: what they name is compared with the snapshot,
   * null for none, and each example is decided at this instant or later. May take seconds of CPU.
   */
  CompletionStage<List<Finding>> check(@Nullable TerritorySnapshot snapshot, Instant at);

  /** Whether its rules passed the guard; else they are code that nobody but their team read. */
  boolean guarded();

  /** The attributes that rules have declared as fields, in lower case. */
  Set<String> declaredAttributes();

  /** What can be asked of the rules besides; empty where they are code that nobody read. */
  Optional<Probes> probes();

  /** Ends the judging threads; leads being judged are finished first. */
  @Override
  void close();
}
