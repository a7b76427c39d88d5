package io.bailiwick.replay.compare;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.replay.ReplayResult;
import java.util.List;
import java.util.Map;

/**
 * A comparison with all that decides whether the change may be published.
 *
 * @param fixtures what the newer rules make of the fixtures; null where none were run
 * @param guardrails each with what was seen
 * @param nearest for leads that fell out, by their place, the rule that came nearest
 */
public record Verdict(
    Comparison comparison,
    @Nullable ReplayResult fixtures,
    List<Guardrails.Seen> guardrails,
    Map<String, RuleTrace> nearest) {

  public Verdict {
    guardrails = List.copyOf(guardrails);
    nearest = Map.copyOf(nearest);
  }

  /** Whether every guardrail and expectation holds. */
  public boolean publishable() {
    return guardrails.stream().allMatch(Guardrails.Seen::kept)
        && (fixtures == null || fixtures.exitStatus() == 0);
  }

  /** The command's exit: 0 nothing changed, 2 changed within the guardrails, 3 not publishable. */
  public int exitStatus() {
    if (fixtures != null && fixtures.exitStatus() == 1) {
      return 1;
    }
    if (!publishable()) {
      return 3;
    }
    return comparison.changes() > 0 ? 2 : 0;
  }
}
