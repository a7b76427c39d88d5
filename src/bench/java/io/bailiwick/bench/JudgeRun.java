package io.bailiwick.bench;

import io.bailiwick.bench.process.Java;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

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
  public static List<Cost> costs(Collection<String> work) {
    // JMH's forks take theirs from here.
    System.setProperty("java.class.path", Java.classPath());
    var options =
        new OptionsBuilder()
            .include(JudgeBenchmark.class.getName())
            .param("work", work.toArray(String[]::new))
            .jvmArgs("-Xmx3g", "-XX:+UseSerialGC")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      List<Cost> costs = new ArrayList<>();
      new Runner(options).run().forEach(result -> costs.add(cost(result)));
      costs.sort(Comparator.comparingInt(Cost::territories).thenComparingInt(Cost::rules));
      return costs;
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cost cost(RunResult result) {
    String[] work = result.getParams().getParam("work").split("/");
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        var spent = iteration.getSecondaryResults();
        double leads = spent.get("leads").getScore();
        ours.add(spent.get("ours").getScore() / leads / 1000);
        bare.add(spent.get("bare").getScore() / leads / 1000);
      }
    }
    return new Cost(
        Workload.Kind.valueOf(work[0]),
        Integer.parseInt(work[1]),
        Integer.parseInt(work[2]),
        ours,
        bare);
  }
}
