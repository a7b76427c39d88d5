package io.bailiwick.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The samples of one figure, in the order in which they were taken; at least one, all finite. */
public record Series(List<Double> samples) {

  /** Refuses none, and what is no number. */
  public Series {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a figure needs a sample");
    }
    for (double sample : samples) {
      if (!Double.isFinite(sample)) {
        throw new IllegalArgumentException("a sample is no number: " + samples);
      }
    }
  }

  /** Of these. */
  public static Series of(double... samples) {
    return new Series(Arrays.stream(samples).boxed().toList());
  }

  /** The middle one; of an even number the mean of the two in the middle. */
  public double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double least() {
    return sorted()[0];
  }

  public double most() {
    return sorted()[samples.size() - 1];
  }

  /** From the least to the most, in parts of the median; 0 for one sample. */
  public double spread() {
    return samples.size() == 1 || median() == 0 ? 0 : (most() - least()) / Math.abs(median());
  }

  /**
   * Sample by sample over a limit's that were taken in turn with them: what slowed both of a pair
   * cancels out.
   */
  public Series over(Series limit) {
    if (limit.samples.size() != samples.size()) {
      throw new IllegalArgumentException("samples that were taken in turn are as many");
    }
    return new Series(
        IntStream.range(0, samples.size())
            .mapToObj(i -> samples.get(i) / limit.samples.get(i))
            .toList());
  }

  private double[] sorted() {
    return samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
