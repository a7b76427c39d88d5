package io.bailiwick.bench.measure;

import io.bailiwick.bench.limit.Echo;
import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import java.util.List;

/**
 * How long a 202 takes while leads come at half the rate that is sustained from end to end; over
 * the echo's at the same rate.
 */
public final class Latency implements Measure {

  private static final String OURS = "Bailiwick";
  private static final String ECHO = "echo";
  private static final int CONNECTIONS = 64;

  /** No load yet. */
  public Latency() {}

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String says() {
    return "99th percentile of a 202 at half of the sustained rate; over the echo's at that rate";
  }

  @Override
  public Results run(Ground ground) {
    try (Crm crm = ground.crm(5);
        Served served = ground.served(Setting.full(crm.url(), 256, 0));
        Child echo = ground.limit(Echo.class)) {
      var ours = Contestant.assigning(served, crm);
      var limit = Contestant.of(ECHO, echo);
      Load flood = Assigning.flood();
      WarmUp.of(ground, limit, flood);
      double sustained = WarmUp.of(ground, ours, flood).perSecond();
      Load half = Load.closed("", CONNECTIONS, 0).at(sustained / 2);
      Turns turns = Turns.warm(ground, "latency", List.of(limit, ours), half);
      String at = " of a 202 at %,.0f/s".formatted(sustained / 2);
      return Results.of(
          Figure.over(
              "latency-p99",
              "99th percentile" + at,
              "ms",
              turns.pair(OURS, ECHO, sample -> sample.loaded().p99Micros() / 1e3),
              Goal.most(5)),
          Figure.over(
              "latency-p50",
              "median" + at,
              "ms",
              turns.pair(OURS, ECHO, sample -> sample.loaded().p50Micros() / 1e3),
              Goal.none(Goal.Better.LOWER)));
    }
  }
}
