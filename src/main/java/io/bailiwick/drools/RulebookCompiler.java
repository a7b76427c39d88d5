package io.bailiwick.drools;

import io.bailiwick.drools.facts.LeadFacts;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.guard.Guard;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.DrlPrinter;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.List;
import org.kie.api.KieBase;

/**
 * Makes a rulebook of rule files: reads what rules may speak of, guards the rules, prints those it
 * understood as one DRL text and compiles that. Pure but for the CPU it takes, about a second the
 * first time; may be called from any thread.
 */
public final class RulebookCompiler {

  private RulebookCompiler() {}

  /** Rules are read in the paths' order; files that are no rules, tables or settings are left. */
  public static Compilation compile(RuleFiles files, JudgeSettings settings) {
    Schema schema = Schema.read(files);
    if (!schema.flaws().isEmpty()) {
      // Rules that speak of what was not understood would be refused for no fault of their own.
      return new Compilation.Refused(schema.flaws());
    }
    var guard = new Guard(schema.vocabulary());
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
    return compile(files, schema, rules, settings);
  }

  private static Compilation compile(
      RuleFiles files, Schema schema, List<CheckedRule> rules, JudgeSettings settings) {
    LeadFacts facts = LeadFacts.of(schema, AllowedClasses.LOADER);
    KieBase base;
    try {
      base = KieBases.build(DrlPrinter.print(rules), facts.loader());
    } catch (KieBases.NotCompiled e) {
      return refused("the engine did not take rules that passed the guard: " + e.getMessage());
    }
    var compiled = new Compiled(base, rules, facts, schema, files.hash());
    return new Compilation.Ready(new DroolsRulebook(compiled, settings), warnings(rules));
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
