package io.bailiwick.drools.analysis;

import io.bailiwick.drools.facts.LookupTable;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.facts.WaitingLimits;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Finding.Kind;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what rules name with what there is: territories of the CRM, lookup tables, declared
 * fields. Pure.
 */
public final class Names {

  private final Schema schema;
  private final List<CheckedRule> rules;
  private final List<Finding> findings = new ArrayList<>();

  private Names(Schema schema, List<CheckedRule> rules) {
    this.schema = schema;
    this.rules = rules;
  }

  /** Territories that are named and not listed, and the other way round. */
  public static List<Finding> territories(
      Schema schema, List<CheckedRule> rules, TerritorySnapshot snapshot) {
    var names = new Names(schema, rules);
    names.unknown(snapshot);
    names.waitedFor(snapshot);
    names.unused(snapshot);
    return List.copyOf(names.findings);
  }

  /** Where each territory is named; rules first, then the first row of each lookup table. */
  public static TerritoryUses uses(Schema schema, List<CheckedRule> rules) {
    Map<String, List<RulePlace>> places = new TreeMap<>();
    for (CheckedRule rule : rules) {
      var place = new RulePlace(rule.file(), rule.line(), rule.name());
      new LinkedHashSet<>(rule.namedTerritories())
          .forEach(name -> places.computeIfAbsent(name, n -> new ArrayList<>()).add(place));
    }
    for (LookupTable table : schema.tables()) {
      table
          .territories()
          .forEach(
              (name, place) -> {
                int colon = place.lastIndexOf(':');
                int line = Integer.parseInt(place.substring(colon + 1));
                places
                    .computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new RulePlace(place.substring(0, colon), line, null));
              });
    }
    schema
        .limits()
        .fallbacks()
        .forEach(
            (name, limit) ->
                places
                    .computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new RulePlace(WaitingLimits.FILE, limit.line(), limit.name())));
    return new TerritoryUses(places, rules.stream().anyMatch(Names::namedByTheLead));
  }

  /** Tables and declared fields that no rule asks. */
  public static List<Finding> unused(Schema schema, List<CheckedRule> rules) {
    var names = new Names(schema, rules);
    names.unusedWords();
    return List.copyOf(names.findings);
  }

  private void unknown(TerritorySnapshot snapshot) {
    Set<String> listed = new TreeSet<>();
    snapshot.territories().forEach(territory -> listed.add(territory.name()));
    for (CheckedRule rule : rules) {
      for (String name : rule.namedTerritories()) {
        if (!listed.contains(name)) {
          add(
              Kind.UNKNOWN_TERRITORY,
              rule.file(),
              rule.line(),
              rule.name(),
              unlisted(name, listed));
        }
      }
    }
    schema
        .territories()
        .forEach(
            (name, place) -> {
              if (!listed.contains(name)) {
                int colon = place.lastIndexOf(':');
                int line = Integer.parseInt(place.substring(colon + 1));
                String file = place.substring(0, colon);
                add(Kind.UNKNOWN_TERRITORY, file, line, null, unlisted(name, listed));
              }
            });
  }

  /** A limit for a territory that is not there is for no lead. */
  private void waitedFor(TerritorySnapshot snapshot) {
    Set<String> named = new TreeSet<>(schema.territories().keySet());
    rules.forEach(rule -> named.addAll(rule.namedTerritories()));
    snapshot.territories().forEach(territory -> named.add(territory.name()));
    schema
        .limits()
        .territories()
        .forEach(
            (name, limit) -> {
              if (!named.contains(name)) {
                add(
                    Kind.UNKNOWN_TERRITORY,
                    WaitingLimits.FILE,
                    limit.line(),
                    limit.name(),
                    "no lead waits for \"%s\": no rule names it".formatted(name)
                        + Nearest.hint(name, named));
              }
            });
  }

  private static String unlisted(String name, Set<String> listed) {
    return "the CRM lists no territory \"%s\", so its leads wait".formatted(name)
        + Nearest.hint(name, listed);
  }

  private void unused(TerritorySnapshot snapshot) {
    if (rules.stream().anyMatch(Names::namedByTheLead)) {
      return;
    }
    Set<String> named = new HashSet<>(schema.territories().keySet());
    rules.forEach(rule -> named.addAll(rule.namedTerritories()));
    snapshot.territories().stream()
        .map(territory -> territory.name())
        .distinct()
        .filter(name -> !named.contains(name))
        .forEach(
            name ->
                add(
                    Kind.UNUSED_TERRITORY,
                    "rules",
                    0,
                    null,
                    "no rule sends a lead to \"%s\"".formatted(name)));
  }

  /** Whether its territory's name is a field of the lead, so that it may be any. */
  private static boolean namedByTheLead(CheckedRule rule) {
    return !rule.isReadiness()
        && rule.action() instanceof CheckedRule.Action.To
        && rule.namedTerritories().isEmpty()
        && rule.patterns().stream()
            .noneMatch(pattern -> pattern.fact().is(io.bailiwick.drools.rule.Fact.Kind.LOOKUP));
  }

  private void unusedWords() {
    Set<String> facts = new HashSet<>();
    Set<String> fields = new HashSet<>();
    rules.stream()
        .flatMap(rule -> rule.patterns().stream())
        .forEach(
            pattern -> {
              facts.add(pattern.fact().word());
              asked(pattern, fields);
            });
    for (LookupTable table : schema.tables()) {
      String word = table.fact().word();
      if (!facts.contains(word)) {
        add(Kind.UNUSED_LOOKUP, table.file(), 1, null, "no rule asks %s( … )".formatted(word));
      }
      table.columns().stream()
          .filter(column -> column.ofLead() >= 0)
          .map(column -> schema.vocabulary().lead().fields().get(column.ofLead()).name())
          .forEach(fields::add);
    }
    for (Field field : schema.declared()) {
      if (!fields.contains(field.name())) {
        add(Kind.UNUSED_FIELD, "fields.yaml", 0, null, "no rule asks " + field.name());
      }
    }
  }

  private static void asked(Pattern pattern, Set<String> fields) {
    pattern.bindings().values().forEach(field -> fields.add(field.name()));
    pattern.constraints().forEach(condition -> asked(condition, fields));
  }

  private static void asked(Condition condition, Set<String> fields) {
    if (condition instanceof Condition.All all) {
      all.parts().forEach(part -> asked(part, fields));
    } else if (condition instanceof Condition.Any any) {
      any.parts().forEach(part -> asked(part, fields));
    } else {
      fields.add(((Test) condition).field().name());
    }
  }

  private void add(Kind kind, String file, int line, @Nullable String rule, String message) {
    findings.add(new Finding(kind, file, line, rule, message, null, null));
  }
}
