package io.bailiwick.bench;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a decision costs with ten territories and with ten thousand, by rules that name theirs. CPU
 * time of the judging thread, receipts included, medians of samples taken in turn in one JVM: on a
 * busy machine wall time says nothing. Ends with status 1 where the ratio is above its bound.
 */
final class TerritoryGrowth {

  private static final int RULES = 100;
  private static final int FEW = 10;
  private static final int MANY = 10_000;
  private static final double BOUND = 1.5;
  private static final int SAMPLES = 15;
  private static final long SAMPLE_NANOS = 150_000_000L;
  private static final long WARM_UP_NANOS = 6_000_000_000L;
  private static final int BATCH = 256;
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<Lead> leads = leads();

  private TerritoryGrowth() {}

  /** Prints the two costs and their ratio. */
  static void print() {
    double ratio = new TerritoryGrowth().measure();
    if (ratio > BOUND) {
      throw new IllegalStateException("the ratio %.2f is above %.1f".formatted(ratio, BOUND));
    }
  }

  private double measure() {
    try (Rulebook fewRules = rulebook();
        Rulebook manyRules = rulebook()) {
      Side few = new Side(fewRules, snapshot(FEW));
      Side many = new Side(manyRules, snapshot(MANY));
      long warm = cpu() + WARM_UP_NANOS;
      while (cpu() < warm) {
        few.sample();
        many.sample();
      }
      double[] fewMicros = new double[SAMPLES];
      double[] manyMicros = new double[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        fewMicros[i] = few.sample();
        manyMicros[i] = many.sample();
      }
      double ratio = median(manyMicros) / median(fewMicros);
      System.out.printf("rules that name their territory: %d%n", RULES);
      print(FEW, fewMicros);
      print(MANY, manyMicros);
      System.out.printf("ratio: %.2f (at most %.1f)%n", ratio, BOUND);
      return ratio;
    }
  }

  private final class Side {
    private final Rulebook rulebook;
    private final TerritorySnapshot snapshot;

    Side(Rulebook rulebook, TerritorySnapshot snapshot) {
      this.rulebook = rulebook;
      this.snapshot = snapshot;
      for (Decision decision : decide()) {
        if (decision.action() != Decision.Action.ASSIGN) {
          throw new IllegalStateException("not assigned: " + decision);
        }
      }
    }

    /** CPU time of one decision in microseconds. */
    double sample() {
      long begin = cpu();
      long decisions = 0;
      long spent;
      do {
        decisions += decide().size();
        spent = cpu() - begin;
      } while (spent < SAMPLE_NANOS);
      return spent / 1000.0 / decisions;
    }

    private List<Decision> decide() {
      return rulebook.decide(leads, snapshot, NOW).toCompletableFuture().join();
    }
  }

  private long cpu() {
    return threads.getCurrentThreadCpuTime();
  }

  private static void print(int territories, double[] micros) {
    System.out.printf(
        "%,7d territories: %.2f us CPU a decision (median of %d; %.2f to %.2f)%n",
        territories,
        median(micros),
        SAMPLES,
        Arrays.stream(micros).min().orElseThrow(),
        Arrays.stream(micros).max().orElseThrow());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Rule i takes the leads of city i, to one of the ten territories that both snapshots have. */
  private static Rulebook rulebook() {
    var drl = new StringBuilder();
    for (int i = 0; i < RULES; i++) {
      drl.append(
          """
          rule "City %1$d" salience 10
          when
            Lead( country == "US", city == "City %1$d", employees >= 10 )
            $t : Territory( name == "Territory %2$d" )
          then
            route.to($t);
          end
          """
              .formatted(i, i % FEW));
    }
    drl.append(
        """
        rule "Closed" when Placement( apiEnabled == Flag.NO )
        then route.queue("territory_not_ready", "api_disabled"); end
        """);
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "bench");
    var files = new RuleFiles(Map.of("bench.drl", drl.toString()));
    if (RulebookCompiler.compile(files, settings) instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new IllegalStateException("the benchmark's rules do not compile");
  }

  private static TerritorySnapshot snapshot(int count) {
    Instant longAgo = NOW.minus(Duration.ofDays(100));
    List<Territory> territories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      territories.add(
          new Territory(
              Integer.toString(i),
              "Territory " + i,
              null,
              null,
              Flag.YES,
              Flag.YES,
              longAgo,
              longAgo,
              Staff.UNKNOWN,
              Flag.YES,
              true));
    }
    return new TerritorySnapshot(territories, Flag.YES);
  }

  private static List<Lead> leads() {
    List<Lead> leads = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      leads.add(
          new LeadForm()
              .set(LeadField.COUNTRY, "US")
              .set(LeadField.CITY, "City " + i % RULES)
              .set(LeadField.EMPLOYEES, Integer.toString(10 + i))
              .set(LeadField.EMAIL, "someone" + i + "@acme.example")
              .lead());
    }
    return leads;
  }
}
