package io.bailiwick.replay.mutation;

import io.bailiwick.flow.Probes;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which conditions the fixtures reach, and how: a condition is reached where all those before it in
 * its rule hold.
 *
 * @param conditions in the rules' order
 */
public record ConditionCoverage(List<Reached> conditions) {

  /**
   * One condition of one rule.
   *
   * @param passing names of fixtures that reach it and pass
   * @param failing names of fixtures that reach it and fail
   */
  public record Reached(RuleHit rule, String text, List<String> passing, List<String> failing) {

    public Reached {
      passing = List.copyOf(passing);
      failing = List.copyOf(failing);
    }

    /** Whether some fixture passes it and some other fails it. */
    public boolean both() {
      return !passing.isEmpty() && !failing.isEmpty();
    }
  }

  public ConditionCoverage {
    conditions = List.copyOf(conditions);
  }

  /** Of the fixtures' leads. */
  public static ConditionCoverage of(Fixtures fixtures, Probes probes) {
    Map<String, Gathered> byPlace = new LinkedHashMap<>();
    for (LeadCase one : fixtures.leads()) {
      var snapshot = Replay.snapshot(fixtures.territories(), one.at());
      for (RuleTrace trace : probes.trace(one.lead(), snapshot, one.at())) {
        take(trace, one.name(), byPlace);
      }
    }
    return new ConditionCoverage(byPlace.values().stream().map(Gathered::reached).toList());
  }

  /** How many are passed by some fixture and failed by some other. */
  public long reachedBothWays() {
    return conditions.stream().filter(Reached::both).count();
  }

  private static void take(RuleTrace trace, String fixture, Map<String, Gathered> byPlace) {
    boolean reached = true;
    int number = 0;
    for (RuleTrace.Condition condition : trace.conditions()) {
      String key = trace.rule().place() + " " + number++;
      Gathered gathered = byPlace.get(key);
      if (gathered == null) {
        gathered = new Gathered(trace.rule(), condition.text());
        byPlace.put(key, gathered);
      }
      if (reached) {
        (condition.holds() ? gathered.passing : gathered.failing).add(fixture);
      }
      reached &= condition.holds();
    }
  }

  private static final class Gathered {
    private final RuleHit rule;
    private final String text;
    private final List<String> passing = new ArrayList<>();
    private final List<String> failing = new ArrayList<>();

    Gathered(RuleHit rule, String text) {
      this.rule = rule;
      this.text = text;
    }

    Reached reached() {
      return new Reached(rule, text, passing, failing);
    }
  }
}
