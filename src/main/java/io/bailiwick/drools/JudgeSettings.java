package io.bailiwick.drools;

import java.time.Duration;

/**
 * The knobs of the judge.
 *
 * @param propagation how long after creation the CRM's API refuses a territory
 * @param threads how many threads judge, each with its own session; 0 judges on the caller's thread
 * @param fireLimit how many rules may fire for one lead in one phase before it is a rule error
 * @param deadline how long judging one lead may take before it is given up; not watched where the
 *     caller's thread judges
 * @param trusted whether rules are compiled as they stand, without the guard
 * @param version of Bailiwick, for receipts
 */
public record JudgeSettings(
    Duration propagation,
    int threads,
    int fireLimit,
    Duration deadline,
    boolean trusted,
    String version) {

  /** The most judging threads. */
  public static final int MAX_THREADS = 64;

  /** A fire limit that no honest rulebook meets: many rules may match one lead. */
  public static final int DEFAULT_FIRE_LIMIT = 100_000;

  /** A deadline that no honest judgement comes near: they take microseconds. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(2);

  /** Throws IllegalArgumentException for a value out of bounds. */
  public JudgeSettings {
    if (propagation.isNegative()
        || threads < 0
        || threads > MAX_THREADS
        || fireLimit < 1
        || deadline.toMillis() < 1) {
      throw new IllegalArgumentException(
          "out of bounds: " + propagation + ", " + threads + " threads, fire limit " + fireLimit);
    }
  }

  /** The same, with rules compiled as they stand where they are trusted. */
  public JudgeSettings trusting(boolean trust) {
    return new JudgeSettings(propagation, threads, fireLimit, deadline, trust, version);
  }

  /** The same, judging on that many threads. */
  public JudgeSettings onThreads(int count) {
    return new JudgeSettings(propagation, count, fireLimit, deadline, trusted, version);
  }

  /** One that judges on the caller's thread: for replays, tests and simulations. */
  public static JudgeSettings onCallersThread(Duration propagation, String version) {
    return new JudgeSettings(propagation, 0, DEFAULT_FIRE_LIMIT, DEFAULT_DEADLINE, false, version);
  }
}
