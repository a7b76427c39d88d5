package io.bailiwick.bench.report;

import java.util.Optional;

/** What is to be said of a figure. */
public enum Verdict {
  /** Worse than recorded by more than noise explains. */
  REGRESSED("worse than recorded"),
  /** The goal is not reached. */
  MISSED("below its target"),
  /** The goal is reached. */
  REACHED("reached"),
  /** There is no goal. */
  TOLD("told");

  /** Less than that in a hundred is never called worse: two quiet runs differ by as much. */
  static final double LEAST_NOISE = 0.05;

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** Beside what was recorded. */
  public static Verdict of(Figure figure, Optional<Recorded.Mark> before) {
    if (before.isPresent() && regressed(figure, before.get())) {
      return REGRESSED;
    }
    if (!figure.goal().set()) {
      return TOLD;
    }
    return figure.reached() ? REACHED : MISSED;
  }

  /**
   * How much worse than recorded is still noise: half of both spreads together, since a median lies
   * about in the middle of its samples, and never less than five in a hundred.
   */
  static double noise(Figure figure, Recorded.Mark before) {
    return Math.max(LEAST_NOISE, (figure.compared().spread() + before.spread()) / 2);
  }

  /** For the report. */
  public String words() {
    return words;
  }

  private static boolean regressed(Figure figure, Recorded.Mark before) {
    double worse = figure.goal().worse(before.median(), figure.compared().median());
    return worse > noise(figure, before);
  }
}
