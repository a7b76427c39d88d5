package io.bailiwick.drools;

import io.bailiwick.drools.facts.LeadFacts;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.guard.Guard;
import io.bailiwick.drools.guard.TrustedRules;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.DrlPrinter;
import io.bailiwick.drools.rule.Printed;
import io.bailiwick.drools.sheet.DecisionTables;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    return settings.trusted() ? trusted(files, schema, settings) : guarded(files, schema, settings);
  }

  private static Compilation guarded(RuleFiles files, Schema schema, JudgeSettings settings) {
    var guard = new Guard(schema.vocabulary());
    rules(files).forEach(guard::read);
    var tables = new DecisionTables(guard, schema.vocabulary());
    tables.read(files);
    List<RuleFlaw> flaws = new ArrayList<>(guard.flaws());
    flaws.addAll(tables.flaws());
    if (!flaws.isEmpty()) {
      return new Compilation.Refused(flaws);
    }
    List<CheckedRule> rules = guard.rules();
    if (rules.stream().allMatch(CheckedRule::isReadiness)) {
      return refused("there is no rule that routes a lead; write one in a file such as main.drl");
    }
    Printed printed = Printed.of(rules, schema.vocabulary().lead(), LeadFacts.single(schema));
    LeadFacts facts = LeadFacts.of(schema, printed, AllowedClasses.LOADER);
    try {
      KieBase base = KieBases.build(DrlPrinter.print(printed), facts.loader());
      List<String> names = DrlPrinter.names(rules.size());
      var compiled = new Compiled(base, rules, names, true, facts, schema, files.hash());
      return new Compilation.Ready(new DroolsRulebook(compiled, settings), warnings(rules));
    } catch (KieBases.NotCompiled e) {
      return refused("the engine did not take rules that passed the guard: " + e.getMessage());
    }
  }

  private static Compilation trusted(RuleFiles files, Schema schema, JudgeSettings settings) {
    var trusted = new TrustedRules();
    rules(files).forEach(trusted::read);
    if (!trusted.flaws().isEmpty()) {
      return new Compilation.Refused(trusted.flaws());
    }
    LeadFacts facts = LeadFacts.of(schema, RulebookCompiler.class.getClassLoader());
    try {
      KieBase base = KieBases.build(trusted.texts(), facts.loader());
      var compiled =
          new Compiled(base, trusted.rules(), trusted.names(), false, facts, schema, files.hash());
      return new Compilation.Ready(new DroolsRulebook(compiled, settings), List.of());
    } catch (KieBases.NotCompiled e) {
      return refused("the engine did not take the rules: " + e.getMessage());
    }
  }

  static Map<String, String> rules(RuleFiles files) {
    Map<String, String> rules = new TreeMap<>();
    files
        .texts()
        .forEach(
            (path, text) -> {
              if (path.endsWith(".drl")) {
                rules.put(path, text);
              }
            });
    return rules;
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
