package io.bailiwick.drools;

import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Receipt.RunnerUp;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;

/** Gathers a receipt while its decision is made. */
final class ReceiptDraft {

  /** The engine's version; not read from a jar, since ours has no manifest of Drools. */
  static final String DROOLS = "10.2.0";

  private final Lead lead;
  private final TerritorySnapshot snapshot;
  private final Instant at;
  private @Nullable RuleHit winner;
  private @Nullable RuleHit readiness;
  private List<RunnerUp> runnersUp = List.of();
  private List<String> blockers = List.of();
  private @Nullable String detail;

  ReceiptDraft(Lead lead, TerritorySnapshot snapshot, Instant at) {
    this.lead = lead;
    this.snapshot = snapshot;
    this.at = at;
  }

  ReceiptDraft proposals(Proposals proposals) {
    Proposals.Proposal best = proposals.winner();
    winner = best == null ? null : best.hit();
    runnersUp = proposals.runnersUp();
    return this;
  }

  ReceiptDraft readiness(@Nullable RuleHit rule, List<String> all) {
    readiness = rule;
    blockers = all;
    return this;
  }

  ReceiptDraft detail(String sentence) {
    detail = sentence;
    return this;
  }

  Receipt receipt(String rulebook, String version) {
    return new Receipt(
        LeadJson.digest(lead),
        winner,
        readiness,
        runnersUp,
        blockers,
        detail,
        rulebook,
        snapshot.id(),
        at,
        version,
        DROOLS,
        null,
        null);
  }
}
