package io.bailiwick.drools.guard;

import io.bailiwick.drools.text.Span;
import java.util.function.BiConsumer;

/**
 * Looks at a file's raw characters before any parser does: backslashes (in Java even a comment with
 * one can become code), invisible characters, open quotes and comments, and brackets nested so deep
 * that a parser would run out of stack.
 */
final class Scan {

  private static final int MAX_LENGTH = 8 << 20;
  private static final int MAX_DEPTH = 40;

  private final String text;
  private final BiConsumer<Span, String> flaws;
  private int depth;

  private Scan(String text, BiConsumer<Span, String> flaws) {
    this.text = text;
    this.flaws = flaws;
  }

  /** Tells the first flaw, if there is one; answers whether there was none. */
  static boolean passes(String text, BiConsumer<Span, String> flaws) {
    if (text.length() > MAX_LENGTH) {
      flaws.accept(new Span(0, 1), "a rule file has at most " + MAX_LENGTH + " characters");
      return false;
    }
    return new Scan(text, flaws).passes();
  }

  private boolean passes() {
    int at = 0;
    while (at >= 0 && at < text.length()) {
      at = step(at);
    }
    return at >= 0;
  }

  /** The offset after what begins here; -1 after a flaw. */
  private int step(int at) {
    char c = text.charAt(at);
    if (text.startsWith("//", at)) {
      int newline = text.indexOf('\n', at);
      return characters(at, newline < 0 ? text.length() : newline);
    }
    if (text.startsWith("/*", at)) {
      int close = text.indexOf("*/", at + 2);
      return close < 0
          ? flaw(at, at + 2, "this comment is not closed; end it with */")
          : characters(at, close + 2);
    }
    if (c == '"') {
      return string(at);
    }
    if (c == '\'') {
      return flaw(at, at + 1, "write texts in double quotes: \"…\"");
    }
    if (c == '(' && ++depth > MAX_DEPTH) {
      return flaw(at, at + 1, "brackets nest deeper than " + MAX_DEPTH + "; write several rules");
    }
    if (c == ')') {
      depth--;
    }
    return characters(at, at + 1);
  }

  private int string(int at) {
    int close = text.indexOf('"', at + 1);
    int newline = text.indexOf('\n', at);
    int lineEnd = newline < 0 ? text.length() : newline;
    if (close < 0 || close > lineEnd) {
      return flaw(at, lineEnd, "this text has no closing quote on its line");
    }
    return characters(at, close + 1);
  }

  private int characters(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        return flaw(i, i + 1, "a backslash is not allowed; in a pattern write [.] for a dot");
      }
      if (c == '\r' && !text.startsWith("\r\n", i)) {
        return flaw(i, i + 1, "a carriage return may stand only at the end of a line; delete it");
      }
      if (isLoneSurrogate(i) || isInvisible(text.codePointAt(i))) {
        return flaw(
            i,
            i + 1,
            "the invisible character U+%04X is not allowed; delete it"
                .formatted(text.codePointAt(i)));
      }
    }
    return to;
  }

  /**
   * Controls, and what makes a reader see another text than the engine: signs that turn the
   * direction of writing, signs of no width, other ends of lines. The two joiners are left, which
   * some scripts are written with.
   */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\t' && c != '\n' && c != '\r';
      case Character.FORMAT -> c != 0x200C && c != 0x200D;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> c == 0xFFFE;
    };
  }

  private boolean isLoneSurrogate(int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private int flaw(int start, int end, String message) {
    flaws.accept(new Span(start, end), message);
    return -1;
  }
}
