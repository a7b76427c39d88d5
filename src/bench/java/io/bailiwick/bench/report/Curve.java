package io.bailiwick.bench.report;

import java.util.List;

/**
 * How a cost grows.
 *
 * @param name its name in the record and of its picture
 * @param title what grows, for people
 * @param across what the points differ in
 * @param unit of the cost
 * @param points in growing order
 */
public record Curve(String name, String title, String across, String unit, List<Point> points) {

  /** The cost at one size. */
  public record Point(double size, double cost) {}
}
