package io.bailiwick.bench;

import com.sun.management.OperatingSystemMXBean;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.RuleFiles;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What large rulebooks cost before they serve: to compile a thousand rules and ten thousand, and to
 * check them beside a lookup table of a hundred thousand rows. CPU time of the process, since the
 * compiler works in several threads.
 */
final class ScaleCost {

  private static final int SOME = 1_000;
  private static final int MANY = 10_000;
  private static final int ROWS = 100_000;
  private static final double BOUND = 12;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ScaleCost() {}

  /** Compiles some rules, and ten times as many. */
  static void compile() {
    seconds("to warm up", () -> Cpu.rulebook(files(SOME, 0)).close());
    double some = seconds(SOME + " rules", () -> Cpu.rulebook(files(SOME, 0)).close());
    double many = seconds(MANY + " rules", () -> Cpu.rulebook(files(MANY, 0)).close());
    System.out.printf("ratio %.1f (at most %.0f)%n", many / some, BOUND);
    if (many / some > BOUND) {
      throw new IllegalStateException("the ratio is above " + BOUND);
    }
  }

  /** Checks so many rules. */
  static void check(List<String> arguments) {
    int rules = arguments.isEmpty() ? SOME : Integer.parseInt(arguments.get(0));
    try (Rulebook rulebook = Cpu.rulebook(files(rules, ROWS))) {
      Map<Finding.Kind, Integer> kinds = new EnumMap<>(Finding.Kind.class);
      seconds(
          "check of %,d rules and %,d rows".formatted(rules, ROWS),
          () ->
              rulebook
                  .check(null, Workload.NOW)
                  .toCompletableFuture()
                  .join()
                  .forEach(finding -> kinds.merge(finding.kind(), 1, Integer::sum)));
      System.out.println(kinds);
    }
  }

  private static double seconds(String what, Runnable work) {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    work.run();
    double seconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    System.out.printf(
        "%s: %.1f s of CPU, %.1f s%n", what, seconds, (System.nanoTime() - wall) / 1e9);
    return seconds;
  }

  /** Rules of ten kinds, each kind with its salience, an owner's table and a catch-all. */
  private static RuleFiles files(int rules, int rows) {
    var drl = new StringBuilder();
    for (int i = 0; i < rules; i++) {
      drl.append(rule("R" + i, i % 10 * 10, when(i, rows > 0), "\"T" + i % 50 + "\""));
    }
    drl.append(rule("All", -100, "Lead( )", "\"T0\""));
    if (rows == 0) {
      return new RuleFiles(Map.of("main.drl", drl.toString()));
    }
    drl.append(rule("Owned", 90, "Accounts( $o : owner )", "$o"));
    var csv = new StringBuilder("domain: key emailDomain, segment, owner: territory\n");
    for (int i = 0; i < rows; i++) {
      csv.append("d%d.example, s%d, T%d%n".formatted(i, i % 10, i % 50));
    }
    return new RuleFiles(Map.of("main.drl", drl.toString(), "accounts.csv", csv.toString()));
  }

  private static String when(int i, boolean table) {
    String row = table ? " Accounts( segment == \"s1\" )" : "";
    String asked =
        switch (i % 10) {
          case 0 -> "country == \"US\", city == \"City %d\", employees >= 10".formatted(i);
          case 1 -> "country in (\"DE\", \"FR\"), industry == \"I%d\"".formatted(i);
          case 2 -> "employees >= %d, employees < %d".formatted(i * 10, (i + 10) * 10);
          case 3 -> "country == \"GB\", postalCode == \"P%d\"".formatted(i);
          case 4 -> "region in (\"CA\", \"OR\"), product == \"P%d\"".formatted(i);
          case 5 -> "city == \"City %d\" || industry == \"J%d\"".formatted(i, i);
          case 6 -> "country != null, country != \"US\", campaign == \"K%d\"".formatted(i);
          case 7 -> "source == \"s%d\"".formatted(i);
          case 8 ->
              "annualRevenue > %d, annualRevenue <= %d".formatted(i * 1000, (i + 9) * 1000)
                  + ", country == \"US\"";
          default -> "emailDomain in (\"a%d.example\", \"b%d.example\")".formatted(i, i);
        };
    return "Lead( " + asked + " )" + (i % 10 == 7 ? row : "");
  }

  private static String rule(String name, int salience, String when, String territory) {
    return "rule \"%s\" salience %d when %s $t : Territory( name == %s ) then route.to($t); end%n"
        .formatted(name, salience, when, territory);
  }
}
