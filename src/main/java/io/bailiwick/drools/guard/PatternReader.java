package io.bailiwick.drools.guard;

import io.bailiwick.drools.guard.Scope.Bound;
import io.bailiwick.drools.guard.Tokens.Kind;
import io.bailiwick.drools.guard.Tokens.Token;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PatternDescr;

/** Reads one pattern: its fact, what it binds and what it asks. */
final class PatternReader {

  private static final java.util.regex.Pattern VARIABLE =
      java.util.regex.Pattern.compile("\\$[A-Za-z0-9_]{1,40}");

  /** A rulebook may have hundreds of tables; nobody reads so many names. */
  private static final int TOLD_FACTS = 12;

  private record Binding(Token variable, Field field) {}

  private final Source source;
  private final Vocabulary vocabulary;
  private final Scope scope;

  PatternReader(Source source, Vocabulary vocabulary, Scope scope) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.scope = scope;
  }

  /** The pattern as a value; its variables join the scope. */
  Pattern read(PatternDescr pattern, boolean mayBind) {
    checkBare(pattern);
    Fact fact = fact(pattern);
    List<Binding> bound = new ArrayList<>();
    List<Condition> constraints = new ArrayList<>();
    for (BaseDescr part : pattern.getDescrs()) {
      var tokens = new Tokens(source.text(), constraint(part), ConditionReader.FORM);
      var reader = new ConditionReader(fact, tokens);
      if (tokens.peek().kind() == Kind.VARIABLE && tokens.peekSecond().is(":")) {
        Token variable = binding(tokens, mayBind);
        Token name = tokens.take();
        bound.add(new Binding(variable, reader.field(name)));
        if (!tokens.ended()) {
          constraints.add(reader.readRest(name));
        }
      } else {
        constraints.add(reader.read());
      }
    }
    Set<Field> present = AbsenceCheck.check(constraints);
    constraints.forEach(condition -> new JoinCheck(fact, scope).check(condition));
    bindAll(pattern, fact, bound, present);
    Map<String, Field> bindings = new LinkedHashMap<>();
    bound.forEach(binding -> bindings.put(binding.variable().text(), binding.field()));
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

  private void bindAll(PatternDescr pattern, Fact fact, List<Binding> bound, Set<Field> present) {
    for (Binding binding : bound) {
      Field field = binding.field();
      boolean there = !field.mayBeAbsent() || present.contains(field);
      scope.bind(binding.variable(), new Bound(fact, field, there));
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
    Fact fact = vocabulary.named(type);
    if (fact != null) {
      return fact;
    }
    Span at = place(pattern);
    int start = source.text().indexOf(type, at.start());
    Span word = start < 0 || start > at.end() ? at : new Span(start, start + type.length());
    if (type.equals("eval")) {
      throw new Refusal(word, "eval is not allowed; ask the fields of a fact");
    }
    String hint = Nearest.hint(type, vocabulary.words());
    throw new Refusal(
        word, "unknown fact " + type + (hint.isEmpty() ? "; there are " + facts() : hint));
  }

  private String facts() {
    return vocabulary.words().stream().limit(TOLD_FACTS).collect(Collectors.joining(", "));
  }

  private void checkBare(PatternDescr pattern) {
    if (pattern.getObjectType() == null) {
      throw new Refusal(place(pattern), "paths are not allowed; write Lead( … )");
    }
    if (pattern.getSource() != null) {
      throw new Refusal(
          place(pattern), "from, accumulate and collect are not allowed; ask the fields of a fact");
    }
    if (!pattern.getBehaviors().isEmpty()) {
      throw new Refusal(place(pattern), "windows are not allowed; there is one lead at a time");
    }
    if (pattern.isQuery() || !pattern.getAnnotations().isEmpty()) {
      throw new Refusal(place(pattern), "queries and annotations are not allowed; write Lead( … )");
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

  /** The characters of a part of the tree. */
  static Span place(BaseDescr part) {
    int start = Math.max(0, part.getStartCharacter());
    return new Span(start, Math.max(start, part.getEndCharacter()) + 1);
  }
}
