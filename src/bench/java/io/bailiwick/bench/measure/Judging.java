package io.bailiwick.bench.measure;

import io.bailiwick.bench.JudgeRun;
import io.bailiwick.bench.report.Curve;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Figure.Pair;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * A decision with its receipt over Drools alone, the same rules and leads in turn in one JVM, by
 * CPU time; and how both grow with territories and rules.
 */
public final class Judging implements Measure {

  private static final String GOAL = "LITERAL/1000/10000";
  private static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000, 100_000);
  private static final int RULES = 1_000;
  private static final int TERRITORIES = 10_000;

  /** Nothing compiled yet. */
  public Judging() {}

  @Override
  public String name() {
    return "judge";
  }

  @Override
  public String says() {
    return "a decision with its receipt, CPU time; over Drools alone; by territories and rules";
  }

  @Override
  public Results run(Ground ground) {
    boolean all = ground.plan().longForm();
    Set<String> work = new TreeSet<>(Set.of(GOAL));
    SIZES.stream()
        .filter(size -> all || size == 10)
        .forEach(size -> work.add("LITERAL/%d/%d".formatted(RULES, size)));
    SIZES.stream()
        .filter(size -> all ? size <= TERRITORIES : size == 10)
        .forEach(size -> work.add("LITERAL/%d/%d".formatted(size, TERRITORIES)));
    List<JudgeRun.Cost> costs = JudgeRun.costs(work, ground.plan().rounds());
    JudgeRun.Cost asked =
        costs.stream()
            .filter(cost -> cost.rules() == RULES && cost.territories() == TERRITORIES)
            .findFirst()
            .orElseThrow();
    var pair = new Pair(new Series(asked.ours()), "bare Drools", new Series(asked.bare()));
    return new Results(
        List.of(
            Figure.over(
                "judge",
                "judge with receipt, 10,000 territories, 1,000 rules, CPU time",
                "µs",
                pair,
                Goal.most(1.3))),
        List.of(
            curve(
                "judge-territories",
                "territories",
                costs.stream().filter(cost -> cost.rules() == RULES).toList(),
                JudgeRun.Cost::territories),
            curve(
                "judge-rules",
                "rules",
                costs.stream().filter(cost -> cost.territories() == TERRITORIES).toList(),
                JudgeRun.Cost::rules)));
  }

  private static Curve curve(
      String name, String across, List<JudgeRun.Cost> costs, ToDoubleFunction<JudgeRun.Cost> size) {
    return new Curve(
        name,
        "A decision by " + across,
        across,
        "µs of CPU a decision",
        costs.stream()
            .map(
                cost -> new Curve.Point(size.applyAsDouble(cost), new Series(cost.ours()).median()))
            .toList());
  }
}
