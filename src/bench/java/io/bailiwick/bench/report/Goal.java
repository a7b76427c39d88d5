package io.bailiwick.bench.report;

/**
 * What a figure is to reach.
 *
 * @param better which way is better
 * @param bound the least (or most) that will do, of the ratio where there is a limit, else of the
 *     value; NaN where there is none
 */
public record Goal(Better better, double bound) {

  /** Which way is better. */
  public enum Better {
    /** More is better, such as leads a second. */
    HIGHER,
    /** Less is better, such as bytes. */
    LOWER
  }

  /** At least that. */
  public static Goal least(double bound) {
    return new Goal(Better.HIGHER, bound);
  }

  /** At most that. */
  public static Goal most(double bound) {
    return new Goal(Better.LOWER, bound);
  }

  /** Told, and to become no worse than it was. */
  public static Goal none(Better better) {
    return new Goal(better, Double.NaN);
  }

  /** Whether there is something to reach. */
  public boolean set() {
    return !Double.isNaN(bound);
  }

  /** Whether that reaches it; always where nothing is to be reached. */
  public boolean reached(double what) {
    return switch (better) {
      case HIGHER -> !(what < bound);
      case LOWER -> !(what > bound);
    };
  }

  /** By how much that is worse than before, in parts of it; below 0 where it is better. */
  public double worse(double before, double now) {
    return switch (better) {
      case HIGHER -> (before - now) / before;
      case LOWER -> (now - before) / before;
    };
  }
}
