package io.bailiwick.drools.analysis;

/**
 * How much of one analysis is still to be done. Counted in steps, not in seconds, so that a large
 * rulebook is looked at as far on every machine.
 */
final class Work {

  /** About a minute's worth. */
  static final long ALL = 400_000_000;

  private long left;

  Work(long left) {
    this.left = left;
  }

  void take(long steps) {
    left -= steps;
  }

  boolean isOver() {
    return left <= 0;
  }
}
