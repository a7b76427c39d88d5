package io.bailiwick.bench.load;

import org.HdrHistogram.Histogram;

/** Counts what one run sent and what came back, on the event loop alone. */
final class Tally {

  private static final long MOST_MICROS = 600_000_000;

  // Three digits: the 99th percentile is told to a thousandth.
  private final Histogram micros = new Histogram(MOST_MICROS, 3);
  private final int batch;
  private long sent;
  private long accepted;
  private long refused;
  private long broken;
  private String said = "";
  private long begunAtMillis;
  private long begun;
  private long last;

  Tally(int batch) {
    this.batch = batch;
  }

  void begin() {
    begunAtMillis = System.currentTimeMillis();
    begun = System.nanoTime();
    last = begun;
  }

  void sent() {
    sent++;
  }

  long begun() {
    return begun;
  }

  /** One answer; {@code since} is when its request was to leave, by nanoTime. */
  void answered(int status, long since, Answer answer) {
    last = System.nanoTime();
    micros.recordValue(Math.min(MOST_MICROS, (last - since) / 1_000));
    if (status == 202) {
      accepted++;
    } else {
      refused++;
      say(answer.text());
    }
  }

  /** A connection ended with its request under way. */
  void broken(String why) {
    last = System.nanoTime();
    broken++;
    say(why);
  }

  boolean all() {
    return sent == accepted + refused + broken;
  }

  Loaded told() {
    return new Loaded(
        sent,
        accepted,
        refused,
        broken,
        accepted * batch,
        (last - begun) / 1e9,
        begunAtMillis,
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(99),
        micros.getMaxValue(),
        said);
  }

  private void say(String what) {
    said = said.isEmpty() ? what : said;
  }
}
