package io.bailiwick.replay.compare;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Standing;
import java.util.List;

/**
 * Leads whose decisions changed in the same way, by the same rules.
 *
 * @param ruleBefore the rule that won before, with its place; null for none
 * @param ruleAfter the rule that wins now
 * @param count how many leads
 * @param samples the first of them, in the leads' order
 * @param causes the differences that are responsible: undone alone, each gives the old decision
 *     back; none where nothing was found
 * @param together whether only several of them together do
 */
public record Group(
    Change change,
    Standing from,
    Standing to,
    @Nullable String ruleBefore,
    @Nullable String ruleAfter,
    long count,
    List<Changed> samples,
    List<Hunk> causes,
    boolean together) {

  public Group {
    samples = List.copyOf(samples);
    causes = List.copyOf(causes);
  }
}
