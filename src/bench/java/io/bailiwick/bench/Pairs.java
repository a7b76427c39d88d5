package io.bailiwick.bench;

import io.bailiwick.bench.process.Java;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH benchmarks that do the same work twice, ours and a bare one, in turn in one fork, and
 * brings their samples home. They have one parameter, {@code work}, and count with {@link Spent}.
 */
public final class Pairs {

  /** Microseconds a lead, ours and the bare one's, sample by sample. */
  public record Pair(String work, List<Double> ours, List<Double> bare) {}

  private Pairs() {}

  /** Of each work so many samples, each of a second. */
  static List<Pair> of(Class<?> benchmark, Collection<String> work, int samples) {
    // JMH's forks take theirs from here.
    System.setProperty("java.class.path", Java.classPath());
    var options =
        new OptionsBuilder()
            .include(benchmark.getName())
            .param("work", work.toArray(String[]::new))
            .measurementIterations(samples)
            .jvmArgs("-Xmx3g", "-XX:+UseSerialGC")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return new Runner(options).run().stream().map(Pairs::pair).toList();
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Pair pair(RunResult result) {
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
    return new Pair(result.getParams().getParam("work"), ours, bare);
  }
}
