package io.bailiwick.drools.analysis;

import io.bailiwick.drools.rule.Condition.Op;
import java.util.List;

/** Texts that pass or fail a test of a rule, to be tried. */
public final class TextSamples {

  private TextSamples() {}

  /** The text itself where it is compared whole; else some that hold it, begin or end with it. */
  public static List<String> of(Op op, String text) {
    return switch (op) {
      case IS, IS_NOT, IN, NOT_IN -> List.of(text);
      case CONTAINS, NOT_CONTAINS -> List.of(text, "a" + text + "a");
      case STARTS, NOT_STARTS -> List.of(text, text + "a");
      case ENDS, NOT_ENDS -> List.of(text, "a" + text);
      case MATCHES, NOT_MATCHES -> List.of(RegexSample.of(text), "a" + RegexSample.of(text));
      case LESS, AT_LEAST, MORE, AT_MOST -> List.of();
    };
  }
}
