package io.bailiwick.flow;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Standing;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a shadow has come to. A lead that is judged again, because it waits, counts again.
 *
 * @param counts how many judgements came out how; every change has its figure
 * @param skipped how many it was spared because it lagged behind
 * @param groups the changes by where leads stood and would stand, the largest first
 * @param differences the leads last judged otherwise, the newest first, each once
 */
public record ShadowStanding(
    ShadowRun run,
    Map<Change, Long> counts,
    long skipped,
    List<Group> groups,
    List<Difference> differences) {

  /** Where leads stand, where they would stand, and how many of them. */
  public record Group(Change change, Standing from, Standing to, long count) {}

  /**
   * One lead that the shadow judged otherwise.
   *
   * @param number grows with each difference of this shadow
   * @param lead its id
   * @param at the clock of both decisions
   * @param ruleBefore the rule that settles where it stands; null for none
   * @param ruleAfter the same of the shadow
   */
  public record Difference(
      long number,
      String lead,
      Instant at,
      Change change,
      Standing from,
      Standing to,
      @Nullable RuleHit ruleBefore,
      @Nullable RuleHit ruleAfter) {}

  public ShadowStanding {
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    groups = List.copyOf(groups);
    differences = List.copyOf(differences);
  }

  /** How many judgements were compared. */
  public long compared() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
