package io.bailiwick.replay;

import io.bailiwick.lead.Receipt.RuleHit;
import java.util.List;

/**
 * Which rules the fixtures fired.
 *
 * @param rules how many rules there are
 * @param neverFired rules that no receipt of any fixture names, and that are not declared
 * @param declared rules that are declared as not fired and were not, with the reason
 * @param falselyDeclared declarations that are not true, one sentence each
 */
public record Coverage(
    int rules, List<RuleHit> neverFired, List<Declaration> declared, List<String> falselyDeclared) {

  /** A rule that no fixture fires on purpose. */
  public record Declaration(String rule, String reason) {}

  public Coverage {
    neverFired = List.copyOf(neverFired);
    declared = List.copyOf(declared);
    falselyDeclared = List.copyOf(falselyDeclared);
  }

  /** Whether each rule was fired or is truly declared as not fired. */
  public boolean complete() {
    return neverFired.isEmpty() && falselyDeclared.isEmpty();
  }
}
