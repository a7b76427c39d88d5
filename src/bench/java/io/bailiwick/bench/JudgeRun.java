package io.bailiwick.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Runs {@link JudgeBenchmark} in forks and brings its samples home. */
public final class JudgeRun {

  /**
   * CPU time of a decision in microseconds, ours with its receipt and Drools alone, sample by
   * sample.
   */
  public record Cost(
      Workload.Kind kind, int rules, int territories, List<Double> ours, List<Double> bare) {}

  private JudgeRun() {}

  /** Of each work, {@code KIND/RULES/TERRITORIES}; by territories, then by rules. */
  public static List<Cost> costs(Collection<String> work, int samples) {
    return Pairs.of(JudgeBenchmark.class, work, samples).stream()
        .map(JudgeRun::cost)
        .sorted(Comparator.comparingInt(Cost::territories).thenComparingInt(Cost::rules))
        .toList();
  }

  private static Cost cost(Pairs.Pair pair) {
    String[] work = pair.work().split("/");
    return new Cost(
        Workload.Kind.valueOf(work[0]),
        Integer.parseInt(work[1]),
        Integer.parseInt(work[2]),
        pair.ours(),
        pair.bare());
  }
}
