package io.bailiwick.bench;

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
 * Parts of a lead's way alone, each beside the least that does the like; in turn, in one JVM. Wall
 * time: where the disk is a part of it, CPU time says little.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 7, time = 1)
public class PartsBenchmark {

  /** The name of a {@link Part}. */
  @Param("READ")
  public String work;

  private Part.Pair pair;

  /** Opens what the part needs. */
  @Setup
  public void open() throws Exception {
    pair = Part.valueOf(work).open();
  }

  /** Closes it. */
  @TearDown
  public void close() throws Exception {
    pair.close();
  }

  /** A batch by the one, then by the other. */
  @Benchmark
  public void pair(Spent spent, Blackhole sink) throws Exception {
    pair.prepare();
    long begin = System.nanoTime();
    sink.consume(pair.bare());
    long middle = System.nanoTime();
    sink.consume(pair.ours());
    spent.bare += middle - begin;
    spent.ours += System.nanoTime() - middle;
    spent.leads += Part.BATCH;
  }
}
