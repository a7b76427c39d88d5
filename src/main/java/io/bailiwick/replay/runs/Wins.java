package io.bailiwick.replay.runs;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.HeardRulebook;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A rulebook that counts how many leads each of its rules settles. */
final class Wins extends HeardRulebook {

  private final Map<String, Long> counts = new HashMap<>();

  Wins(Rulebook rulebook) {
    super(rulebook);
  }

  /** How many leads each rule settled so far, by its name. */
  synchronized Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  @Override
  public CompletionStage<List<Decision>> judge(
      List<Asked> asked, TerritorySnapshot snapshot, Instant at) {
    return rulebook
        .judge(asked, snapshot, at)
        .thenApply(
            decisions -> {
              decisions.forEach(this::count);
              return decisions;
            });
  }

  private synchronized void count(Decision decision) {
    RuleHit hit = decision.receipt().settledBy();
    if (hit != null) {
      counts.merge(hit.rule(), 1L, Long::sum);
    }
  }
}
