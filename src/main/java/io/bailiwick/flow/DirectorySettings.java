package io.bailiwick.flow;

import java.time.Duration;

/**
 * The territory directory's knobs.
 *
 * @param refresh how often the territories are read
 * @param recheck how soon they are read again while a lead waits for one, or after a failure; never
 *     more often than this
 */
public record DirectorySettings(Duration refresh, Duration recheck) {

  /** Hourly, and once a minute while a lead waits. */
  public static final DirectorySettings DEFAULT =
      new DirectorySettings(Duration.ofHours(1), Duration.ofMinutes(1));
}
