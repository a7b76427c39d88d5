package io.bailiwick.drools.guard;

import io.bailiwick.drools.guard.Tokens.Kind;
import io.bailiwick.drools.guard.Tokens.Token;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import java.util.Arrays;
import java.util.List;

/**
 * Decides whether a literal suits its field and operator. Drools compares {@code employees == "7"}
 * without a word and lets {@code country == "us"} never match; both are refused here.
 */
final class ValueCheck {

  private static final int MAX_DIGITS = 15;

  /** A message need not repeat more of a text. */
  private static final int MAX_SHOWN = 100;

  private ValueCheck() {}

  /** The value that a token other than {@code Flag.X} stands for. */
  static Value value(Field field, Op op, Token token) {
    if (token.is("null")) {
      return absent(field, op, token);
    }
    if (token.kind() == Kind.VARIABLE) {
      return variable(op, token);
    }
    checkOperator(field, op, token);
    return switch (field.kind()) {
      case TEXT -> text(field, op, token);
      case NUMBER -> number(field, token);
      case YES_NO -> yesNo(field, token);
      case FLAG, INSTANT -> throw new Refusal(token.at(), told(field));
    };
  }

  /** The value of {@code Flag.word}. */
  static Value flag(Field field, Op op, Token flag, Token word) {
    Span at = flag.at().to(word.at());
    if (field.kind() != Field.Kind.FLAG) {
      throw new Refusal(at, told(field));
    }
    checkOperator(field, op, flag);
    List<String> names = Arrays.stream(Flag.values()).map(Flag::name).toList();
    if (!names.contains(word.text())) {
      String hint = Nearest.hint(word.text(), names);
      throw new Refusal(
          at,
          "Flag.%s is not a Flag".formatted(word.text())
              + (hint.isEmpty() ? "; there are " + String.join(", ", names) : hint));
    }
    return new Value.FlagValue(Flag.valueOf(word.text()));
  }

  private static Value absent(Field field, Op op, Token token) {
    if (op != Op.IS && op != Op.IS_NOT) {
      throw new Refusal(token.at(), "null can be asked with == and != only");
    }
    if (!field.mayBeAbsent()) {
      throw new Refusal(token.at(), field.name() + " is never absent; leave this out");
    }
    return new Value.Absent();
  }

  private static Value variable(Op op, Token token) {
    if (op != Op.IS) {
      throw new Refusal(
          token.at(), "a variable can be compared with == only, not with " + op.word());
    }
    return new Value.Variable(token.text());
  }

  private static void checkOperator(Field field, Op op, Token token) {
    if (op.isOrder() && field.kind() != Field.Kind.NUMBER) {
      throw new Refusal(
          token.at(), "%s is not a number; %s has no meaning".formatted(field.name(), op.word()));
    }
    if (op.isTextual() && field.kind() != Field.Kind.TEXT) {
      throw new Refusal(
          token.at(), "%s is not a text; %s has no meaning".formatted(field.name(), op.word()));
    }
  }

  private static Value text(Field field, Op op, Token token) {
    if (token.kind() != Kind.TEXT) {
      String message =
          token.kind() == Kind.NAME
              ? "%s must be in quotes: \"%s\"".formatted(shown(token.text()), shown(token.text()))
              : told(field);
      throw new Refusal(token.at(), message);
    }
    if (token.text().isEmpty()) {
      throw new Refusal(token.at(), "an empty text never occurs; write == null for an absent one");
    }
    if (op.isRegex()) {
      RegexCheck.check(field, token);
    } else if (!op.isTextual()) {
      checkSpelling(field, token);
    }
    return new Value.Text(token.text());
  }

  /** A literal that no normalised lead can have would never match, and nobody would notice. */
  private static void checkSpelling(Field field, Token token) {
    String normal = normal(field, token.text());
    if (normal == null) {
      throw new Refusal(
          token.at(), "no lead can have %s == \"%s\"".formatted(field.name(), shown(token.text())));
    }
    if (!normal.equals(token.text())) {
      throw new Refusal(
          token.at(),
          "a lead's %s is spelled \"%s\", never \"%s\""
              .formatted(field.name(), shown(normal), shown(token.text())));
    }
  }

  private static @Nullable String normal(Field field, String text) {
    Field.Normal normal = field.normal();
    return normal == null ? text : normal.of(text);
  }

  private static Value number(Field field, Token token) {
    if (token.kind() == Kind.NAME) {
      throw new Refusal(
          token.at(), "a field is compared with a written value, not with " + token.text());
    }
    if (token.kind() != Kind.NUMBER) {
      throw new Refusal(token.at(), told(field));
    }
    String digits = token.text();
    if (digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Refusal(
          token.at(), "write a whole number of at most 15 digits and nothing else: 1200");
    }
    return new Value.Whole(Long.parseLong(digits));
  }

  private static Value yesNo(Field field, Token token) {
    if (!token.is("true") && !token.is("false")) {
      throw new Refusal(token.at(), told(field));
    }
    return new Value.YesNo(token.is("true"));
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static String told(Field field) {
    return field.name() + " is " + field.kind().told();
  }
}
