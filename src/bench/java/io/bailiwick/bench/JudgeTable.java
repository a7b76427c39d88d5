package io.bailiwick.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a decision costs by kinds of rules, by territories and by rules, beside Drools alone: a
 * table, the ratios, and how both grow. {@code judge [KIND…] [RULES]} measures less.
 */
final class JudgeTable {

  private static final int[] TERRITORIES = {10, 1_000, 100_000};
  private static final int[] RULES = {10, 100, 1_000, 10_000};
  private static final int SAMPLES = 11;
  private static final double COST = 1.3;
  private static final double GROWTH = 1.2;

  private record Cost(Workload.Kind kind, int rules, int territories, double ours, double bare) {

    double ratio() {
      return ours / bare;
    }
  }

  private final List<Cost> costs = new ArrayList<>();

  private JudgeTable() {}

  static void print(List<String> arguments) {
    new JudgeTable().run(arguments);
  }

  private void run(List<String> arguments) {
    int most = RULES[RULES.length - 1];
    List<Workload.Kind> kinds = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.matches("[0-9]+")) {
        most = Integer.parseInt(argument);
      } else {
        kinds.add(Workload.Kind.valueOf(argument.toUpperCase(Locale.ROOT)));
      }
    }
    System.out.println("CPU time of a decision in microseconds, medians; ours with its receipt");
    System.out.printf(
        "%-8s %7s %8s %8s %8s %6s%n", "rules", "count", "territ.", "ours", "bare", "");
    for (Workload.Kind kind : kinds.isEmpty() ? List.of(Workload.Kind.values()) : kinds) {
      measure(kind, most);
    }
    growth();
  }

  private void measure(Workload.Kind kind, int most) {
    Set<String> work = new TreeSet<>();
    for (int territories : TERRITORIES) {
      work.add(kind + "/" + someRules(kind) + "/" + territories);
    }
    for (int rules : RULES) {
      if (rules <= Math.min(most, mostBare(kind))) {
        work.add(kind + "/" + rules + "/" + someTerritories(kind));
      }
    }
    List<Cost> found =
        JudgeRun.costs(work, SAMPLES).stream()
            .map(
                cost ->
                    new Cost(
                        cost.kind(),
                        cost.rules(),
                        cost.territories(),
                        median(cost.ours()),
                        median(cost.bare())))
            .toList();
    found.forEach(
        cost ->
            System.out.printf(
                "%-8s %,7d %,8d %8.2f %8.2f %6.2f%s%n",
                cost.kind().name().toLowerCase(Locale.ROOT),
                cost.rules(),
                cost.territories(),
                cost.ours(),
                cost.bare(),
                cost.ratio(),
                cost.ratio() > COST ? " above " + COST : ""));
    costs.addAll(found);
  }

  /** Drools keeps each territory once for each rule that joins it, so not many of both. */
  private static int someRules(Workload.Kind kind) {
    return joins(kind) ? 10 : 100;
  }

  private static int someTerritories(Workload.Kind kind) {
    return joins(kind) ? 100 : 1_000;
  }

  /**
   * Drools alone, with the table in its session, pairs every row with every rule: with ten thousand
   * rules it comes to no first answer in ten minutes, so there is nothing to be held against.
   */
  private static int mostBare(Workload.Kind kind) {
    return kind == Workload.Kind.LOOKUP ? 1_000 : Integer.MAX_VALUE;
  }

  private static boolean joins(Workload.Kind kind) {
    return kind == Workload.Kind.JOINED || kind == Workload.Kind.LOOKUP;
  }

  /** From the fewest to the most, each against Drools' own. */
  private void growth() {
    Map<String, List<Cost>> lines = new HashMap<>();
    for (Cost cost : costs) {
      if (cost.rules() == someRules(cost.kind())) {
        lines.computeIfAbsent(cost.kind() + " by territories", k -> new ArrayList<>()).add(cost);
      }
      if (cost.territories() == someTerritories(cost.kind())) {
        lines.computeIfAbsent(cost.kind() + " by rules", k -> new ArrayList<>()).add(cost);
      }
    }
    System.out.println("growth from the fewest to the most");
    lines.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            line -> {
              List<Cost> all = line.getValue();
              Cost first = all.get(0);
              Cost last = all.get(all.size() - 1);
              double ours = last.ours() / first.ours();
              double bare = last.bare() / first.bare();
              System.out.printf(
                  "%-22s ours %6.2f bare %6.2f ratio %5.2f%s%n",
                  line.getKey().toLowerCase(Locale.ROOT),
                  ours,
                  bare,
                  ours / bare,
                  ours / bare > GROWTH ? " above " + GROWTH : "");
            });
  }

  private static double median(List<Double> values) {
    return Cpu.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
