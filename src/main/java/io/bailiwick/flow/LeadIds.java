package io.bailiwick.flow;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Names leads: UUIDs of version 7 (RFC 9562), which sort by the time they were made. Any thread may
 * ask, if the random generator bears it.
 */
public final class LeadIds {

  private final InstantSource clock;
  private final RandomGenerator random;

  /** Takes the clock and the random numbers to make them of. */
  public LeadIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id, 36 characters. */
  public String next() {
    long version = 0x7000L;
    long variant = 0x8000_0000_0000_0000L;
    long high = (clock.millis() << 16) | version | (random.nextLong() & 0xFFFL);
    long low = variant | (random.nextLong() >>> 2);
    return new UUID(high, low).toString();
  }
}
