package io.bailiwick.flow;

import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Makes rulebooks beside the one that serves, and ends them; never on the flow's thread. */
public interface Rulebooks {

  /** What compiling rule files gave: a rulebook that can judge, or why there is none. */
  sealed interface Compilation {

    /** It can judge; the warnings do not keep it from serving. The caller retires it. */
    record Compiled(Rulebook rulebook, List<RuleFlaw> warnings) implements Compilation {}

    /** It cannot; at least one flaw. */
    record Refused(List<RuleFlaw> flaws) implements Compilation {}
  }

  /** Guards and compiles; takes seconds. The stage never fails. */
  CompletionStage<Compilation> compile(RuleFiles files);

  /** Closes a rulebook that no lead is given to any more, once what it judges is decided. */
  void retire(Rulebook rulebook);
}
