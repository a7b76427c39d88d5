package io.bailiwick.drools.guard;

import io.bailiwick.drools.guard.Tokens.Token;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.LeadField;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Refuses patterns of {@code matches} that can take long: Java's engine goes back and forth over
 * repeated groups, in the worst case for ever. What is left is counted: how many ways there are to
 * lay the pattern over the longest text that its field can have. Few enough end within a fraction
 * of a judgement's deadline.
 */
final class RegexCheck {

  private static final int MAX_LENGTH = 200;
  private static final int MAX_REPETITIONS = 3;

  /** About a quarter of a second's worth. */
  private static final double MAX_WAYS = 25e6;

  private final Token token;
  private final String regex;
  private int repetitions;

  /** The bars in each group that is open, the innermost first. */
  private final Deque<Integer> bars = new ArrayDeque<>(List.of(0));

  /** In how many ways the optional signs and the alternatives can be taken. */
  private double choices = 1;

  private RegexCheck(Token token) {
    this.token = token;
    this.regex = token.text();
  }

  static void check(Field field, Token token) {
    String regex = token.text();
    if (regex.length() > MAX_LENGTH) {
      throw new Refusal(token.at(), "a pattern has at most " + MAX_LENGTH + " characters");
    }
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      int place = token.at().start() + 1 + Math.max(0, e.getIndex());
      throw new Refusal(
          new Span(place, place + 1),
          "this is no pattern: %s; .* is anything, [.] a dot"
              .formatted(e.getDescription().strip()));
    }
    new RegexCheck(token).check(longest(field));
  }

  /** The most characters that a value of the field can have; a declared one is an attribute. */
  private static int longest(Field field) {
    LeadField known = LeadField.named(field.name().equals("emailDomain") ? "email" : field.name());
    return known == null ? LeadField.MAX_ATTRIBUTE_VALUE : known.maxLength();
  }

  private void check(int length) {
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      }
      if (!inClass) {
        take(c, i);
      }
    }
    double ways = choices;
    for (int open : bars) {
      ways *= open + 1;
    }
    for (int i = 1; i <= repetitions; i++) {
      ways *= (double) length / i;
    }
    if (ways > MAX_WAYS) {
      throw new Refusal(
          token.at(),
          "this can take too long on a text of %d characters; use fewer of * + ? { } and |"
              .formatted(length));
    }
  }

  private void take(char c, int i) {
    char before = i == 0 ? ' ' : regex.charAt(i - 1);
    boolean repeats = c == '*' || c == '+' || c == '{';
    if (repeats && before == ')') {
      throw refusal(i, "a group cannot be repeated here; repeat single signs only");
    }
    if (c == '?' && before == '(') {
      throw refusal(i, "groups that begin with (? are not allowed; leave the ? out");
    }
    if (repeats && ++repetitions > MAX_REPETITIONS) {
      throw refusal(i, "at most three of * + { } in one pattern");
    }
    switch (c) {
      case '(' -> bars.push(0);
      case '|' -> bars.push(bars.pop() + 1);
      case ')' -> choices *= bars.size() > 1 ? bars.pop() + 1 : 1;
      // Behind another quantifier it says how that one is taken, and adds no way.
      case '?' -> choices *= "*+?}".indexOf(before) < 0 ? 2 : 1;
      default -> {}
    }
  }

  private Refusal refusal(int index, String message) {
    int place = token.at().start() + 1 + index;
    return new Refusal(new Span(place, place + 1), message);
  }
}
