package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.time.Duration;

/**
 * What the drawn faults do to one call.
 *
 * @param delay before anything happens
 * @param ending how the call ends
 * @param status the status of {@link Ending#STATUS}, else 0
 * @param retryAfter seconds, where such an answer names them
 * @param late between applying the call and answering it
 * @param row the documented error of {@link Ending#STATUS}; null for the status alone
 */
record Effect(
    Duration delay,
    Ending ending,
    int status,
    @Nullable Integer retryAfter,
    Duration late,
    @Nullable ErrorRow row) {

  /** Nothing is wrong. */
  static final Effect NONE = new Effect(Duration.ZERO, Ending.ANSWER, 0, null, Duration.ZERO, null);

  /** The ways a call ends. */
  enum Ending {
    /** Applied and answered. */
    ANSWER,
    /** Not applied; answered with a status. */
    STATUS,
    /** Not applied; answered 200 with a page for people. */
    GARBAGE,
    /** Not applied; the connection is cut. */
    RESET,
    /** Applied; the connection is cut. */
    LOST
  }
}
