package io.bailiwick.drools.analysis;

import io.bailiwick.drools.facts.LookupTable;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a routing rule into boxes of leads. What it cannot express (conditions on a territory's
 * flags, joins between tables, code) makes a box opaque: it then holds at most what it says.
 */
final class CaseReader {

  /** More boxes of one rule than this are not told apart; the rule is then opaque. */
  static final int MAX_BOXES = 2_000;

  private final Map<String, TableBoxes> tables = new HashMap<>();

  CaseReader(Schema schema) {
    for (LookupTable table : schema.tables()) {
      tables.put(table.fact().word(), new TableBoxes(table, schema.vocabulary().lead()));
    }
  }

  /** The rule's cases, one for each outcome. */
  List<RuleCase> cases(CheckedRule rule) {
    String variable = outcomeVariable(rule);
    Pattern looked = variable == null ? null : lookup(rule, variable);
    List<RuleCase> cases = new ArrayList<>();
    if (looked != null && variable != null) {
      Field column = looked.bindings().get(variable);
      TableBoxes table = tables.get(looked.fact().word());
      if (column != null && table != null) {
        Map<String, List<Box>> owners = new LinkedHashMap<>();
        table.byValue(looked, column).forEach(owners::put);
        owners.forEach(
            (owner, rows) -> cases.add(new RuleCase(rule, owner, true, boxes(rule, looked, rows))));
      }
      return cases;
    }
    cases.add(new RuleCase(rule, outcome(rule, variable), variable == null, boxes(rule)));
    return cases;
  }

  /** All leads that a rule matches, whatever it says of them. */
  List<Box> boxes(CheckedRule rule) {
    return boxes(rule, null, List.of());
  }

  /** With the boxes of one lookup pattern given. */
  private List<Box> boxes(CheckedRule rule, @Nullable Pattern given, List<Box> rows) {
    List<Box> boxes = List.of(rule.elements().isEmpty() ? Box.ALL.withOpaque() : Box.ALL);
    for (Element element : rule.elements()) {
      boolean isGiven =
          element instanceof Element.Matches matches && matches.pattern().equals(given);
      boxes = isGiven ? product(boxes, rows) : and(boxes, element, rule);
    }
    return boxes;
  }

  private List<Box> and(List<Box> boxes, Element element, CheckedRule rule) {
    if (element instanceof Element.Matches matches) {
      return and(boxes, matches.pattern(), rule);
    }
    if (element instanceof Element.AnyOf any) {
      List<Box> all = new ArrayList<>();
      any.patterns().forEach(pattern -> all.addAll(and(boxes, pattern, rule)));
      return limited(all, boxes);
    }
    if (element instanceof Element.SomeMatches some) {
      return and(boxes, some.pattern(), rule);
    }
    Pattern none = ((Element.NoneMatches) element).pattern();
    TableBoxes table = tables.get(none.fact().word());
    List<Box> without = table == null ? null : table.without(none);
    return without == null ? opaque(boxes) : product(boxes, without);
  }

  private List<Box> and(List<Box> boxes, Pattern pattern, CheckedRule rule) {
    return switch (pattern.fact().kind()) {
      case LEAD -> conditions(boxes, pattern.constraints());
      case LOOKUP -> lookup(boxes, pattern, rule);
      case TERRITORY -> onlyNamed(pattern) ? boxes : opaque(boxes);
      case PLACEMENT -> opaque(boxes);
    };
  }

  private List<Box> lookup(List<Box> boxes, Pattern pattern, CheckedRule rule) {
    TableBoxes table = tables.get(pattern.fact().word());
    if (table == null) {
      return opaque(boxes);
    }
    List<Box> rows = table.matching(pattern, variable -> fieldOfLead(rule, variable));
    return rows == null ? opaque(boxes) : product(boxes, rows);
  }

