package io.bailiwick.lead;

import java.util.List;

/**
 * How much hangs on a territory. Superseded revisions are not counted: the newer one is.
 *
 * @param rules the rules and lookup rows that name it, with their places
 * @param routed7Days leads accepted in the last 7 days whose decision names it
 * @param routed30Days the same of the last 30 days
 * @param waiting leads queued for it now
 * @param wouldQueue of the leads of the last 7 days that were decided to be assigned, how many
 *     would be queued for it now: decided again, not estimated
 */
public record BlastRadius(
    List<RulePlace> rules, long routed7Days, long routed30Days, long waiting, long wouldQueue) {

  /** Nothing hangs on it. */
  public static final BlastRadius NONE = new BlastRadius(List.of(), 0, 0, 0, 0);

  public BlastRadius {
    rules = List.copyOf(rules);
  }
}
