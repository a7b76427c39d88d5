package io.bailiwick.drools.probe;

import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.ConditionText;
import io.bailiwick.lead.Mutant;
import io.bailiwick.lead.Mutant.Kind;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Changes rules one small thing at a time: an operator, a bound, a member, a whole condition, a
 * salience. What remains is a rule like any other, never a text.
 */
public final class Mutants {

  /** Members of one list that are left out in turn; of a longer list the first and the last. */
  private static final int MOST_MEMBERS = 6;

  /** A mutant and the rules it is made of. */
  public record Changed(Mutant mutant, List<CheckedRule> rules) {}

  private final List<CheckedRule> rules;
  private final List<Changed> all = new ArrayList<>();

  private Mutants(List<CheckedRule> rules) {
    this.rules = rules;
  }

  /** All mutants, in the rules' order. */
  public static List<Changed> of(List<CheckedRule> rules) {
    var mutants = new Mutants(rules);
    for (int i = 0; i < rules.size(); i++) {
      mutants.conditions(i);
      mutants.salience(i);
    }
    return List.copyOf(mutants.all);
  }

  private void conditions(int number) {
    CheckedRule rule = rules.get(number);
    for (int i = 0; i < rule.elements().size(); i++) {
      int at = i;
      Element element = rule.elements().get(i);
      if (element instanceof Element.AnyOf any) {
        for (int j = 0; j < any.patterns().size(); j++) {
          int which = j;
          within(
              any.patterns().get(j),
              (changed, kind, told) ->
                  add(
                      number,
                      at,
                      new Element.AnyOf(replaced(any.patterns(), which, changed)),
                      kind,
                      told));
        }
      } else if (element instanceof Element.Matches matches && !isTerritory(matches.pattern())) {
        within(
            matches.pattern(),
            (changed, kind, told) -> add(number, at, new Element.Matches(changed), kind, told));
      } else if (element instanceof Element.NoneMatches) {
        String told = ConditionText.of(element) + " → left out";
        add(number, at, null, Kind.DROPPED, told);
      } else if (element instanceof Element.SomeMatches) {
        add(number, at, null, Kind.DROPPED, ConditionText.of(element) + " → left out");
      }
    }
  }

  private static boolean isTerritory(Pattern pattern) {
    return pattern.fact().is(io.bailiwick.drools.rule.Fact.Kind.TERRITORY);
  }

  /** What takes a changed pattern. */
  private interface Taken {
    void of(Pattern changed, Kind kind, String told);
  }

  private static void within(Pattern pattern, Taken taken) {
    for (int i = 0; i < pattern.constraints().size(); i++) {
      Condition condition = pattern.constraints().get(i);
      int at = i;
      List<Condition> rest = new ArrayList<>(pattern.constraints());
      rest.remove(i);
      if (!isJoin(condition)) {
        String text = ConditionText.of(condition);
        taken.of(with(pattern, rest), Kind.DROPPED, text + " → left out");
        Condition opposite = opposite(condition);
        taken.of(
            with(pattern, replaced(pattern.constraints(), at, opposite)),
            Kind.NEGATED,
            text + " → " + ConditionText.of(opposite));
        for (Change change : changes(condition)) {
          taken.of(
              with(pattern, replaced(pattern.constraints(), at, change.to)),
              change.kind,
              text + " → " + ConditionText.of(change.to));
        }
      }
    }
  }

  private record Change(Condition to, Kind kind) {}

  private static List<Change> changes(Condition condition) {
    List<Change> changes = new ArrayList<>();
    if (condition instanceof Condition.All all) {
      for (int i = 0; i < all.parts().size(); i++) {
        int at = i;
        changes(all.parts().get(i))
            .forEach(
                c ->
                    changes.add(
                        new Change(new Condition.All(replaced(all.parts(), at, c.to)), c.kind)));
      }
    } else if (condition instanceof Condition.Any any) {
      for (int i = 0; i < any.parts().size(); i++) {
        int at = i;
        changes(any.parts().get(i))
            .forEach(
                c ->
                    changes.add(
                        new Change(new Condition.Any(replaced(any.parts(), at, c.to)), c.kind)));
      }
    } else {
      changes((Test) condition, changes);
    }
    return changes;
  }

