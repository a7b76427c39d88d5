package io.bailiwick.flow;

import java.time.Duration;

/**
 * The dispatcher's knobs.
 *
 * @param maxInFlight the most calls to the CRM at a time
 * @param batch about the most leads claimed and judged together: what has just come waits for as
 *     many of a backlog
 * @param retry the backoff of failed and refused attempts
 * @param maxAttempts failed attempts after which a lead is parked
 * @param maxTime how long attempts may fail before a lead is parked
 * @param refusedLimit how long a territory that is ready by every sign may be refused
 * @param scheduledLimit how long a job of the CRM is waited for before a lead is sent again
 * @param sendDeadline when an assignment without an answer counts as unknown
 * @param lookAgain when a queued lead is judged again if no event comes sooner
 * @param tokenPause how long sending rests after the CRM refused our token
 * @param verifyShare the share of assignments whose record is read back, from 0 (never) to 1 (all)
 */
public record DispatchSettings(
    int maxInFlight,
    int batch,
    Backoff retry,
    int maxAttempts,
    Duration maxTime,
    Duration refusedLimit,
    Duration scheduledLimit,
    Duration sendDeadline,
    Duration lookAgain,
    Duration tokenPause,
    double verifyShare) {

  /** The defaults, with every assignment trusted. */
  public static final DispatchSettings DEFAULT =
      new DispatchSettings(
          10,
          100,
          new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(15)),
          50,
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          0);
}
