package io.bailiwick.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** Where a curve is sampled. */
final class Sizes {

  private static final long FIRST = 1_000;

  private Sizes() {}

  /** A thousand, then tenfold each; the last one is the most. */
  static List<Long> upTo(long most) {
    List<Long> sizes = new ArrayList<>();
    for (long size = FIRST; size < most; size *= 10) {
      sizes.add(size);
    }
    sizes.add(most);
    return sizes;
  }
}
