package io.bailiwick.bench.report;

import io.bailiwick.lead.Nullable;

/**
 * One line of the report.
 *
 * @param name its name in the record, unique and lasting
 * @param title what it is, for people
 * @param unit of the values
 * @param value what was measured of Bailiwick
 * @param limit what it is held against, and its values in the same rounds
 * @param goal of the ratio where there is a limit, else of the value
 */
public record Figure(
    String name, String title, String unit, Series value, @Nullable Limit limit, Goal goal) {

  /** What a figure is held against. */
  public record Limit(String name, Series value) {}

  /** With a limit. */
  public static Figure over(String name, String title, String unit, Pair pair, Goal goal) {
    return new Figure(name, title, unit, pair.value(), new Limit(pair.limit(), pair.bound()), goal);
  }

  /** Without one. */
  public static Figure alone(String name, String title, String unit, Series value, Goal goal) {
    return new Figure(name, title, unit, value, null, goal);
  }

  /** Values beside the limit's of the same rounds. */
  public record Pair(Series value, String limit, Series bound) {}

  /** What is recorded and compared: the ratios round by round, or the values. */
  public Series compared() {
    return limit == null ? value : value.over(limit.value());
  }

  /** Whether the goal is reached. */
  public boolean reached() {
    return goal.reached(compared().median());
  }
}
