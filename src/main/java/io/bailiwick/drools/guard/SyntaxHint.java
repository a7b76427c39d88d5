package io.bailiwick.drools.guard;

import io.bailiwick.drools.text.Span;
import java.util.Map;

/** Says in an analyst's words what is wrong where Drools' parser gave up. */
final class SyntaxHint {

  private static final Map<String, String> HINTS =
      Map.of(
          "=", "write == to compare",
          "extends", "a rule cannot extend another; write its conditions out",
          "then", "something before \"then\" is not finished; is a bracket missing?",
          "end", "something before \"end\" is not finished; is a \"then\" missing?",
          "rule", "the rule before this one has no \"end\"",
          "when", "\"when\" does not fit here; a rule is: rule \"name\" when … then … end");

  private SyntaxHint() {}

  static String of(String text, Span place) {
    String word = text.substring(place.start(), Math.min(place.end(), text.length()));
    String hint = HINTS.get(word);
    if (hint != null) {
      return hint;
    }
    if (word.isBlank() || place.end() >= text.stripTrailing().length()) {
      return "the file ends in the middle of a rule; is an \"end\" missing?";
    }
    if (unclosedBefore(text, place.start())) {
      return "a comma or a closing bracket is missing before \"%s\"".formatted(word);
    }
    return "\"%s\" does not fit here; a rule is: rule \"name\" when … then … end".formatted(word);
  }

  private static boolean unclosedBefore(String text, int offset) {
    int depth = 0;
    int when = Math.max(0, text.lastIndexOf("when", offset));
    for (int i = when; i < offset; i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return depth > 0;
  }
}
