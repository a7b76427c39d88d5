package io.bailiwick.lead;

import io.bailiwick.lead.Receipt.RuleHit;

/**
 * A rulebook with one small thing changed in one rule, to learn whether any fixture notices.
 *
 * @param number its place among the rulebook's mutants, from 0
 * @param rule the rule that was changed, as it stands
 * @param kind what was done
 * @param change in words: {@code employees >= 500 → employees > 500}
 */
public record Mutant(int number, RuleHit rule, Kind kind, String change) {

  /** The ways to change a rule. */
  public enum Kind {
    /** An operator became another. */
    OPERATOR,
    /** A bound moved by one. */
    BOUND,
    /** A value left a list. */
    MEMBER,
    /** A condition was left out. */
    DROPPED,
    /** A condition became its opposite. */
    NEGATED,
    /** The salience changed place with that of another rule. */
    SALIENCE
  }
}
