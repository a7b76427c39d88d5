package io.bailiwick.drools.facts;

import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * Names of fields and tables that people invent. A few break the compiler of rules without a word
 * of why (Drools 10.2 looks for a name within "alphaIndexedBy" and "betaIndexedBy"; others are
 * words of its language), so they are refused where they are declared.
 */
final class FieldName {

  private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9]{1,39}");
  private static final Pattern TABLE = Pattern.compile("[A-Z][A-Za-z0-9]{1,39}");
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "not",
          "exists",
          "forall",
          "when",
          "then",
          "end",
          "rule",
          "query",
          "unit",
          "modify",
          "insert",
          "update",
          "delete",
          "retract",
          "bind",
          "eval",
          "in",
          "matches",
          "contains",
          "str",
          "route",
          "drools",
          "kcontext",
          "this",
          "attributes",
          // Java allows no component of a record to be called so.
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");
  private static final Set<String> TAKEN =
      Set.of(
          "Lead", "Territory", "Placement", "Flag", "Route", "String", "Long", "Boolean", "Object");

  private FieldName() {}

  /** Refuses a name that no field can have. */
  static void check(String name, Span at) {
    if (!FIELD.matcher(name).matches()) {
      throw new Refusal(
          at,
          "a field's name is a small letter and 1 to 39 letters or digits; write for example tier");
    }
    boolean breaks =
        WORDS.contains(name)
            || SourceVersion.isKeyword(name)
            || "alphaIndexedBy".contains(name)
            || "betaIndexedBy".contains(name);
    if (breaks) {
      throw new Refusal(
          at, "%s is a word of the rule engine; write for example %sCode".formatted(name, name));
    }
  }

  /**
   * The name of the fact that a table's file stands for: {@code named-accounts} is NamedAccounts.
   */
  static String fact(String file) {
    String base = file.substring(file.lastIndexOf('/') + 1).replaceAll("[.].*", "");
    var word = new StringBuilder();
    for (String part : base.split("[-_ ]+")) {
      if (!part.isEmpty()) {
        word.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    String name = word.toString();
    if (!TABLE.matcher(name).matches() || TAKEN.contains(name)) {
      throw new Refusal(
          new Span(0, 1),
          "the file's name is the table's name in rules; write letters, digits and '-', for"
              + " example named-accounts.csv");
    }
    return name;
  }
}
