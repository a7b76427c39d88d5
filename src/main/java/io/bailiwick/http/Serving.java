package io.bailiwick.http;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.RuleFlaw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What serves, for those who ask.
 *
 * @param flaws what is wrong with {@code rules/} where an earlier version serves in its place;
 *     empty where {@code rules/} itself serves
 * @param propagation how long after its creation a territory is not yet ready
 */
public record Serving(
    Rulebook rulebook,
    Instant since,
    List<RuleFlaw> flaws,
    Duration propagation,
    Duration staleAfter) {

  public Serving {
    flaws = List.copyOf(flaws);
  }
}
