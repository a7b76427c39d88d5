package io.bailiwick.bench;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.RuleFiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;

/** What all measurements share: the CPU time of this thread, medians, and how rules compile. */
final class Cpu {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Cpu() {}

  /** On a busy machine wall time says nothing. */
  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static Rulebook rulebook(RuleFiles files) {
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "bench");
    Compilation compilation = RulebookCompiler.compile(files, settings);
    if (compilation instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    var flaw = ((Compilation.Refused) compilation).flaws().get(0);
    throw new IllegalStateException("the benchmark's rules do not compile: " + flaw.told());
  }
}
