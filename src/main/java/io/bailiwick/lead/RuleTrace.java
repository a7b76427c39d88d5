package io.bailiwick.lead;

import io.bailiwick.lead.Receipt.RuleHit;
import java.util.List;

/**
 * How far one rule came with one lead: each of its conditions, in the order of the text, with
 * whether it holds and what the lead has instead.
 *
 * @param rule the rule; its territory is the one it would propose, null where that is not known
 */
public record RuleTrace(RuleHit rule, List<Condition> conditions) {

  /**
   * One condition.
   *
   * @param text as it stands in the rule
   * @param actual what the lead has: {@code employees was 480}; empty where it says nothing more
   */
  public record Condition(String text, boolean holds, String actual) {}

  public RuleTrace {
    conditions = List.copyOf(conditions);
  }

  /** Whether all of its conditions hold. */
  public boolean matches() {
    return conditions.stream().allMatch(Condition::holds);
  }

  /** How many of its conditions hold. */
  public int passed() {
    return (int) conditions.stream().filter(Condition::holds).count();
  }

  /** {@code passed 3 of 4: employees >= 500, employees was 480}. */
  public String told() {
    String failed =
        conditions.stream()
            .filter(condition -> !condition.holds())
            .findFirst()
            .map(c -> ": " + c.text() + (c.actual().isEmpty() ? "" : ", " + c.actual()))
            .orElse("");
    return "passed %d of %d%s".formatted(passed(), conditions.size(), failed);
  }
}
