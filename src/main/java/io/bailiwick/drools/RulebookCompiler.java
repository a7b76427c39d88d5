package io.bailiwick.drools;

import io.bailiwick.drools.guard.Guard;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.DrlPrinter;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.List;
import org.kie.api.KieBase;

/**
 * Makes a rulebook of rule files: guards them, prints the rules it understood as one DRL text and
 * compiles that. Pure but for the CPU it takes, about a second the first time; may be called from
 * any thread.
 */
public final class RulebookCompiler {

  private RulebookCompiler() {}

  /** Every {@code .drl} file is read, in the paths' order; other files are not rules. */
  public static Compilation compile(RuleFiles files, JudgeSettings settings) {
    var guard = new Guard(io.bailiwick.drools.rule.Vocabulary.plain());
    files
        .texts()
        .forEach(
            (path, text) -> {
              if (path.endsWith(".drl")) {
                guard.read(path, text);
              }
            });
    if (!guard.flaws().isEmpty()) {
      return new Compilation.Refused(guard.flaws());
    }
    List<CheckedRule> rules = guard.rules();
    if (rules.stream().allMatch(CheckedRule::isReadiness)) {
      return refused("there is no rule that routes a lead; write one in a file such as main.drl");
    }
    KieBase base;
    try {
      base = KieBases.build(DrlPrinter.print(rules));
    } catch (KieBases.NotCompiled e) {
      return refused("the engine did not take rules that passed the guard: " + e.getMessage());
    }
    return new Compilation.Ready(
        new DroolsRulebook(new Compiled(base, rules, files.hash()), settings), warnings(rules));
  }

  private static Compilation refused(String message) {
    return new Compilation.Refused(List.of(new RuleFlaw("rules", 0, 0, null, message, "")));
  }

  private static List<RuleFlaw> warnings(List<CheckedRule> rules) {
    List<RuleFlaw> warnings = new ArrayList<>();
    if (rules.stream().noneMatch(CheckedRule::isReadiness)) {
      warnings.add(
          new RuleFlaw(
              "rules",
              0,
              0,
              null,
              "there is no readiness rule; leads are sent to territories that are not ready",
              ""));
    }
    return List.copyOf(warnings);
  }
}
