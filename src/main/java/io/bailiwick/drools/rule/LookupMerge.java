package io.bailiwick.drools.rule;

import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Printed.Merged;
import io.bailiwick.drools.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes patterns of lookup tables into the lead's own, where a lead has one row at most. A row that
 * is a fact of its own is joined with the lead by every rule that asks its table, so that each rule
 * would make each decision dearer; a field of the lead is found by a hash.
 */
final class LookupMerge {

  /** A record has at most 255 components, of which the lead and its derived fields need most. */
  private static final int MOST = 60;

  private static final Span NOWHERE = new Span(0, 0);

  private final Fact lead;
  private final Set<String> single;
  private final Map<String, Merged> merged = new LinkedHashMap<>();
  private final Set<String> rows = new HashSet<>();

  LookupMerge(Fact lead, Set<String> single) {
    this.lead = lead;
    this.single = single;
  }

  /** The same rules, with what can be merged in the lead. */
  List<CheckedRule> of(List<CheckedRule> rules) {
    List<CheckedRule> all = new ArrayList<>();
    for (CheckedRule rule : rules) {
      CheckedRule printed = isPlain(rule) ? merged(rule) : rule;
      printed.patterns().stream()
          .filter(pattern -> pattern.fact().is(Fact.Kind.LOOKUP))
          .forEach(pattern -> rows.add(pattern.fact().word()));
      all.add(printed);
    }
    return List.copyOf(all);
  }

  List<Merged> merged() {
    return List.copyOf(merged.values());
  }

  /** The tables that some rule still asks for rows. */
  Set<String> rows() {
    return Set.copyOf(rows);
  }

  /** Whether it asks for one lead, and not for one or another. */
  private static boolean isPlain(CheckedRule rule) {
    return rule.elements().stream()
        .noneMatch(
            element ->
                element instanceof Element.AnyOf && CheckedRule.fact(element).is(Fact.Kind.LEAD));
  }

  private CheckedRule merged(CheckedRule rule) {
    Map<String, Field> bindings = new LinkedHashMap<>();
    List<Condition> conditions = new ArrayList<>();
    List<Element> others = new ArrayList<>();
    String variable = null;
    boolean any = false;
    for (Element element : rule.elements()) {
      if (element instanceof Element.Matches matches && matches.pattern().fact().equals(lead)) {
        bindings.putAll(matches.pattern().bindings());
        conditions.addAll(matches.pattern().constraints());
        variable = matches.pattern().variable();
      } else if (isMergeable(element)) {
        any = true;
        merge(element, bindings, conditions);
      } else {
        others.add(element);
      }
    }
    if (!any) {
      return rule;
    }
    others.add(0, new Element.Matches(new Pattern(lead, variable, bindings, conditions)));
    return new CheckedRule(
        rule.name(),
        rule.file(),
        rule.line(),
        rule.salience(),
        rule.from(),
        rule.until(),
        others,
        rule.action(),
        rule.namedTerritories());
  }

  private boolean isMergeable(Element element) {
    if (element instanceof Element.AnyOf || !CheckedRule.fact(element).is(Fact.Kind.LOOKUP)) {
      return false;
    }
    Pattern pattern = pattern(element);
    boolean none = element instanceof Element.NoneMatches && !pattern.constraints().isEmpty();
    return !none
        && pattern.variable() == null
        && single.contains(pattern.fact().word())
        && pattern.constraints().stream().noneMatch(LookupMerge::joins)
        && merged.size() + pattern.fact().fields().size() < MOST;
  }

  private static Pattern pattern(Element element) {
    if (element instanceof Element.Matches matches) {
      return matches.pattern();
    }
    return element instanceof Element.SomeMatches some
        ? some.pattern()
        : ((Element.NoneMatches) element).pattern();
  }

  private static boolean joins(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().anyMatch(LookupMerge::joins);
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().anyMatch(LookupMerge::joins);
    }
    return ((Test) condition).values().get(0) instanceof Value.Variable;
  }

  private void merge(Element element, Map<String, Field> bindings, List<Condition> conditions) {
    Pattern pattern = pattern(element);
    Fact table = pattern.fact();
    boolean none = element instanceof Element.NoneMatches;
    Value here = none ? new Value.Absent() : new Value.YesNo(true);
    conditions.add(new Test(here(table), Op.IS, List.of(here), false, NOWHERE));
    pattern.bindings().forEach((variable, field) -> bindings.put(variable, field(table, field)));
    pattern.constraints().forEach(condition -> conditions.add(of(table, condition)));
  }

  private Condition of(Fact table, Condition condition) {
    if (condition instanceof Condition.All all) {
      return new Condition.All(all.parts().stream().map(part -> of(table, part)).toList());
    }
    if (condition instanceof Condition.Any any) {
      return new Condition.Any(any.parts().stream().map(part -> of(table, part)).toList());
    }
    Test test = (Test) condition;
    return new Test(
        field(table, test.field()), test.op(), test.values(), test.negated(), test.at());
  }

  private Field here(Fact table) {
    String name = prefix(table) + "_";
    return merged
        .computeIfAbsent(
            name, k -> new Merged(Field.optional(name, Field.Kind.YES_NO), table.word(), null))
        .field();
  }

  private Field field(Fact table, Field column) {
    String name = prefix(table) + column.name();
    return merged
        .computeIfAbsent(
            name, k -> new Merged(Field.optional(name, column.kind()), table.word(), column.name()))
        .field();
  }

  /** The names have a sign that no field of a file can have. */
  private static String prefix(Fact table) {
    String word = table.word();
    return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1) + "_";
  }
}
