package io.bailiwick.store;

/**
 * How a claim is shared between a backlog and what has just come: a quarter goes to the newest due,
 * so that a hundred thousand leads which were set free together keep no fresh one waiting, nor
 * those of another territory; the rest goes to the oldest, so that none waits for ever.
 */
final class Shares {

  private static final int QUARTER = 4;

  private int small;

  /** Of a claim of so many; of those too small to be parted, every fourth is for the newest. */
  int newest(int limit) {
    if (limit >= QUARTER) {
      return limit / QUARTER;
    }
    small = (small + 1) % QUARTER;
    return small == 0 ? limit : 0;
  }
}
