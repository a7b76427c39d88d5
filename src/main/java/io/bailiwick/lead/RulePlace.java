package io.bailiwick.lead;

/**
 * Where in the rules something stands.
 *
 * @param line from 1
 * @param rule the rule's name; null for the row of a lookup table
 */
public record RulePlace(String file, int line, @Nullable String rule) {

  /** {@code file:line}, as an editor opens it. */
  public String place() {
    return file + ":" + line;
  }
}
