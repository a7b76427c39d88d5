package io.bailiwick.lead;

/**
 * One difference between two rulebooks: a rule that was added, removed or changed, or a file beside
 * the rules.
 *
 * @param number its place among the differences, from 0
 * @param file where it stands in the newer rulebook; for what was removed, where it stood
 * @param line from 1
 * @param rule the rule's name; null for a file beside the rules
 * @param before what the older rulebook says here, in words; empty for what was added
 * @param after what the newer says; empty for what was removed
 */
public record Hunk(
    int number,
    Kind kind,
    String file,
    int line,
    @Nullable String rule,
    String before,
    String after) {

  /** What differs. */
  public enum Kind {
    RULE_ADDED,
    RULE_REMOVED,
    RULE_CHANGED,
    /** The rows or columns of a lookup table. */
    TABLE,
    /** The declared fields or the business hours. */
    SETTING
  }

  /** {@code "West enterprise" rules.drl:14 employees >= 500 → employees >= 200}. */
  public String told() {
    String who = rule == null ? "" : '"' + rule + "\" ";
    String what =
        switch (kind) {
          case RULE_ADDED -> "(new)";
          case RULE_REMOVED -> "(removed)";
          case RULE_CHANGED, TABLE, SETTING -> before + " → " + after;
        };
    return "%s%s:%d  %s".formatted(who, file, line, what);
  }
}