  private static List<Box> conditions(List<Box> boxes, List<Condition> conditions) {
    List<Box> narrowed = boxes;
    for (Condition condition : conditions) {
      narrowed = limited(narrowed(narrowed, condition), narrowed);
    }
    return narrowed;
  }

  private static List<Box> narrowed(List<Box> boxes, Condition condition) {
    if (condition instanceof Condition.All all) {
      return conditions(boxes, all.parts());
    }
    List<Box> narrowed = new ArrayList<>();
    if (condition instanceof Condition.Any any) {
      any.parts().forEach(part -> narrowed.addAll(narrowed(boxes, part)));
      return narrowed;
    }
    Test test = (Test) condition;
    boolean literal = !(test.values().get(0) instanceof Value.Variable);
    for (Box box : boxes) {
      Box left = literal ? box.and(ValueSet.of(test)) : box.withOpaque();
      if (left != null) {
        narrowed.add(left);
      }
    }
    return narrowed;
  }

  static List<Box> product(List<Box> some, List<Box> others) {
    List<Box> both = new ArrayList<>();
    for (Box one : some) {
      for (Box other : others) {
        Box met = one.and(other);
        if (met != null) {
          both.add(met);
        }
      }
      if (both.size() > MAX_BOXES) {
        return opaque(some);
      }
    }
    return both;
  }

  private static List<Box> limited(List<Box> boxes, List<Box> wider) {
    return boxes.size() <= MAX_BOXES ? boxes : opaque(wider);
  }

  private static List<Box> opaque(List<Box> boxes) {
    return boxes.stream().map(Box::withOpaque).toList();
  }

  /** Whether a territory is only told by its name; one that is named is always there. */
  private static boolean onlyNamed(Pattern pattern) {
    return pattern.constraints().stream()
        .allMatch(
            c ->
                c instanceof Test test
                    && test.field().name().equals("name")
                    && (test.op() == Op.IS || test.op() == Op.IN));
  }

  /** The variable that the outcome comes from; null where the rule spells it out. */
  private static @Nullable String outcomeVariable(CheckedRule rule) {
    Condition name = nameOfTerritory(rule);
    return name instanceof Test test && test.values().get(0) instanceof Value.Variable variable
        ? variable.name()
        : null;
  }

  private static String outcome(CheckedRule rule, @Nullable String variable) {
    if (rule.action() instanceof Action.Queue queue) {
      return "queue " + queue.blocker();
    }
    return variable != null
        ? variable
        : rule.namedTerritories().isEmpty() ? rule.name() : rule.namedTerritories().get(0);
  }

  private static @Nullable Condition nameOfTerritory(CheckedRule rule) {
    return rule.action() instanceof Action.To
        ? rule.elements().stream()
            .filter(Element.Matches.class::isInstance)
            .map(element -> ((Element.Matches) element).pattern())
            .filter(pattern -> pattern.fact().is(Fact.Kind.TERRITORY))
            .flatMap(pattern -> pattern.constraints().stream())
            .filter(c -> c instanceof Test test && test.field().name().equals("name"))
            .findFirst()
            .orElse(null)
        : null;
  }

  private static @Nullable Pattern lookup(CheckedRule rule, String variable) {
    return rule.elements().stream()
        .filter(Element.Matches.class::isInstance)
        .map(element -> ((Element.Matches) element).pattern())
        .filter(p -> p.fact().is(Fact.Kind.LOOKUP) && p.bindings().containsKey(variable))
        .findFirst()
        .orElse(null);
  }

  /** The lead's field that a variable is bound to; null where it is none of the lead's. */
  private static @Nullable Field fieldOfLead(CheckedRule rule, String variable) {
    return rule.elements().stream()
        .filter(Element.Matches.class::isInstance)
        .map(element -> ((Element.Matches) element).pattern())
        .filter(pattern -> pattern.fact().is(Fact.Kind.LEAD))
        .map(pattern -> pattern.bindings().get(variable))
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
