package io.bailiwick.drools;

import io.bailiwick.drools.CheckedRule.Element;
import io.bailiwick.drools.CheckedRule.Pattern;
import io.bailiwick.drools.Condition.Test;
import io.bailiwick.drools.Condition.Value;
import io.bailiwick.drools.Scope.Bound;
import io.bailiwick.drools.Tokens.Kind;
import io.bailiwick.drools.Tokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;

/** Checks what a rule matches: patterns of the known facts, and {@code or}, {@code not} on them. */
final class PatternGuard {

  private static final java.util.regex.Pattern VARIABLE =
      java.util.regex.Pattern.compile("\\$[A-Za-z0-9_]{1,40}");

  private final Source source;
  private final Scope scope = new Scope();
  private final Set<String> namedTerritories = new LinkedHashSet<>();

  PatternGuard(Source source) {
    this.source = source;
  }

  Scope scope() {
    return scope;
  }

  List<String> namedTerritories() {
    return List.copyOf(namedTerritories);
  }

  /** The rule's left side as values. */
  List<Element> elements(AndDescr left) {
    List<Element> elements = new ArrayList<>();
    for (BaseDescr part : left.getDescrs()) {
      elements.add(element(part));
    }
    return List.copyOf(elements);
  }

  private Element element(BaseDescr part) {
    if (part instanceof PatternDescr pattern) {
      return new Element.Matches(pattern(pattern, true));
    }
    if (part instanceof OrDescr or) {
      return anyOf(or);
    }
    if (part instanceof NotDescr not) {
      return new Element.NoneMatches(territory(not, "not"));
    }
    if (part instanceof ExistsDescr exists) {
      return new Element.SomeMatches(territory(exists, "exists"));
    }
    throw new Refusal(
        place(part),
        "only Lead( … ), Territory( … ), Placement( … ), and or, not, exists are allowed here");
  }

  private Element anyOf(OrDescr or) {
    List<Pattern> patterns = new ArrayList<>();
    for (BaseDescr part : flattened(or)) {
      if (!(part instanceof PatternDescr pattern)) {
        throw new Refusal(place(part), "or joins patterns of one fact; else write two rules");
      }
      patterns.add(pattern(pattern, false));
    }
    Fact fact = patterns.get(0).fact();
    if (fact == Fact.TERRITORY || patterns.stream().anyMatch(p -> p.fact() != fact)) {
      throw new Refusal(
          place(or), "or joins patterns of Lead, or of Placement; else write two rules");
    }
    return new Element.AnyOf(List.copyOf(patterns));
  }

