package io.bailiwick.lead;

import io.bailiwick.lead.Decision.Action;
import java.util.Locale;

/** What became of one lead's decision, in the order in which it is told. */
public enum Change {
  MOVED("~", "moved"),
  TO_QUEUE("◷", "assign → queue"),
  TO_ASSIGN("▲", "queue → assign"),
  UNMATCHED("?", "now unmatched"),
  ERROR("!", "error"),
  SAME("=", "same");

  private final String sign;
  private final String told;

  Change(String sign, String told) {
    this.sign = sign;
    this.told = told;
  }

  /** One character; never the only thing that tells it. */
  public String sign() {
    return sign;
  }

  /** In words. */
  public String told() {
    return told;
  }

  /** Its name in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** From one decision of a lead to another; which rule won makes no difference by itself. */
  public static Change of(Decision before, Decision after) {
    if (Standing.of(before).equals(Standing.of(after))) {
      return SAME;
    }
    if (after.reason() == QueueReason.RULE_ERROR || after.action() == Action.GIVE_UP) {
      return ERROR;
    }
    if (after.reason() == QueueReason.NO_MATCH) {
      return UNMATCHED;
    }
    if (before.action() == Action.ASSIGN && after.action() == Action.QUEUE) {
      return TO_QUEUE;
    }
    return before.action() != Action.ASSIGN && after.action() == Action.ASSIGN ? TO_ASSIGN : MOVED;
  }
}