  private static void changes(Test test, List<Change> changes) {
    Op near =
        switch (test.op()) {
          case LESS -> Op.AT_MOST;
          case AT_MOST -> Op.LESS;
          case MORE -> Op.AT_LEAST;
          case AT_LEAST -> Op.MORE;
          case IS,
              IS_NOT,
              IN,
              NOT_IN,
              MATCHES,
              NOT_MATCHES,
              CONTAINS,
              NOT_CONTAINS,
              STARTS,
              NOT_STARTS,
              ENDS,
              NOT_ENDS ->
              test.op();
        };
    if (near != test.op()) {
      changes.add(new Change(with(test, near, test.values()), Kind.OPERATOR));
      long bound = ((Value.Whole) test.values().get(0)).number();
      for (long moved : new long[] {bound - 1, bound + 1}) {
        if (moved >= 0) {
          var values = List.<Value>of(new Value.Whole(moved));
          changes.add(new Change(with(test, test.op(), values), Kind.BOUND));
        }
      }
    }
    members(test, changes);
  }

  private static void members(Test test, List<Change> changes) {
    if (test.op().isList() && test.values().size() > 1) {
      int last = test.values().size() - 1;
      for (int i = 0; i <= last; i++) {
        if (last < MOST_MEMBERS || i == 0 || i == last) {
          List<Value> fewer = new ArrayList<>(test.values());
          fewer.remove(i);
          changes.add(new Change(with(test, test.op(), fewer), Kind.MEMBER));
        }
      }
    }
  }

  /** With the salience of the rule above it, and that one's with its own. */
  private void salience(int number) {
    CheckedRule rule = rules.get(number);
    Integer higher =
        new TreeSet<>(rules.stream().map(CheckedRule::salience).toList()).higher(rule.salience());
    if (rule.isReadiness() || higher == null) {
      return;
    }
    for (int i = 0; i < rules.size(); i++) {
      CheckedRule other = rules.get(i);
      if (other.salience() == higher && !other.isReadiness()) {
        List<CheckedRule> swapped = new ArrayList<>(rules);
        swapped.set(number, with(rule, higher));
        swapped.set(i, with(other, rule.salience()));
        add(
            rule,
            swapped,
            Kind.SALIENCE,
            "salience %d ↔ \"%s\" %d".formatted(rule.salience(), other.name(), higher));
        return;
      }
    }
  }

  private void add(int number, int at, @Nullable Element changed, Kind kind, String told) {
    CheckedRule rule = rules.get(number);
    List<Element> elements = new ArrayList<>(rule.elements());
    if (changed == null) {
      elements.remove(at);
    } else {
      elements.set(at, changed);
    }
    List<CheckedRule> all = new ArrayList<>(rules);
    all.set(
        number,
        new CheckedRule(
            rule.name(),
            rule.file(),
            rule.line(),
            rule.salience(),
            rule.from(),
            rule.until(),
            elements,
            rule.action(),
            rule.namedTerritories()));
    add(rule, all, kind, told);
  }

  private void add(CheckedRule rule, List<CheckedRule> changed, Kind kind, String told) {
    all.add(new Changed(new Mutant(all.size(), Traces.hit(rule), kind, told), changed));
  }

  private static boolean isJoin(Condition condition) {
    return condition instanceof Test test && test.values().get(0) instanceof Value.Variable;
  }

  private static Condition opposite(Condition condition) {
    if (condition instanceof Condition.All all) {
      return new Condition.Any(all.parts().stream().map(Mutants::opposite).toList());
    }
    if (condition instanceof Condition.Any any) {
      return new Condition.All(any.parts().stream().map(Mutants::opposite).toList());
    }
    Test test = (Test) condition;
    return with(test, test.op().opposite(), test.values());
  }

  private static Test with(Test test, Op op, List<Value> values) {
    return new Test(test.field(), op, values, test.negated(), test.at());
  }

  private static Pattern with(Pattern pattern, List<Condition> constraints) {
    return new Pattern(pattern.fact(), pattern.variable(), pattern.bindings(), constraints);
  }

  private static CheckedRule with(CheckedRule rule, int salience) {
    return new CheckedRule(
        rule.name(),
        rule.file(),
        rule.line(),
        salience,
        rule.from(),
        rule.until(),
        rule.elements(),
        rule.action(),
        rule.namedTerritories());
  }

  private static <T> List<T> replaced(List<T> list, int at, T changed) {
    List<T> copy = new ArrayList<>(list);
    copy.set(at, changed);
    return copy;
  }
}
