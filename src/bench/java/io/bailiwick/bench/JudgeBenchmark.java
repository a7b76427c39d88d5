package io.bailiwick.bench;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A decision with its receipt against Drools alone doing the same rules: in turn, the same leads,
 * in one JVM, each by the CPU time of the thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 11, time = 1)
public class JudgeBenchmark {

  /** {@code kind/rules/territories}. */
  @Param("LITERAL/100/1000")
  public String work;

  private Rulebook rulebook;
  private BareDrools bare;
  private TerritorySnapshot snapshot;
  private List<Lead> leads;

  /** Compiles both, and sees that both assign every lead to the same territory. */
  @Setup
  public void compile() {
    String[] parts = work.split("/");
    var workload =
        new Workload(
            Workload.Kind.valueOf(parts[0]),
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]));
    rulebook = Cpu.rulebook(workload.files());
    bare = new BareDrools(workload);
    snapshot = workload.snapshot();
    leads = workload.leads();
    List<Decision> decisions = decide();
    for (int i = 0; i < leads.size(); i++) {
      var best = bare.decide(leads.get(i));
      var ours = decisions.get(i).territory();
      if (best == null || ours == null || !best.name().equals(ours.name())) {
        throw new IllegalStateException(leads.get(i) + ": " + decisions.get(i) + ", bare " + best);
      }
    }
  }

  /** Lets go of the sessions. */
  @TearDown
  public void close() {
    rulebook.close();
    bare.close();
  }

  /** All leads by the one, then by the other. */
  @Benchmark
  public void pair(Spent spent, Blackhole sink) {
    long begin = Cpu.nanos();
    for (Lead lead : leads) {
      sink.consume(bare.decide(lead));
    }
    long middle = Cpu.nanos();
    sink.consume(decide());
    spent.bare += middle - begin;
    spent.ours += Cpu.nanos() - middle;
    spent.leads += leads.size();
  }

  private List<Decision> decide() {
    return rulebook.decide(leads, snapshot, Workload.NOW).toCompletableFuture().join();
  }
}
