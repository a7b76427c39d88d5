package io.bailiwick.bench;

import java.util.Arrays;
import java.util.List;

/** Runs {@link PartsBenchmark} for all parts. */
public final class PartsRun {

  private PartsRun() {}

  /** Microseconds of wall time a lead. */
  public static List<Pairs.Pair> all(int samples) {
    return Pairs.of(
        PartsBenchmark.class, Arrays.stream(Part.values()).map(Enum::name).toList(), samples);
  }
}
