package io.bailiwick.drools.sheet;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.drools.sheet.Sheet.Row;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the four rows under {@code RuleTable NAME} say of its columns: what each is for, which fact
 * it asks, its snippet; the fourth row is for people. KIE's convention.
 */
final class TableLayout {

  /** What a column is for. */
  enum Use {
    CONDITION,
    ACTION,
    PRIORITY,
    NAME,
    DATE_EFFECTIVE,
    DATE_EXPIRES,
    DESCRIPTION
  }

  /**
   * One column.
   *
   * @param group the number of the pattern that a condition belongs to; -1 for none
   * @param template null where the column has no snippet
   */
  record Column(int index, Use use, int group, @Nullable Template template) {}

  /** A mistake in a cell of the head. */
  static final class Mistake extends Exception {

    private static final long serialVersionUID = 1L;

    private final int row;
    private final int column;
    private final String told;

    Mistake(Row row, int column, String message) {
      super(message);
      this.row = row.number();
      this.column = column;
      this.told = message;
    }

    String told() {
      return told;
    }

    int row() {
      return row;
    }

    int column() {
      return column;
    }
  }

  private static final Map<String, Use> WORDS =
      Map.ofEntries(
          Map.entry("CONDITION", Use.CONDITION),
          Map.entry("C", Use.CONDITION),
          Map.entry("ACTION", Use.ACTION),
          Map.entry("A", Use.ACTION),
          Map.entry("PRIORITY", Use.PRIORITY),
          Map.entry("P", Use.PRIORITY),
          Map.entry("SALIENCE", Use.PRIORITY),
          Map.entry("NAME", Use.NAME),
          Map.entry("N", Use.NAME),
          Map.entry("DATE-EFFECTIVE", Use.DATE_EFFECTIVE),
          Map.entry("V", Use.DATE_EFFECTIVE),
          Map.entry("DATE-EXPIRES", Use.DATE_EXPIRES),
          Map.entry("Z", Use.DATE_EXPIRES),
          Map.entry("DESCRIPTION", Use.DESCRIPTION),
          Map.entry("I", Use.DESCRIPTION));

  private static final Pattern OBJECT =
      Pattern.compile(
          "(?:(\\$[A-Za-z0-9_]{1,40})\\s*:\\s*)?([A-Za-z][A-Za-z0-9]*)\\s*(?:[(].*[)])?");

  private final String name;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> patterns = new ArrayList<>();

  private TableLayout(String name) {
    this.name = name;
  }

  /** Reads the head; {@code first} is the column under the word RuleTable. */
  static TableLayout read(String name, int first, List<Row> head, Vocabulary vocabulary)
      throws Mistake {
    var layout = new TableLayout(name);
    Row uses = head.get(0);
    Row objects = head.get(1);
    Row snippets = head.get(2);
    String object = "";
    for (int i = first; i < uses.cells().size(); i++) {
      Use use = use(uses, i);
      if (use == null) {
        continue;
      }
      String snippet = snippets.cell(i);
      String own = objects.cell(i).replaceAll("[.]{3}$", "").strip();
      if (use == Use.CONDITION) {
        boolean same = own.isEmpty() || own.equals(object);
        if (own.isEmpty() && object.isEmpty()) {
          throw new Mistake(objects, i, "name the fact over this condition, for example $l : Lead");
        }
        object = same ? object : own;
        Fact fact = layout.fact(object, !same, vocabulary, objects, i);
        layout.condition(i, snippet, fact, snippets);
      } else {
        object = use == Use.ACTION ? "" : object;
        layout.other(i, use, own, snippet, snippets);
      }
    }
    layout.checkComplete(uses, first);
    return layout;
  }

  String name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  /** The head of a pattern, up to its bracket: {@code $t : Territory}. */
  String pattern(int group) {
    return patterns.get(group);
  }

  int patterns() {
    return patterns.size();
  }

  private static @Nullable Use use(Row uses, int column) throws Mistake {
    String word = uses.cell(column).toUpperCase(Locale.ROOT);
    if (word.isEmpty()) {
      return null;
    }
    Use use = WORDS.get(word);
    if (use == null) {
      throw new Mistake(
          uses,
          column,
          "\"%s\" is no column that is allowed here; there are CONDITION, ACTION, PRIORITY, NAME,"
                  .formatted(uses.cell(column))
              + " DATE-EFFECTIVE, DATE-EXPIRES, DESCRIPTION"
              + Nearest.hint(word, WORDS.keySet().stream().filter(w -> w.length() > 1).toList()));
    }
    return use;
  }

  private Fact fact(String object, boolean next, Vocabulary vocabulary, Row row, int column)
      throws Mistake {
    Matcher parts = OBJECT.matcher(object);
    if (!parts.matches()) {
      throw new Mistake(row, column, "write a fact here, for example $l : Lead or $t : Territory");
    }
    Fact fact = vocabulary.named(parts.group(2));
    if (fact == null) {
      throw new Mistake(
          row,
          column,
          "unknown fact " + parts.group(2) + Nearest.hint(parts.group(2), vocabulary.words()));
    }
    if (next) {
      patterns.add((parts.group(1) == null ? "" : parts.group(1) + " : ") + fact.word());
    }
    return fact;
  }

  private void condition(int column, String snippet, Fact fact, Row snippets) throws Mistake {
    if (snippet.isEmpty()) {
      throw new Mistake(snippets, column, "write the condition, for example country == $param");
    }
    if (snippet.startsWith("forall")) {
      throw new Mistake(snippets, column, "forall is not offered; write field in ($param)");
    }
    columns.add(
        new Column(column, Use.CONDITION, patterns.size() - 1, new Template(snippet, fact)));
  }

  private void other(int column, Use use, String object, String snippet, Row snippets)
      throws Mistake {
    if (use != Use.ACTION) {
      columns.add(new Column(column, use, -1, null));
      return;
    }
    if (snippet.isEmpty()) {
      throw new Mistake(snippets, column, "write the action, for example route.to($t);");
    }
    String whole = object.isEmpty() ? snippet : object + "." + snippet;
    String ended = whole.endsWith(";") ? whole : whole + ";";
    columns.add(new Column(column, use, -1, new Template(ended, null)));
  }

  private void checkComplete(Row uses, int first) throws Mistake {
    if (columns.stream().noneMatch(column -> column.use() == Use.CONDITION)
        || columns.stream().noneMatch(column -> column.use() == Use.ACTION)) {
      throw new Mistake(uses, first, "a table has at least one CONDITION and one ACTION column");
    }
  }
}
