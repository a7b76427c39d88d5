package io.bailiwick.bench.measure;

import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.measure.Contestant.Sample;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Goal.Better;
import io.bailiwick.bench.report.Results;
import java.util.List;

/**
 * How long a 202 takes while leads come by schedule at half the rate that is sustained from end to
 * end; over the echo's at the same rate.
 */
final class Latency {

  private static final int CONNECTIONS = 64;

  private Latency() {}

  /** Of both, which are warm; the CRM takes what comes meanwhile. */
  static Results at(Ground ground, double sustained, Contestant echo, Contestant ours) {
    Load half = Load.closed("", CONNECTIONS, 0).at(sustained / 2);
    Turns turns = Turns.warm(ground, "latency", List.of(echo, ours), half);
    String at = " of a 202 at %,.0f/s".formatted(sustained / 2);
    return Results.of(
        Figure.over(
            "latency-p99",
            "99th percentile" + at,
            "ms",
            turns.pair(ours.name(), echo.name(), Latency::p99),
            Goal.most(5)),
        Figure.over(
            "latency-p50",
            "median" + at,
            "ms",
            turns.pair(ours.name(), echo.name(), sample -> sample.loaded().p50Micros() / 1e3),
            Goal.none(Better.LOWER)));
  }

  private static double p99(Sample sample) {
    return sample.loaded().p99Micros() / 1e3;
  }
}
