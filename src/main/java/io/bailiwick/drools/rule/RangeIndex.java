package io.bailiwick.drools.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The ranges that rules ask of one number, as blocks of a tree over all their bounds. The bounds
 * cut the numbers into segments; four segments are a block, four of those another. A range lies in
 * one smallest block, which is an equality that the engine finds by a hash, while it would try
 * ranges one by one. Where the range is the block, the equality says it all.
 */
final class RangeIndex {

  /** From a number to just before another. */
  record Range(long from, long end) {}

  /**
   * A block: how many times segments were joined, and its number among those of that size.
   *
   * @param exact whether it holds no number that is not in the range it was asked for
   */
  record Block(int level, long number, boolean exact) {}

  /** Two bits: each block is made of four smaller ones. */
  private static final int FOUR = 2;

  private final long[] cuts;
  private final List<Integer> levels;

  RangeIndex(Collection<Range> ranges) {
    var bounds = new TreeSet<Long>();
    for (Range range : ranges) {
      bounds.add(range.from());
      bounds.add(range.end());
    }
    this.cuts = bounds.stream().mapToLong(Long::longValue).toArray();
    var used = new TreeSet<Integer>();
    ranges.forEach(range -> used.add(block(range).level()));
    this.levels = new ArrayList<>(used);
  }

  /** The sizes of blocks that there are. */
  List<Integer> levels() {
    return levels;
  }

  /** The smallest block that holds a range, which must not be empty. */
  Block block(Range range) {
    long first = segment(range.from());
    long last = segment(range.end()) - 1;
    int level = 0;
    while (first >> (FOUR * level) != last >> (FOUR * level)) {
      level++;
    }
    long number = first >> (FOUR * level);
    boolean exact =
        first == number << (FOUR * level) && last == ((number + 1) << (FOUR * level)) - 1;
    return new Block(level, number, exact);
  }

  /** The block of that size in which a number lies. */
  long number(int level, long value) {
    return segment(value) >> (FOUR * level);
  }

  /** How many bounds are not above the value. */
  private long segment(long value) {
    int found = Arrays.binarySearch(cuts, value);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
