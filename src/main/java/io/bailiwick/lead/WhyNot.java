package io.bailiwick.lead;

import java.util.List;

/**
 * Why a lead did not go to a territory: each rule that could have sent it there, and which single
 * changes of the lead would.
 *
 * @param territory the territory's name
 * @param decision what was decided
 * @param rules the rules that can send a lead there, nearest first
 * @param flips for each field by which one change alone would, the smallest such change
 */
public record WhyNot(String territory, Decision decision, List<RuleTrace> rules, List<Flip> flips) {

  /**
   * One change of one field, proved by deciding the changed lead.
   *
   * @param from the present value; null for none
   * @param to the value that would do; null for none
   * @param decision what would be decided
   */
  public record Flip(
      String field, @Nullable String from, @Nullable String to, Lead changed, Decision decision) {

    /** {@code employees 500 in place of 480}. */
    public String told() {
      return to == null
          ? "no %s in place of %s".formatted(field, from)
          : "%s %s in place of %s".formatted(field, to, from == null ? "none" : from);
    }
  }

  public WhyNot {
    rules = List.copyOf(rules);
    flips = List.copyOf(flips);
  }

  /** Whether the lead goes there already. */
  public boolean goesThere() {
    TerritoryRef ref = decision.territory();
    return ref != null && ref.name().equals(territory);
  }
}
