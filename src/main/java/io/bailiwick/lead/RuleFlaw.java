package io.bailiwick.lead;

/**
 * One thing wrong with a rule, as an analyst needs it told.
 *
 * @param line from 1; 0 where the trouble has no line
 * @param column from 1; 0 where it has no column
 * @param rule the rule's name; null where it stands outside any rule
 * @param message what is wrong and what to write instead
 * @param excerpt the line with a caret under the place; empty where there is none
 */
public record RuleFlaw(
    String file, int line, int column, @Nullable String rule, String message, String excerpt) {

  /** {@code file:line:column: rule "name": message}, as an editor understands it. */
  public String told() {
    var text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    if (column > 0) {
      text.append(':').append(column);
    }
    text.append(": ");
    if (rule != null) {
      text.append("rule \"").append(rule).append("\": ");
    }
    text.append(message);
    if (!excerpt.isEmpty()) {
      text.append('\n').append(excerpt);
    }
    return text.toString();
  }
}
