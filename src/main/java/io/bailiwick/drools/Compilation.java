package io.bailiwick.drools;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.RuleFlaw;
import java.util.List;

/** What compiling rule files gave: a rulebook that can judge, or why there is none. */
public sealed interface Compilation {

  /** It can judge. The warnings do not keep it from serving. The caller closes the rulebook. */
  record Ready(Rulebook rulebook, List<RuleFlaw> warnings) implements Compilation {}

  /** It cannot; at least one flaw, the first of each broken rule or file. */
  record Refused(List<RuleFlaw> flaws) implements Compilation {}
}
