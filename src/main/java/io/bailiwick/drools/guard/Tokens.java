package io.bailiwick.drools.guard;

import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a rule as words, literals and signs, each with its place in the file; comments and
 * blanks are left out. Throws {@link Refusal} at a character that no rule needs.
 */
final class Tokens {

  enum Kind {
    NAME,
    VARIABLE,
    TEXT,
    NUMBER,
    SIGN,
    END
  }

  /**
   * @param text the word or sign; of a text, what stands between the quotes
   */
  record Token(Kind kind, String text, Span at) {

    boolean is(String sign) {
      return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
    }
  }

  private static final List<String> SIGNS =
      List.of(
          "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", ":", ".",
          ";");

  private final String text;
  private final String instead;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int next;

  /** Reads the stretch; {@code instead} says what to write where a character fits nowhere. */
  Tokens(String fileText, Span stretch, String instead) {
    this.text = fileText.substring(0, stretch.end());
    this.instead = instead;
    this.at = stretch.start();
    while (skipBlanks()) {
      tokens.add(read());
    }
    tokens.add(new Token(Kind.END, "", new Span(at, at)));
  }

  /** The next token, not yet taken. */
  Token peek() {
    return tokens.get(next);
  }

  /** The token after the next. */
  Token peekSecond() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  /** Takes the next token; at the end, the END token again and again. */
  Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  /** Takes the next token if it is this sign or word. */
  boolean took(String sign) {
    boolean is = peek().is(sign);
    if (is) {
      take();
    }
    return is;
  }

  /** Takes this sign or refuses. */
  Token expect(String sign, String message) {
    if (!peek().is(sign)) {
      throw new Refusal(peek().at(), message);
    }
    return take();
  }

  /** Whether nothing is left. */
  boolean ended() {
    return peek().kind() == Kind.END;
  }

  private boolean skipBlanks() {
    while (at < text.length()) {
      if (text.startsWith("//", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        at = close < 0 ? text.length() : close + 2;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private Token read() {
    char first = text.charAt(at);
    if (first == '"') {
      return readText();
    }
    if (first == '$' || isLetter(first)) {
      Token word = word(first == '$' ? Kind.VARIABLE : Kind.NAME, at + 1);
      at = word.at().end();
      return word;
    }
    if (isDigit(first)) {
      Token number = word(Kind.NUMBER, at);
      at = number.at().end();
      return number;
    }
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        return token(Kind.SIGN, sign, at + sign.length());
      }
    }
    String sign = Character.toString(text.codePointAt(at));
    throw new Refusal(
        new Span(at, at + sign.length()),
        "the character %s has no place in a rule; %s".formatted(sign, instead));
  }

  private Token readText() {
    int close = text.indexOf('"', at + 1);
    if (close < 0) {
      throw new Refusal(new Span(at, text.length()), "this text has no closing quote");
    }
    return token(Kind.TEXT, text.substring(at + 1, close), close + 1);
  }

  private Token word(Kind kind, int from) {
    int end = from;
    while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
      end++;
    }
    return new Token(kind, text.substring(at, end), new Span(at, end));
  }

  private Token token(Kind kind, String value, int end) {
    var token = new Token(kind, value, new Span(at, end));
    at = end;
    return token;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
