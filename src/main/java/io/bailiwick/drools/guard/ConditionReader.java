package io.bailiwick.drools.guard;

import io.bailiwick.drools.guard.Tokens.Kind;
import io.bailiwick.drools.guard.Tokens.Token;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.All;
import io.bailiwick.drools.rule.Condition.Any;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one constraint of a pattern: comparisons of a field with literals, joined by {@code &&},
 * {@code ||} and {@code !( )}. Everything else is refused where it stands. Drools' own tree of an
 * expression has no places, hence this reader.
 */
final class ConditionReader {

  /** What a condition is, in words. */
  static final String FORM = "a condition is: field, operator, value";

  /** Words of DRL that analysts know from elsewhere, with what to write here. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "memberOf", "write in (\"…\", \"…\") instead of memberOf",
          "soundslike", "soundslike is not offered; list the spellings with in (\"…\", \"…\")",
          "excludes", "write not contains instead of excludes",
          "eval", "eval is not allowed; compare a field with a value",
          "this", "name the field itself, without this",
          "new", "new is not allowed; compare a field with a value");

  private final Fact fact;
  private final Tokens tokens;

  ConditionReader(Fact fact, Tokens tokens) {
    this.fact = fact;
    this.tokens = tokens;
  }

  /** The whole constraint. */
  Condition read() {
    Condition condition = any(false);
    if (!tokens.ended()) {
      throw unexpected(tokens.peek());
    }
    return condition;
  }

  /** The rest of {@code $x : field == …}, whose field was read already. */
  Condition readRest(Token fieldName) {
    Condition condition = test(fieldName, false);
    if (!tokens.ended()) {
      throw unexpected(tokens.peek());
    }
    return condition;
  }

  /** Takes the name of a field of the fact, or refuses with a guess at what was meant. */
  Field field(Token name) {
    Field field = name.kind() == Kind.NAME ? fact.field(name.text()) : null;
    if (field != null) {
      return field;
    }
    if (name.kind() != Kind.NAME) {
      throw unexpected(name);
    }
    String instead = INSTEAD.get(name.text());
    if (instead != null) {
      throw new Refusal(name.at(), instead);
    }
    String hint = Nearest.hint(name.text(), fact.fieldNames());
    String told = noField(name.text());
    throw new Refusal(
        name.at(), told + (hint.isEmpty() && told.indexOf(';') < 0 ? example() : hint));
  }

  private String noField(String name) {
    if (fact.is(Fact.Kind.LEAD) && name.equals("attributes")) {
      return "attributes are not typed and cannot be asked; declare a field in fields.yaml";
    }
    if (fact.is(Fact.Kind.TERRITORY) && Set.of("id", "parentId").contains(name)) {
      return "rules name territories by name, never by id; write name == \"…\"";
    }
    return "%s has no field \"%s\"".formatted(fact.word(), name);
  }

  /** For a word that is near to none of the fields. */
  private String example() {
    String field = fact.is(Fact.Kind.LEAD) ? "country" : fact.fields().get(0).name();
    return "; write one that it has, for example " + field;
  }

  private Condition any(boolean negated) {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(all(negated));
    } while (tokens.took("||"));
    return joined(parts, !negated);
  }

  private Condition all(boolean negated) {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(one(negated));
    } while (tokens.took("&&"));
    return joined(parts, negated);
  }

  private static Condition joined(List<Condition> parts, boolean any) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return any ? new Any(parts) : new All(parts);
  }

  private Condition one(boolean negated) {
    if (tokens.peek().is("!")) {
      Token sign = tokens.take();
      if (!tokens.peek().is("(")) {
        throw new Refusal(sign.at(), "write !( … ) with brackets, or the opposite comparison");
      }
      return bracketed(!negated);
    }
    if (tokens.peek().is("(")) {
      return bracketed(negated);
    }
    return test(tokens.take(), negated);
  }

  private Condition bracketed(boolean negated) {
    tokens.take();
    Condition inner = any(negated);
    tokens.expect(")", "a closing bracket is missing here");
    return inner;
  }

  private Test test(Token name, boolean negated) {
    Field field = field(name);
    if (tokens.peek().is("(") || tokens.peek().is(".") || tokens.peek().is("[")) {
      throw new Refusal(
          tokens.peek().at(),
          "calls and members are not allowed; compare the field " + name.text());
    }
    Op op = op(field);
    List<Value> values = op.isList() ? list(field, op) : List.of(value(field, op));
    Span at = name.at();
    return new Test(field, negated ? op.opposite() : op, values, negated, at);
  }

  private Op op(Field field) {
    boolean not = tokens.took("not");
    Token sign = tokens.take();
    String word = not ? "not " + sign.text() : sign.text();
    if (sign.is("str")) {
      tokens.expect("[", "write str[startsWith] or str[endsWith]");
      word += "[" + tokens.take().text() + "]";
      tokens.expect("]", "write str[startsWith] or str[endsWith]");
    }
    Op op = Op.ofSign(word);
    if (op == null || sign.kind() == Kind.TEXT) {
      throw new Refusal(sign.at(), noOperator(field, sign, word));
    }
    return op;
  }

  private static String noOperator(Field field, Token sign, String word) {
    String instead = INSTEAD.get(sign.text());
    if (instead != null) {
      return instead;
    }
    if (sign.kind() == Kind.END) {
      return "%s is compared with nothing; write for example %s != null"
          .formatted(field.name(), field.name());
    }
    return "\"%s\" is no operator; there are == != < <= > >=, [not] in, [not] matches, "
            .formatted(word)
        + "[not] contains, str[startsWith], str[endsWith]";
  }

  private List<Value> list(Field field, Op op) {
    tokens.expect("(", "write the values in brackets: in (…, …)");
    List<Value> values = new ArrayList<>();
    do {
      values.add(value(field, op));
    } while (tokens.took(","));
    tokens.expect(")", "a comma or a closing bracket is missing here");
    return List.copyOf(values);
  }

  private Value value(Field field, Op op) {
    Token token = tokens.take();
    if (token.is("Flag") && tokens.took(".")) {
      return ValueCheck.flag(field, op, token, tokens.take());
    }
    return ValueCheck.value(field, op, token);
  }

  private Refusal unexpected(Token token) {
    if (token.kind() == Kind.END) {
      return new Refusal(token.at(), "something is missing here; write field == value");
    }
    return new Refusal(token.at(), "\"%s\" has no place here; %s".formatted(token.text(), FORM));
  }
}
