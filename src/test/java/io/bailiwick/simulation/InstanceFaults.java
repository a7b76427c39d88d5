package io.bailiwick.simulation;

import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What befalls one life of one instance alone: it dies; it stands still for a while and goes on,
 * with all that fell due meanwhile; its clock jumps; it does not reach the journal.
 */
final class InstanceFaults {

  /** The CRM client's own. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final VirtualTimers world;
  private final RandomGenerator random;
  private boolean alive = true;
  private Instant stoppedUntil = Instant.MIN;
  private Instant cutUntil = Instant.MIN;
  private boolean lastBytesLeft;
  private Duration wrong;
  private Duration mended = Duration.ZERO;

  /** {@code wrong} is how much its machine's clock is ahead of the world's at first. */
  InstanceFaults(VirtualTimers world, RandomGenerator random, Duration wrong) {
    this.world = world;
    this.random = random;
    this.wrong = wrong;
  }

  boolean alive() {
    return alive;
  }

  void kill() {
    alive = false;
  }

  /** Nothing of it runs before then. */
  void stop(Duration time) {
    Instant until = world.now().plus(time);
    if (!stopped()) {
      lastBytesLeft = random.nextBoolean();
    }
    stoppedUntil = until.isAfter(stoppedUntil) ? until : stoppedUntil;
  }

  boolean stopped() {
    return world.now().isBefore(stoppedUntil);
  }

  /** How long it stands still yet. */
  Duration stillStopped() {
    return stopped() ? Duration.between(world.now(), stoppedUntil) : Duration.ZERO;
  }

  /** Whether what it asked just before it stood still was on its way already. */
  boolean lastBytesLeft() {
    return lastBytesLeft;
  }

  /** Whether an answer that comes now is one that it does not wait for any more. */
  boolean misses() {
    return stillStopped().compareTo(DEADLINE) > 0 && random.nextBoolean();
  }

  /** It does not reach the journal for so long. */
  void cut(Duration time) {
    cutUntil = world.now().plus(time);
  }

  boolean cut() {
    return world.now().isBefore(cutUntil);
  }

  /** Its machine's clock is so much ahead of the world's from now on. */
  void jump(Duration ahead) {
    wrong = ahead;
  }

  /** It compares its clock with the journal's, to within the time that an answer takes. */
  void compareClocks() {
    mended = wrong.negated().plusMillis(random.nextInt(5) - 2);
  }

  Instant now() {
    return world.now().plus(wrong).plus(mended);
  }

  /** What stands still goes on in its time. */
  void heal() {
    cutUntil = Instant.MIN;
  }
}
