package io.bailiwick.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The part of the journal that keeps what our calls to the CRM cost, so that no restart forgets a
 * part of a rolling day, and instances on one journal together keep to what a day may cost.
 */
public interface CreditBook {

  /** What is counted together: a credit comes back when its quarter of an hour is a day old. */
  Duration QUARTER = Duration.ofMinutes(15);

  /** The time that credits are counted over. */
  Duration DAY = Duration.ofHours(24);

  /** What the calls of all instances cost in the quarter of an hour that began then. */
  record Spent(Instant began, long credits) {

    /** Whether it counts no more. */
    public boolean isOver(Instant now) {
      return !now.isBefore(began.plus(DAY).plus(QUARTER));
    }
  }

  /**
   * Adds what was spent in its quarter, and forgets what counts no more; answers all that counts,
   * of all instances, oldest first.
   */
  CompletionStage<List<Spent>> charge(Spent more, Instant now);
}