  private static List<BaseDescr> flattened(OrDescr or) {
    List<BaseDescr> parts = new ArrayList<>();
    for (BaseDescr part : or.getDescrs()) {
      if (part instanceof OrDescr inner) {
        parts.addAll(flattened(inner));
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  private Pattern territory(ConditionalElementDescr around, String word) {
    List<? extends BaseDescr> parts = around.getDescrs();
    if (parts.size() != 1
        || !(parts.get(0) instanceof PatternDescr pattern)
        || !Fact.TERRITORY.word().equals(pattern.getObjectType())) {
      throw new Refusal(
          place((BaseDescr) around),
          "%s stands before one Territory( … ) only; of a lead ask the opposite".formatted(word));
    }
    return pattern(pattern, false);
  }

  private Pattern pattern(PatternDescr pattern, boolean mayBind) {
    checkBare(pattern);
    Fact fact = fact(pattern);
    Map<String, Field> bindings = new LinkedHashMap<>();
    List<Condition> constraints = new ArrayList<>();
    List<Token> variables = new ArrayList<>();
    for (BaseDescr part : pattern.getDescrs()) {
      var tokens = new Tokens(source.text(), constraint(part));
      var reader = new ConditionReader(fact, tokens);
      if (tokens.peek().kind() == Kind.VARIABLE && tokens.peekSecond().is(":")) {
        Token variable = binding(tokens, mayBind);
        Token name = tokens.take();
        bindings.put(variable.text(), reader.field(name));
        variables.add(variable);
        if (!tokens.ended()) {
          constraints.add(reader.readRest(name));
        }
      } else {
        constraints.add(reader.read());
      }
    }
    Set<Field> present = AbsenceCheck.check(constraints);
    constraints.forEach(c -> checkVariables(c, fact, pattern));
    bindAll(pattern, fact, variables, bindings, present);
    if (fact == Fact.TERRITORY) {
      checkNamed(pattern, constraints);
    }
    return new Pattern(fact, pattern.getIdentifier(), bindings, List.copyOf(constraints));
  }

  private Token binding(Tokens tokens, boolean mayBind) {
    Token variable = tokens.take();
    tokens.take();
    if (!mayBind) {
      throw new Refusal(variable.at(), "nothing can be bound within or, not, exists");
    }
    if (!VARIABLE.matcher(variable.text()).matches()) {
      throw new Refusal(variable.at(), "a variable is $ and 1 to 40 letters, digits or _");
    }
    return variable;
  }

  private void bindAll(
      PatternDescr pattern,
      Fact fact,
      List<Token> variables,
      Map<String, Field> bindings,
      Set<Field> present) {
    for (Token variable : variables) {
      Field field = bindings.get(variable.text());
      scope.bind(variable, new Bound(fact, field, !field.mayBeAbsent() || present.contains(field)));
    }
    String name = pattern.getIdentifier();
    if (name == null) {
      return;
    }
    if (!VARIABLE.matcher(name).matches() || pattern.isUnification()) {
      throw new Refusal(place(pattern), "bind a fact as $t : " + fact.word() + "( … )");
    }
    scope.bind(name, place(pattern), new Bound(fact, null, true));
  }

  private Fact fact(PatternDescr pattern) {
    String type = String.valueOf(pattern.getObjectType());
    Fact fact = Fact.named(type);
    if (fact != null) {
      return fact;
    }
    Span at = place(pattern);
    int start = source.text().indexOf(type, at.start());
    Span word = start < 0 || start > at.end() ? at : new Span(start, start + type.length());
    if (type.equals("eval")) {
      throw new Refusal(word, "eval is not allowed; ask the fields of a fact");
    }
    throw new Refusal(word, "unknown fact " + type + Nearest.hint(type, Fact.words()));
  }

  private void checkBare(PatternDescr pattern) {
    if (pattern.getObjectType() == null) {
      throw new Refusal(place(pattern), "paths are not allowed; write Lead( … )");
    }
    if (pattern.getSource() != null) {
      throw new Refusal(place(pattern), "from, accumulate and collect are not allowed");
    }
    if (!pattern.getBehaviors().isEmpty()) {
      throw new Refusal(place(pattern), "windows are not allowed; there is one lead at a time");
    }
    if (pattern.isQuery() || !pattern.getAnnotations().isEmpty()) {
      throw new Refusal(place(pattern), "queries and annotations are not allowed");
    }
  }

  private Span constraint(BaseDescr part) {
    if (!(part instanceof ExprConstraintDescr constraint) || part.getStartCharacter() < 0) {
      throw new Refusal(place(part), "only comparisons of fields are allowed within a fact");
    }
    if (constraint.getType() != ExprConstraintDescr.Type.NAMED) {
      throw new Refusal(place(part), "separate conditions by commas, not by semicolons");
    }
    return place(part);
  }

  /** Variables join a Territory or Placement with the lead; nothing else. */
  private void checkVariables(Condition condition, Fact fact, PatternDescr pattern) {
    if (condition instanceof Condition.All all) {
      all.parts().forEach(part -> checkVariables(part, fact, pattern));
    } else if (condition instanceof Condition.Any any) {
      any.parts().forEach(part -> checkVariables(part, fact, pattern));
    } else if (condition instanceof Test test
        && test.values().get(0) instanceof Value.Variable variable) {
      checkJoin(test, variable, fact);
    }
  }

  private void checkJoin(Test test, Value.Variable variable, Fact fact) {
    Bound bound = scope.find(variable.name());
    Field field = bound == null ? null : bound.field();
    if (bound == null || field == null) {
      throw new Refusal(
          test.at(), variable.name() + " is not bound to a field in a fact before this one");
    }
    if (fact == Fact.LEAD || test.negated()) {
      throw new Refusal(
          test.at(), "a variable can be compared with == in Territory( … ) or Placement( … ) only");
    }
    if (field.kind() != test.field().kind()) {
      throw new Refusal(
          test.at(),
          "%s and %s are of different kinds".formatted(test.field().name(), field.name()));
    }
    if (!bound.present()) {
      throw new Refusal(
          test.at(),
          "%s may be absent, and absent equals absent; write %s : %s, %s != null in %s( … )"
              .formatted(
                  field.name(), variable.name(), field.name(), field.name(), bound.fact().word()));
    }
  }

  /** A territory must be told by its name, so that a missing one is known to be missing. */
  private void checkNamed(PatternDescr pattern, List<Condition> constraints) {
    boolean named = false;
    for (Condition condition : constraints) {
      named |= names(condition);
    }
    if (!named) {
      throw new Refusal(place(pattern), "say which territory: Territory( name == \"…\" )");
    }
  }

  /** Takes note of the names spelled out; answers whether the condition bounds the name. */
  private boolean names(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().map(this::names).reduce(false, Boolean::logicalOr);
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().map(this::names).reduce(true, Boolean::logicalAnd);
    }
    Test test = (Test) condition;
    if (!test.field().name().equals("name")) {
      return false;
    }
    test.values().stream()
        .filter(Value.Text.class::isInstance)
        .forEach(value -> namedTerritories.add(((Value.Text) value).text()));
    return test.op() == Condition.Op.IS || test.op() == Condition.Op.IN;
  }

  private static Span place(BaseDescr part) {
    int start = Math.max(0, part.getStartCharacter());
    return new Span(start, Math.max(start, part.getEndCharacter()) + 1);
  }
}
