package io.bailiwick.simulation;

import io.bailiwick.replay.VirtualTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What fails on the disk of all lives: for a while it is full or read-only, so that no write is
 * done and every reading works; and of some writes it says that they failed though they are done.
 */
final class DiskFaults {

  private final VirtualTimers world;
  private final RandomGenerator random;
  private Instant fullUntil = Instant.MIN;
  private double doubt;

  DiskFaults(VirtualTimers world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /** From now on, for so long, nothing can be written. */
  void full(Duration time) {
    fullUntil = world.now().plus(time);
  }

  /** From now on this share of the writes is done and told as failed. */
  void doubt(double share) {
    doubt = share;
  }

  void heal() {
    fullUntil = Instant.MIN;
    doubt = 0;
  }

  boolean isFull() {
    return world.now().isBefore(fullUntil);
  }

  /** Whether a write that was done is told as failed; draws only where some are. */
  boolean isInDoubt() {
    return doubt > 0 && random.nextDouble() < doubt;
  }

  static RuntimeException failed(String why) {
    return new UncheckedIOException(new IOException(why));
  }
}
