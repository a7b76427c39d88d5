package io.bailiwick.drools.guard;

import io.bailiwick.drools.guard.Tokens.Token;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Refuses patterns of {@code matches} that can take long: Java's engine goes back and forth over
 * repeated groups, in the worst case for ever. A few single repetitions over texts of at most 500
 * characters end within milliseconds.
 */
final class RegexCheck {

  private static final int MAX_LENGTH = 200;
  private static final int MAX_REPETITIONS = 3;

  private RegexCheck() {}

  static void check(Token token) {
    String regex = token.text();
    if (regex.length() > MAX_LENGTH) {
      throw new Refusal(token.at(), "a pattern has at most " + MAX_LENGTH + " characters");
    }
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      int place = token.at().start() + 1 + Math.max(0, e.getIndex());
      throw new Refusal(
          new Span(place, place + 1), "this is no pattern: " + e.getDescription().strip());
    }
    checkRepetitions(token, regex);
  }

  private static void checkRepetitions(Token token, String regex) {
    int repetitions = 0;
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      }
      if (inClass) {
        continue;
      }
      boolean repeats = c == '*' || c == '+' || c == '{';
      if (repeats && i > 0 && regex.charAt(i - 1) == ')') {
        throw refusal(token, i, "a group cannot be repeated here; repeat single signs only");
      }
      if (c == '?' && i > 0 && regex.charAt(i - 1) == '(') {
        throw refusal(token, i, "groups that begin with (? are not allowed");
      }
      if (repeats && ++repetitions > MAX_REPETITIONS) {
        throw refusal(token, i, "at most three of * + { } in one pattern");
      }
    }
  }

  private static Refusal refusal(Token token, int index, String message) {
    int place = token.at().start() + 1 + index;
    return new Refusal(new Span(place, place + 1), message);
  }
}
