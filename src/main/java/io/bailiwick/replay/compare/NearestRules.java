package io.bailiwick.replay.compare;

import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Finds, for each lead that no rule matches any more, the rule that came nearest. */
public final class NearestRules {

  private static final int LEADS_MAX = 2_000;

  private NearestRules() {}

  /** The territories beside which a lead was judged, and when. */
  public record Beside(TerritorySnapshot snapshot, Instant at) {}

  /** By the lead's place; none where the rules are code that nobody read. */
  public static Map<String, RuleTrace> of(
      Comparison comparison, Rulebook candidate, Function<Changed, Beside> beside) {
    Probes probes = candidate.probes().orElse(null);
    Map<String, RuleTrace> nearest = new HashMap<>();
    if (probes == null) {
      return nearest;
    }
    for (Changed one : comparison.changed()) {
      if (one.change() == Change.UNMATCHED && nearest.size() < LEADS_MAX) {
        Beside when = beside.apply(one);
        probes.trace(one.row().lead(), when.snapshot(), when.at()).stream()
            .filter(trace -> trace.rule().territory() != null)
            .min(
                Comparator.comparingInt(
                        (RuleTrace trace) -> trace.conditions().size() - trace.passed())
                    .thenComparingInt(trace -> -trace.passed()))
            .ifPresent(trace -> nearest.put(one.row().place(), trace));
      }
    }
    return nearest;
  }
}
