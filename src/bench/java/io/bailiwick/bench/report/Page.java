package io.bailiwick.bench.report;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report for people, in Markdown. */
final class Page {

  private static final String HEAD =
      """
      # What Bailiwick costs

      %s. Load average when it began: %.1f. Repeat it:

          %s

      Each figure is held against a limit that was measured in the same rounds, in turn with it.
      Medians; ± is half the distance from the least to the most sample, in parts of the median. A
      ratio is the median of the rounds' own ratios.

      | measure | value | ± | limit | ratio | ± | target | recorded | verdict |
      |---|---|---|---|---|---|---|---|---|
      """;

  private final Report report;

  Page(Report report) {
    this.report = report;
  }

  String text() {
    var page = new StringBuilder();
    String when = report.begun().truncatedTo(ChronoUnit.MINUTES).toString();
    String where = report.machine().line() + "; " + when;
    page.append(String.format(Locale.ROOT, HEAD, where, report.load(), report.command()));
    report.results().figures().forEach(figure -> page.append(line(figure)));
    report.failed().forEach(why -> page.append("\nNot measured: " + why + "\n"));
    for (Curve curve : report.results().curves()) {
      page.append("\n## %s%n%n".formatted(curve.title()));
      page.append("![%s](%s)%n%n".formatted(curve.title(), Report.picture(curve)));
      page.append("| %s | %s |%n|---|---|%n".formatted(curve.across(), curve.unit()));
      curve
          .points()
          .forEach(
              point ->
                  page.append("| %s | %s |%n".formatted(shown(point.size()), shown(point.cost()))));
    }
    return page.toString();
  }

  private String line(Figure figure) {
    Series compared = figure.compared();
    Figure.Limit limit = figure.limit();
    String target = figure.goal().set() ? bound(figure.goal()) : "";
    return "| %s | %s %s | %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            figure.title(),
            shown(figure.value().median()),
            figure.unit(),
            percent(figure.value()),
            limit == null ? "" : limit.name() + " " + shown(limit.value().median()),
            limit == null ? "" : shown(compared.median()),
            limit == null ? "" : percent(compared),
            target,
            report.recorded().of(figure).map(mark -> shown(mark.median())).orElse(""),
            report.verdict(figure).words());
  }

  private static String bound(Goal goal) {
    return switch (goal.better()) {
          case HIGHER -> "≥ ";
          case LOWER -> "≤ ";
        }
        + shown(goal.bound());
  }

  private static String percent(Series series) {
    return series.samples().size() == 1
        ? ""
        : String.format(Locale.ROOT, "%.0f %%", series.spread() * 50);
  }

  /** Three digits that tell, and thousands parted. */
  static String shown(double value) {
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int digits = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** What is worse than recorded, for the complaint. */
  static String worse(Report report) {
    return report.regressed().stream()
        .map(
            figure ->
                "%s: %s, recorded %s"
                    .formatted(
                        figure.name(),
                        shown(figure.compared().median()),
                        shown(report.recorded().of(figure).orElseThrow().median())))
        .collect(Collectors.joining("\n"));
  }
}
