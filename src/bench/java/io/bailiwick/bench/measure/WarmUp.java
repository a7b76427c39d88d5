package io.bailiwick.bench.measure;

import io.bailiwick.bench.load.Load;

/**
 * Load until a process becomes no quicker: a JVM that still compiles says nothing. It ends once
 * three rounds in a row are no better than the best before, or with the plan's patience.
 */
final class WarmUp {

  private static final double BETTER = 1.05;
  private static final int LEVEL = 3;

  private final double patience;
  private double best;
  private double spent;
  private int level;

  /** No longer than so many seconds, those until the process was at rest included. */
  WarmUp(double patience) {
    this.patience = patience;
  }

  /** Warms one up; answers what its last round came to. */
  static Contestant.Sample of(Ground ground, Contestant one, Load load) {
    var warmUp = new WarmUp(ground.plan().warmUpSeconds());
    Load round = load.lasting(ground.plan().seconds());
    Contestant.Sample last;
    double seconds;
    do {
      long begun = System.nanoTime();
      last = one.round(ground, round);
      seconds = (System.nanoTime() - begun) / 1e9;
    } while (warmUp.goesOn(last.perSecond(), seconds));
    ground.say("  %s is warm at %,.0f/s".formatted(one.name(), last.perSecond()));
    return last;
  }

  /** After a round of such a rate and length: whether another one is needed. */
  boolean goesOn(double perSecond, double seconds) {
    spent += seconds;
    level = perSecond > best * BETTER ? 0 : level + 1;
    best = Math.max(best, perSecond);
    return level < LEVEL && spent < patience;
  }
}
