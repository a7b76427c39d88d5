package io.bailiwick.drools;

import io.bailiwick.drools.analysis.Names;
import io.bailiwick.drools.facts.LeadFacts;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritoryUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kie.api.KieBase;

/**
 * A compiled rulebook, shared by all sessions.
 *
 * @param facts makes the facts of a lead
 * @param schema what the rules may speak of
 * @param rules by their number
 * @param names what the compiled base calls each rule, package and name
 * @param numbered whether each rule says itself which it is
 */
record Compiled(
    KieBase base,
    List<CheckedRule> rules,
    List<String> names,
    boolean numbered,
    LeadFacts facts,
    Schema schema,
    String hash) {

  /** The numbers of the rules by what the compiled base calls them. */
  Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
    return numbers;
  }

  /** Whether what readiness rules say depends on the placement alone. */
  boolean placementAlone() {
    return numbered
        && rules.stream()
            .filter(CheckedRule::isReadiness)
            .flatMap(rule -> rule.patterns().stream())
            .allMatch(pattern -> pattern.fact().is(Fact.Kind.PLACEMENT));
  }

  /** The names of territories that rules and lookup rows spell out. */
  Set<String> namedTerritories() {
    Set<String> names = new TreeSet<>(schema.territories().keySet());
    rules.forEach(rule -> names.addAll(rule.namedTerritories()));
    return names;
  }

  /** Which territories rules and lookup rows name, and where. */
  TerritoryUses uses() {
    return Names.uses(schema, rules);
  }

  /** Every rule with its place, once for each territory it names. */
  List<RuleHit> hits() {
    List<RuleHit> hits = new ArrayList<>();
    for (CheckedRule rule : rules) {
      if (rule.namedTerritories().isEmpty()) {
        hits.add(new RuleHit(rule.name(), rule.file(), rule.line(), rule.salience(), null));
      }
      rule.namedTerritories()
          .forEach(
              name ->
                  hits.add(
                      new RuleHit(rule.name(), rule.file(), rule.line(), rule.salience(), name)));
    }
    return List.copyOf(hits);
  }
}
