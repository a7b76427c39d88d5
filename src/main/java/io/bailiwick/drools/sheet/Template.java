package io.bailiwick.drools.sheet;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The snippet over a column, into which each cell is put: {@code employees >= $param}, {@code
 * region in ($param)}, {@code employees >= $1, employees < $2}; or a field alone, which means
 * {@code ==}; or one that ends with its operator. What is put in is a literal, checked here, so
 * that a cell can say a value and nothing else.
 */
final class Template {

  /** A cell that is no literal; the message says what to write. */
  static final class NoLiteral extends Exception {

    private static final long serialVersionUID = 1L;

    private final String told;

    NoLiteral(String told) {
      super(told);
      this.told = told;
    }

    String told() {
      return told;
    }
  }

  private static final Pattern HOLE = Pattern.compile("\\$(param|[1-9])(?![A-Za-z0-9_])");
  private static final Pattern FIELD_ALONE = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
  private static final Pattern OPERATOR_AT_END =
      Pattern.compile("(==|!=|<=|>=|<|>|\\bin|\\bmatches|\\bcontains|\\])$");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"[^\"\\\\\\p{Cntrl}]*\"|-?[0-9]{1,15}|true|false|null|Flag[.](YES|NO|UNKNOWN)");
  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z0-9_]{1,40}");
  private static final Pattern UNFIT = Pattern.compile("[\"\\\\\\p{Cntrl}]");

  private final String snippet;
  private final @Nullable Fact fact;

  /** Over a condition on this fact; null over an action. */
  Template(String snippet, @Nullable Fact fact) {
    this.snippet = fact == null ? snippet : completed(snippet);
    this.fact = fact;
  }

  /** The snippet with the cell put in. */
  String with(String cell) throws NoLiteral {
    Matcher hole = HOLE.matcher(snippet);
    List<String> parts = split(cell);
    var text = new StringBuilder();
    int last = 0;
    while (hole.find()) {
      text.append(snippet, last, hole.start());
      String name = hole.group(1);
      text.append(
          name.equals("param")
              ? whole(cell, parts, hole.start(), hole.end())
              : part(parts, Integer.parseInt(name), hole.start()));
      last = hole.end();
    }
    return text.append(snippet.substring(last)).toString();
  }

  private static String completed(String snippet) {
    String text = snippet.strip();
    if (HOLE.matcher(text).find()) {
      return text;
    }
    if (FIELD_ALONE.matcher(text).matches()) {
      return text + " == $param";
    }
    if (text.endsWith(" in")) {
      return text + " ($param)";
    }
    return OPERATOR_AT_END.matcher(text).find() ? text + " $param" : text;
  }

  private String whole(String cell, List<String> parts, int start, int end) throws NoLiteral {
    boolean quoted = isQuoted(start, end);
    if (quoted) {
      return inQuotes(cell);
    }
    List<String> literals = new ArrayList<>();
    for (String part : inList(start) ? parts : List.of(cell)) {
      literals.add(literal(part, start));
    }
    return String.join(", ", literals);
  }

  private String part(List<String> parts, int number, int start) throws NoLiteral {
    if (number > parts.size()) {
      throw new NoLiteral("this cell needs %d values, separated by commas".formatted(number));
    }
    boolean quoted = isQuoted(start, start + 2);
    return quoted ? inQuotes(parts.get(number - 1)) : literal(parts.get(number - 1), start);
  }

  private boolean isQuoted(int start, int end) {
    return start > 0
        && snippet.charAt(start - 1) == '"'
        && end < snippet.length()
        && snippet.charAt(end) == '"';
  }

  /** Whether the hole stands alone in brackets behind {@code in}. */
  private boolean inList(int start) {
    return snippet.substring(0, start).matches(".*\\bin\\s*\\(\\s*");
  }

  private static String inQuotes(String cell) throws NoLiteral {
    if (UNFIT.matcher(cell).find()) {
      throw new NoLiteral("a cell here is one text without quotes, backslashes or line breaks");
    }
    return cell;
  }

  private String literal(String cell, int start) throws NoLiteral {
    Field field = field(start);
    boolean text = field != null && field.kind() == Field.Kind.TEXT;
    boolean variable = fact == null && VARIABLE.matcher(cell).matches();
    boolean bareWord = text && !cell.startsWith("\"") && !cell.equals("null");
    if (bareWord) {
      return '"' + inQuotes(cell) + '"';
    }
    if (variable || LITERAL.matcher(cell).matches()) {
      return cell;
    }
    throw new NoLiteral(
        field == null
            ? "a cell here is a text in quotes, a number, or a variable such as $t"
            : field.name() + " is " + field.kind().told());
  }

  /** The field that the hole is compared with: the last one named before it. */
  private @Nullable Field field(int start) {
    Field found = null;
    if (fact != null) {
      Matcher name = NAME.matcher(snippet.substring(0, start));
      while (name.find()) {
        Field field = fact.field(name.group());
        found = field == null ? found : field;
      }
    }
    return found;
  }

  /** At commas outside quotes. */
  private static List<String> split(String cell) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    var part = new StringBuilder();
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }
}
