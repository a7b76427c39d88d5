package io.bailiwick.bench.measure;

/**
 * How much is measured.
 *
 * @param rounds samples of each contestant, at least 3
 * @param seconds that a round of load lasts
 * @param warmUpSeconds of load, at most, that each contestant gets before the rounds
 * @param waiting leads that wait where waiting is measured
 * @param replayed leads that are replayed
 * @param longForm whether curves go to their ends
 */
public record Plan(
    int rounds,
    double seconds,
    double warmUpSeconds,
    long waiting,
    int replayed,
    boolean longForm) {

  /** Under ten minutes for all measures on two cores. */
  public static Plan quick() {
    return new Plan(5, 3, 36, 100_000, 100_000, false);
  }

  /** What figures are quoted from. */
  public static Plan whole() {
    return new Plan(9, 8, 120, 1_000_000, 1_000_000, true);
  }

  /** With other rounds. */
  public Plan rounds(int other) {
    return new Plan(other, seconds, warmUpSeconds, waiting, replayed, longForm);
  }

  /** With rounds of another length. */
  public Plan seconds(double other) {
    return new Plan(rounds, other, warmUpSeconds, waiting, replayed, longForm);
  }

  /** With other numbers of leads. */
  public Plan leads(long nowWaiting, int nowReplayed) {
    return new Plan(rounds, seconds, warmUpSeconds, nowWaiting, nowReplayed, longForm);
  }
}
