package io.bailiwick.replay.report;

import java.util.Locale;

/** Builds HTML, SVG or XML: every text is escaped, so no lead's value can become markup. */
final class Markup {

  private final StringBuilder text = new StringBuilder();

  /** Markup of our own, as it is. */
  Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Markup of our own with numbers put in; never with texts. */
  Markup raw(String format, Object... numbers) {
    text.append(String.format(Locale.ROOT, format, numbers));
    return this;
  }

  /** A text. */
  Markup text(String words) {
    text.append(escaped(words));
    return this;
  }

  /** {@code <name class="kind">words</name>}. */
  Markup element(String name, String kind, String words) {
    String attribute = kind.isEmpty() ? "" : " class=\"" + kind + '"';
    return raw("<" + name + attribute + ">").text(words).raw("</" + name + ">");
  }

  /** A text that may stand in markup and in attributes in double quotes. */
  static String escaped(String words) {
    var out = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
