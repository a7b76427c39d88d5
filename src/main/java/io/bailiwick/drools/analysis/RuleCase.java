package io.bailiwick.drools.analysis;

import io.bailiwick.drools.rule.CheckedRule;
import java.util.List;

/**
 * What one rule says for one outcome: the leads that it says it of. A rule whose territory comes
 * from a lookup table has a case for each territory of its rows.
 *
 * @param outcome the territory's name or the blocker; a variable's name where it comes of the lead
 * @param known whether the outcome is the same for all leads of the case
 * @param boxes together the leads it matches
 */
record RuleCase(CheckedRule rule, String outcome, boolean known, List<Box> boxes) {

  RuleCase {
    boxes = List.copyOf(boxes);
  }

  /** Whether both, matching one lead, may say different things of it. */
  boolean maySayOtherThan(RuleCase other) {
    return !outcome.equals(other.outcome);
  }
}
