package io.bailiwick.bench.report;

import java.util.ArrayList;
import java.util.List;

/** What the measures of one run found. */
public record Results(List<Figure> figures, List<Curve> curves) {

  /** Of a measure that has no curve. */
  public static Results of(Figure... figures) {
    return new Results(List.of(figures), List.of());
  }

  /** Both. */
  public Results and(Results more) {
    List<Figure> allFigures = new ArrayList<>(figures);
    allFigures.addAll(more.figures);
    List<Curve> allCurves = new ArrayList<>(curves);
    allCurves.addAll(more.curves);
    return new Results(allFigures, allCurves);
  }
}
