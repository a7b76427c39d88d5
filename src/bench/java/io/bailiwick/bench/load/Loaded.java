package io.bailiwick.bench.load;

/**
 * What came back.
 *
 * @param sent requests that were written
 * @param accepted requests answered 202
 * @param refused requests answered otherwise
 * @param broken requests whose connection ended before their answer
 * @param leads in the accepted requests
 * @param seconds from the first request to the last answer
 * @param begunAtMillis the wall clock at the first request
 * @param p50Micros half of the answers came sooner
 * @param p99Micros ninety-nine of a hundred came sooner
 * @param maxMicros the latest answer
 * @param said the first answer that was no 202, or what broke; empty where all went well
 */
public record Loaded(
    long sent,
    long accepted,
    long refused,
    long broken,
    long leads,
    double seconds,
    long begunAtMillis,
    long p50Micros,
    long p99Micros,
    long maxMicros,
    String said) {

  /** Accepted leads a second. */
  public double perSecond() {
    return leads / seconds;
  }

  /** Itself where every request was accepted; fails otherwise, with what was said. */
  public Loaded whole() {
    if (accepted != sent || sent == 0) {
      throw new IllegalStateException(
          "of %,d requests %,d were accepted, %,d refused, %,d broken: %s"
              .formatted(sent, accepted, refused, broken, said));
    }
    return this;
  }
}
