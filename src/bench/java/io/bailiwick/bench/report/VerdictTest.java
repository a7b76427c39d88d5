package io.bailiwick.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.bench.report.Figure.Pair;
import io.bailiwick.bench.report.Goal.Better;
import io.bailiwick.bench.report.Recorded.Mark;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static Figure rate(Goal goal, double... ratios) {
    double[] limits = new double[ratios.length];
    java.util.Arrays.fill(limits, 1);
    return Figure.over(
        "rate", "a rate", "leads/s", new Pair(Series.of(ratios), "one", Series.of(limits)), goal);
  }

  private static Figure cost(Goal goal, double... values) {
    return Figure.alone("cost", "a cost", "MB", Series.of(values), goal);
  }

  @Test
  void aGoalIsReachedOrNot() {
    assertEquals(Verdict.REACHED, Verdict.of(rate(Goal.least(0.8), 0.8), Optional.empty()));
    assertEquals(Verdict.MISSED, Verdict.of(rate(Goal.least(0.8), 0.79), Optional.empty()));
    assertEquals(Verdict.REACHED, Verdict.of(cost(Goal.most(220), 220), Optional.empty()));
    assertEquals(Verdict.MISSED, Verdict.of(cost(Goal.most(220), 221), Optional.empty()));
    assertEquals(Verdict.TOLD, Verdict.of(cost(Goal.none(Better.LOWER), 9e9), Optional.empty()));
  }

  @Test
  void lessThanFiveInAHundredIsNeverWorse() {
    var before = Optional.of(new Mark(0.80, 0));
    assertEquals(Verdict.REACHED, Verdict.of(rate(Goal.least(0.7), 0.765), before));
    assertEquals(Verdict.REGRESSED, Verdict.of(rate(Goal.least(0.7), 0.755), before));
  }

  @Test
  void noiseOfEitherRunIsAllowedForByHalf() {
    // Spreads of 0.2 then and about 0.21 now: up to about 0.2 worse is noise.
    var before = Optional.of(new Mark(1.0, 0.2));
    assertEquals(Verdict.TOLD, Verdict.of(rate(told(), 0.74, 0.82, 0.91), before));
    assertEquals(Verdict.REGRESSED, Verdict.of(rate(told(), 0.71, 0.78, 0.85), before));
    assertEquals(Verdict.REGRESSED, Verdict.of(rate(told(), 0.82, 0.82, 0.82), before));
  }

  @Test
  void whereLessIsBetterMoreIsWorse() {
    var before = Optional.of(new Mark(100, 0));
    assertEquals(Verdict.REGRESSED, Verdict.of(cost(Goal.most(220), 106), before));
    assertEquals(Verdict.REACHED, Verdict.of(cost(Goal.most(220), 60), before));
  }

  @Test
  void whatBecameWorseIsSaidEvenWhereTheGoalIsReached() {
    var before = Optional.of(new Mark(2.0, 0));
    assertEquals(Verdict.REGRESSED, Verdict.of(rate(Goal.least(0.8), 1.5), before));
  }

  private static Goal told() {
    return Goal.none(Better.HIGHER);
  }
}
