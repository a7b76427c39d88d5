package io.bailiwick.simulation;

import java.time.Instant;
import java.time.InstantSource;

/**
 * What happened in a schedule, in its order, as one number: two runs of a seed come to the same.
 * {@code -Dsimulation.trace=true} prints each line.
 */
final class Trace {

  private static final boolean PRINTED = Boolean.getBoolean("simulation.trace");
  private static final long PRIME = 0x100000001b3L;

  private final InstantSource clock;
  private long hash = 0xcbf29ce484222325L;
  private long lines;

  Trace(InstantSource clock) {
    this.clock = clock;
  }

  void tell(String what, Object... more) {
    Instant now = clock.instant();
    mix(now.toEpochMilli());
    mix(what.hashCode());
    for (Object one : more) {
      mix(String.valueOf(one).hashCode());
    }
    lines++;
    if (PRINTED) {
      System.out.println(now + " " + what + " " + java.util.Arrays.toString(more));
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * PRIME;
    hash ^= hash >>> 29;
  }

  /** Over all lines so far. */
  String hash() {
    return "%d lines, %016x".formatted(lines, hash);
  }
}
