package io.bailiwick.drools.analysis;

/**
 * Makes a text that fits a pattern of {@code matches}, as far as the guard lets patterns be: no
 * repeated groups. The shortest way through: nothing for {@code *}, one for {@code +}, the first of
 * several. Whoever asks checks that it fits.
 */
final class RegexSample {

  private final String regex;
  private int at;

  private RegexSample(String regex) {
    this.regex = regex;
  }

  static String of(String regex) {
    return new RegexSample(regex).alternatives();
  }

  private String alternatives() {
    String first = sequence();
    while (at < regex.length() && regex.charAt(at) == '|') {
      at++;
      sequence();
    }
    return first;
  }

  private String sequence() {
    var text = new StringBuilder();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      text.append(repeated(single()));
    }
    return text.toString();
  }

  private String single() {
    char c = regex.charAt(at++);
    if (c == '(') {
      String inner = alternatives();
      at++;
      return inner;
    }
    if (c == '[') {
      return oneOf();
    }
    if (c == '^' || c == '$') {
      return "";
    }
    return c == '.' ? "a" : String.valueOf(c);
  }

  private String oneOf() {
    int end = regex.indexOf(']', at + 1);
    String inside = regex.substring(at, end < 0 ? regex.length() : end);
    at = end < 0 ? regex.length() : end + 1;
    if (!inside.startsWith("^")) {
      return inside.substring(0, 1);
    }
    for (char c : "a0A_-".toCharArray()) {
      if (inside.indexOf(c) < 0) {
        return String.valueOf(c);
      }
    }
    return "~";
  }

  private String repeated(String part) {
    if (at >= regex.length()) {
      return part;
    }
    char c = regex.charAt(at);
    if (c == '*' || c == '?') {
      at++;
      return "";
    }
    if (c == '+') {
      at++;
      return part;
    }
    if (c == '{') {
      int end = regex.indexOf('}', at);
      String least = regex.substring(at + 1, end).split(",", -1)[0];
      at = end + 1;
      return part.repeat(least.isEmpty() ? 0 : Integer.parseInt(least));
    }
    return part;
  }
}
