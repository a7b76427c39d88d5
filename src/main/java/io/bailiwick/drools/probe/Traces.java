package io.bailiwick.drools.probe;

import io.bailiwick.drools.facts.LeadView;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.ConditionText;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.RuleTrace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of each condition of a rule whether it holds for a lead, and what the lead has. */
public final class Traces {

  private final LeadView view;
  private final Matcher matcher;
  private final Instant at;

  /** Of one lead beside territories; the placement is null where none was chosen. */
  public Traces(LeadView view, Territories territories, @Nullable Placement placement, Instant at) {
    this.view = view;
    this.matcher = new Matcher(view, territories, placement);
    this.at = at;
  }

  /** How far a rule came. */
  public RuleTrace of(CheckedRule rule) {
    List<RuleTrace.Condition> conditions = new ArrayList<>();
    if (rule.from() != null || rule.until() != null) {
      conditions.add(new RuleTrace.Condition(time(rule), rule.inForce(at), "it was " + at));
    }
    Map<String, @Nullable Object> bound = Map.of();
    for (Element element : rule.elements()) {
      if (element instanceof Element.Matches matches && isLead(matches.pattern())) {
        bound = lead(matches.pattern(), bound, conditions);
      } else {
        if (!onlyNames(element)) {
          boolean holds = matcher.holds(element, bound);
          String has = holds ? "" : has(element);
          conditions.add(new RuleTrace.Condition(ConditionText.of(element), holds, has));
        }
        bound = more(element, bound);
      }
    }
    return new RuleTrace(hit(rule), conditions);
  }

  /** The rule with its place; its territory where it names one. */
  static RuleHit hit(CheckedRule rule) {
    String territory = rule.namedTerritories().isEmpty() ? null : rule.namedTerritories().get(0);
    return new RuleHit(rule.name(), rule.file(), rule.line(), rule.salience(), territory);
  }

  /** A territory that is spelled out is always there, so naming it is no condition. */
  private static boolean onlyNames(Element element) {
    return element instanceof Element.Matches matches
        && matches.pattern().fact().is(Fact.Kind.TERRITORY)
        && matches.pattern().constraints().stream()
            .allMatch(
                c ->
                    c instanceof Test test
                        && test.field().name().equals("name")
                        && test.values().get(0) instanceof Value.Text);
  }

  private static boolean isLead(Pattern pattern) {
    return pattern.fact().is(Fact.Kind.LEAD);
  }

  private static String time(CheckedRule rule) {
    String from = rule.from() == null ? "" : "from " + rule.from();
    String until = rule.until() == null ? "" : "until " + rule.until();
    return (from + " " + until).strip();
  }

  private Map<String, @Nullable Object> lead(
      Pattern pattern, Map<String, @Nullable Object> bound, List<RuleTrace.Condition> into) {
    var asked = new Asked(view.lead(), bound);
    for (Condition condition : pattern.constraints()) {
      boolean holds = asked.holds(condition);
      into.add(
          new RuleTrace.Condition(
              ConditionText.of(condition), holds, holds ? "" : actual(condition, view.lead())));
    }
    Map<String, @Nullable Object> more = new java.util.HashMap<>(bound);
    pattern
        .bindings()
        .forEach((variable, field) -> more.put(variable, view.lead().get(field.name())));
    return more;
  }

  /** The variables of the first way in which the element holds; as before where it does not. */
  private Map<String, @Nullable Object> more(Element element, Map<String, @Nullable Object> bound) {
    if (element instanceof Element.Matches matches) {
      List<Map<String, @Nullable Object>> ways = matcher.ways(matches.pattern(), bound);
      return ways.isEmpty() ? bound : ways.get(0);
    }
    return bound;
  }

  /** What the lead has where a whole fact was asked for. */
  private String has(Element element) {
    Fact fact = CheckedRule.fact(element);
    return switch (fact.kind()) {
      case LOOKUP -> {
        List<Map<String, @Nullable Object>> rows = view.rows().getOrDefault(fact.word(), List.of());
        yield rows.isEmpty()
            ? "the lead has no row of " + fact.word()
            : "its rows are "
                + rows.stream().map(row -> row(fact, row)).collect(Collectors.joining("; "));
      }
      case LEAD -> fields(element);
      case TERRITORY -> "no such territory fits";
      case PLACEMENT -> "";
    };
  }

  private static String row(Fact fact, Map<String, @Nullable Object> row) {
    return fact.fieldNames().stream()
        .map(name -> name + " " + Objects.requireNonNullElse(row.get(name), "none"))
        .collect(Collectors.joining(", "));
  }

  private String fields(Element element) {
    Set<String> told = new LinkedHashSet<>();
    if (element instanceof Element.AnyOf any) {
      any.patterns().stream()
          .flatMap(pattern -> pattern.constraints().stream())
          .forEach(condition -> told.add(actual(condition, view.lead())));
    }
    return String.join(", ", told);
  }

  private static String actual(Condition condition, Map<String, @Nullable Object> values) {
    Set<String> told = new LinkedHashSet<>();
    actual(condition, values, told);
    return String.join(", ", told);
  }

  private static void actual(
      Condition condition, Map<String, @Nullable Object> values, Set<String> told) {
    if (condition instanceof Condition.All all) {
      all.parts().forEach(part -> actual(part, values, told));
    } else if (condition instanceof Condition.Any any) {
      any.parts().forEach(part -> actual(part, values, told));
    } else {
      String name = ((Test) condition).field().name();
      Object value = values.get(name);
      String shown = value instanceof String text ? '"' + text + '"' : String.valueOf(value);
      told.add(value == null ? name + " was absent" : name + " was " + shown);
    }
  }
}
