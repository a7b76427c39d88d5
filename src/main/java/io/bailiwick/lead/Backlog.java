package io.bailiwick.lead;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How many leads are on their way and since when, and how many wait for a person.
 *
 * @param waiting those not at rest, by stage and reason; kinds of which there are none are left out
 * @param overdue those that wait longer than a limit of the rules allows, by the limit
 * @param parked dead letters by reason, without those that a person closed
 */
public record Backlog(List<Waiting> waiting, List<Overdue> overdue, Map<ParkReason, Long> parked) {

  /** Nothing waits. */
  public static final Backlog NONE = new Backlog(List.of(), List.of(), Map.of());

  /**
   * The leads of one kind.
   *
   * @param reason why they are queued; null in every other stage
   * @param oldest when the one that has waited longest was accepted
   * @param lead its id
   */
  public record Waiting(
      Stage stage, @Nullable QueueReason reason, long count, Instant oldest, String lead) {}

  /**
   * The queued leads that have passed one limit of waiting.
   *
   * @param limit its name
   * @param since when the one that has waited longest began to
   * @param lead its id
   */
  public record Overdue(String limit, long count, Instant since, String lead) {}

  public Backlog {
    waiting = List.copyOf(waiting);
    overdue = List.copyOf(overdue);
    parked = Map.copyOf(parked);
  }
}
