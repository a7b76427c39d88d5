package io.bailiwick.bench;

import io.bailiwick.bench.measure.Ground;
import io.bailiwick.bench.measure.Measure;
import io.bailiwick.bench.measure.Plan;
import io.bailiwick.bench.report.Machine;
import io.bailiwick.bench.report.Recorded;
import io.bailiwick.bench.report.Report;
import io.bailiwick.bench.report.Results;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Bailiwick beside its limits, and says so where it became worse than it was. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Bailiwick beside its limits, all in one run, and writes target/bench.md and"
          + " target/bench.json.",
      "The machine should have nothing else to do."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and nothing worse than recorded",
      "1:could not be measured",
      "3:something is worse than recorded by more than noise",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/bench                          everything, in its quick form",
      "  bin/bench --long --record          what figures are quoted from, recorded",
      "  bin/bench --only accept --only put one or two measures",
      "  bin/bench --list                   the measures",
      "  bin/bench judge LITERAL 1000       a program alone: territories, judge, lookup,",
      "                                     leads, journal, heap, compile, publish, check"
    })
final class BenchCommand implements Callable<Integer> {

  private static final Path WORK = Path.of("target", "bench");
  private static final Path TARGET = Path.of("target");
  private static final Path RECORDED = Path.of("src", "bench", "recorded.json");
  private static final int LEAST_ROUNDS = 3;
  private static final int LEAST_LEADS = 1_000;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Only this measure; several may be named.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--long", description = "More and longer rounds, a million leads, whole curves.")
  private boolean longForm;

  @Option(names = "--record", description = "Writes what was found to src/bench/recorded.json.")
  private boolean record;

  @Option(names = "--rounds", paramLabel = "N", description = "Samples of each, at least 3.")
  private @Nullable Integer rounds;

  @Option(names = "--seconds", paramLabel = "S", description = "How long a round of load lasts.")
  private @Nullable Double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "How long each is warmed up at most (30; 180 with --long).")
  private @Nullable Double warmUp;

  @Option(names = "--waiting", paramLabel = "LEADS", description = "Leads that wait.")
  private @Nullable Long waiting;

  @Option(names = "--history", paramLabel = "LEADS", description = "Leads of the past.")
  private @Nullable Long history;

  @Option(names = "--replayed", paramLabel = "LEADS", description = "Leads that are replayed.")
  private @Nullable Integer replayed;

  @Option(names = "--list", description = "Lists the measures, and measures nothing.")
  private boolean list;

  @Spec private CommandSpec spec;

  private final PrintStream err = System.err;

  @Override
  public Integer call() throws IOException {
    if (list) {
      Measures.ALL.forEach(one -> System.out.printf("%-10s %s%n", one.name(), one.says()));
      return 0;
    }
    Plan plan = plan();
    List<Measure> asked = asked();
    try (var ground = new Ground(WORK, plan, err)) {
      return end(measured(ground, asked));
    }
  }

  private Report measured(Ground ground, List<Measure> asked) throws IOException {
    String words = String.join(" ", spec.commandLine().getParseResult().originalArgs());
    Machine machine = Machine.here(WORK, String.join(" ", ground.flags()));
    var report =
        new Report(
            Results.of(),
            List.of(),
            Recorded.read(RECORDED),
            machine,
            ("bin/bench " + words).strip(),
            Instant.now(),
            load());
    for (Measure one : asked) {
      err.printf("%s: %s%n", one.name(), one.says());
      try {
        report = report.and(one.run(ground));
      } catch (Exception trouble) {
        // The others are worth having all the same.
        trouble.printStackTrace(err);
        report = report.without(one.name() + ": " + trouble.getMessage());
      }
      // After each, so that a run that is broken off has told something.
      report.write(TARGET);
    }
    return report;
  }

  private int end(Report report) {
    System.out.println("target/bench.md and target/bench.json are written");
    if (record) {
      report.recorded().with(report.results()).write(RECORDED);
      System.out.println(RECORDED + " is written");
    } else if (!report.regressed().isEmpty()) {
      err.println("worse than recorded by more than noise:\n" + report.complaint());
      return 3;
    }
    report.failed().forEach(why -> err.println("not measured: " + why));
    return report.failed().isEmpty() ? 0 : 1;
  }

  private List<Measure> asked() {
    List<Measure> asked = new ArrayList<>();
    for (String name : only) {
      asked.add(
          Measures.ALL.stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow(() -> wrong("no measure is named " + name + "; see --list")));
    }
    return asked.isEmpty() ? Measures.ALL : asked;
  }

  private Plan plan() {
    Plan plan = longForm ? Plan.whole() : Plan.quick();
    plan = rounds == null ? plan : plan.rounds(rounds);
    plan = seconds == null ? plan : plan.seconds(seconds);
    plan = warmUp == null ? plan : plan.warmUp(warmUp);
    Plan.Leads usual = plan.leads();
    var leads =
        new Plan.Leads(
            waiting == null ? usual.waiting() : waiting,
            history == null ? usual.history() : history,
            replayed == null ? usual.replayed() : replayed);
    if (plan.rounds() < LEAST_ROUNDS || plan.seconds() <= 0) {
      throw wrong("at least " + LEAST_ROUNDS + " rounds, each longer than nothing");
    }
    if (Math.min(leads.waiting(), Math.min(leads.history(), leads.replayed())) < LEAST_LEADS) {
      throw wrong("at least %,d leads".formatted(LEAST_LEADS));
    }
    return plan.leads(leads);
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
  }
}
