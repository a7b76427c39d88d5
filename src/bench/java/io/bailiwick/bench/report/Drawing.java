package io.bailiwick.bench.report;

import java.util.List;
import java.util.Locale;

/** A curve as a picture: sizes by their logarithm from left to right, the cost from zero up. */
final class Drawing {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int LEFT = 80;
  private static final int BOTTOM = 50;
  private static final int MARGIN = 30;

  private final Curve curve;
  private final double smallest;
  private final double largest;
  private final double dearest;

  Drawing(Curve curve) {
    this.curve = curve;
    List<Curve.Point> points = curve.points();
    this.smallest = Math.log(points.get(0).size());
    this.largest = Math.log(points.get(points.size() - 1).size());
    this.dearest = points.stream().mapToDouble(Curve.Point::cost).max().orElseThrow();
  }

  String svg() {
    var svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"
              font-family="sans-serif" font-size="12">
            <rect width="100%%" height="100%%" fill="white"/>
            <text x="%d" y="18" font-size="14">%s</text>
            <path d="M%d %dV%dH%d" fill="none" stroke="black"/>
            """
                .formatted(
                    WIDTH,
                    HEIGHT,
                    MARGIN,
                    escaped(curve.title()),
                    LEFT,
                    MARGIN,
                    HEIGHT - BOTTOM,
                    WIDTH - MARGIN));
    var line = new StringBuilder();
    for (Curve.Point point : curve.points()) {
      line.append(line.isEmpty() ? "M" : "L").append(place(point));
      svg.append(point(point));
    }
    return svg.append("<path d=\"" + line + "\" fill=\"none\" stroke=\"#1f6feb\"/>\n")
        .append(text(WIDTH / 2.0, HEIGHT - 10, "middle", curve.across()))
        .append(text(LEFT - 6, MARGIN + 4, "end", curve.unit()))
        .append("</svg>\n")
        .toString();
  }

  private String point(Curve.Point point) {
    double x = x(point);
    return String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#1f6feb\"/>%n",
            x,
            y(point))
        + text(x, HEIGHT - BOTTOM + 16, "middle", Page.shown(point.size()))
        + text(x, y(point) - 8, "middle", Page.shown(point.cost()));
  }

  private String place(Curve.Point point) {
    return String.format(Locale.ROOT, "%.1f %.1f", x(point), y(point));
  }

  private double x(Curve.Point point) {
    double room = WIDTH - MARGIN - LEFT - 2.0 * MARGIN;
    double part =
        largest == smallest ? 0.5 : (Math.log(point.size()) - smallest) / (largest - smallest);
    return LEFT + MARGIN + part * room;
  }

  private double y(Curve.Point point) {
    double room = HEIGHT - BOTTOM - 2.0 * MARGIN;
    return HEIGHT - BOTTOM - (dearest == 0 ? 0 : point.cost() / dearest * room);
  }

  private static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
