package io.bailiwick.bench;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.List;

/** What a decision by a lookup table costs with a hundred rows and with a hundred thousand. */
final class LookupCost {

  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int SAMPLES = 15;
  private static final long SAMPLE_NANOS = 150_000_000L;
  private static final long WARM_UP_NANOS = 5_000_000_000L;
  private static final double BOUND = 1.2;

  private record Side(Rulebook rulebook, TerritorySnapshot snapshot, List<Lead> leads) {

    static Side of(int rows) {
      var work = new Workload(Workload.Kind.LOOKUP, 10, 10, rows);
      long begin = Cpu.nanos();
      Rulebook rulebook = Cpu.rulebook(work.files());
      System.out.printf(
          "%,7d rows: loaded and compiled in %.1f s of CPU%n", rows, (Cpu.nanos() - begin) / 1e9);
      return new Side(rulebook, work.snapshot(), work.leads());
    }

    double sample() {
      long begin = Cpu.nanos();
      long decisions = 0;
      long spent;
      do {
        decisions +=
            rulebook.decide(leads, snapshot, Workload.NOW).toCompletableFuture().join().size();
        spent = Cpu.nanos() - begin;
      } while (spent < SAMPLE_NANOS);
      return spent / 1000.0 / decisions;
    }
  }

  private LookupCost() {}

  static void print() {
    // The first compilation also loads the compiler itself.
    Side.of(FEW).rulebook().close();
    Side few = Side.of(FEW);
    Side many = Side.of(MANY);
    for (long warm = Cpu.nanos() + WARM_UP_NANOS; Cpu.nanos() < warm; ) {
      few.sample();
      many.sample();
    }
    double[] fewMicros = new double[SAMPLES];
    double[] manyMicros = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      fewMicros[i] = few.sample();
      manyMicros[i] = many.sample();
    }
    few.rulebook().close();
    many.rulebook().close();
    double ratio = Cpu.median(manyMicros) / Cpu.median(fewMicros);
    System.out.printf(
        "%,d rows %.2f us, %,d rows %.2f us CPU a decision, ratio %.2f (at most %.1f)%n",
        FEW, Cpu.median(fewMicros), MANY, Cpu.median(manyMicros), ratio, BOUND);
    if (ratio > BOUND) {
      throw new IllegalStateException("the ratio %.2f is above %.1f".formatted(ratio, BOUND));
    }
  }
}
