package io.bailiwick.bench.measure;

/**
 * How much is measured.
 *
 * @param rounds samples of each contestant, at least 3
 * @param seconds that a round of load lasts
 * @param warmUpSeconds that each contestant is warmed up at most
 * @param leads how many, where it is leads that are counted
 * @param longForm whether curves go to their ends
 */
public record Plan(
    int rounds, double seconds, double warmUpSeconds, Leads leads, boolean longForm) {

  /**
   * Numbers of leads.
   *
   * @param waiting where waiting is measured
   * @param history assigned before, where the past is measured
   * @param replayed from a file
   */
  public record Leads(long waiting, long history, int replayed) {}

  /** Short rounds, and less of everything: for who changes something and looks what it did. */
  public static Plan quick() {
    return new Plan(5, 2, 30, new Leads(100_000, 300_000, 100_000), false);
  }

  /** What figures are quoted from. */
  public static Plan whole() {
    return new Plan(9, 8, 180, new Leads(1_000_000, 1_000_000, 1_000_000), true);
  }

  /** With other rounds. */
  public Plan rounds(int other) {
    return new Plan(other, seconds, warmUpSeconds, leads, longForm);
  }

  /** With rounds of another length. */
  public Plan seconds(double other) {
    return new Plan(rounds, other, warmUpSeconds, leads, longForm);
  }

  /** Warmed up for longer, or less long. */
  public Plan warmUp(double other) {
    return new Plan(rounds, seconds, other, leads, longForm);
  }

  /** With other numbers of leads. */
  public Plan leads(Leads other) {
    return new Plan(rounds, seconds, warmUpSeconds, other, longForm);
  }
}
