package io.bailiwick.drools.sheet;

import io.bailiwick.drools.sheet.Sheet.Row;
import io.bailiwick.drools.sheet.TableLayout.Column;
import io.bailiwick.drools.sheet.TableLayout.Use;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a sheet as the text of rules, each on the line of its row, and which stretch of a
 * line came of which cell.
 */
final class RuleText {

  /** A cell that could not be put in. */
  record NoLiteralAt(int row, int column, String rule, String told) {}

  private record Stretch(int from, int to, int column) {}

  private final String sheet;
  private final Map<Integer, String> lines = new TreeMap<>();
  private final Map<Integer, List<Stretch>> stretches = new TreeMap<>();
  private final List<NoLiteralAt> noLiterals = new ArrayList<>();

  RuleText(String sheet) {
    this.sheet = sheet;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  List<NoLiteralAt> noLiterals() {
    return noLiterals;
  }

  /** One line a row of the sheet, empty where a row is no rule. */
  String text() {
    var text = new StringBuilder();
    int line = 1;
    for (Map.Entry<Integer, String> rule : lines.entrySet()) {
      while (line < rule.getKey()) {
        text.append('\n');
        line++;
      }
      text.append(rule.getValue());
    }
    return text.append('\n').toString();
  }

  /** The column of the cell that a place in a line came of, from 0; the first of the row's. */
  int column(int line, int place) {
    List<Stretch> row = stretches.getOrDefault(line, List.of());
    int column = row.isEmpty() ? 0 : row.get(0).column();
    for (Stretch stretch : row) {
      if (place - 1 >= stretch.from() && place - 1 < stretch.to()) {
        return stretch.column();
      }
    }
    return column;
  }

  void add(TableLayout layout, Row row) {
    String name = layout.name() + "_" + row.number();
    String named = only(layout, row, Use.NAME);
    var line = new Line(row, named == null ? name : named);
    try {
      line.write(layout);
    } catch (Template.NoLiteral e) {
      noLiterals.add(new NoLiteralAt(row.number(), line.column, line.name, e.told()));
      return;
    }
    lines.put(row.number(), line.text.toString());
    stretches.put(row.number(), line.parts);
  }

  private static @Nullable String only(TableLayout layout, Row row, Use use) {
    return layout.columns().stream()
        .filter(column -> column.use() == use)
        .map(column -> row.cell(column.index()))
        .filter(cell -> !cell.isEmpty())
        .findFirst()
        .orElse(null);
  }

  @Override
  public String toString() {
    return sheet;
  }

  private static final class Line {

    private final Row row;
    private final String name;
    private final StringBuilder text = new StringBuilder();
    private final List<Stretch> parts = new ArrayList<>();
    private int column;

    Line(Row row, String name) {
      this.row = row;
      this.name = name;
    }

    void write(TableLayout layout) throws Template.NoLiteral {
      if (name.indexOf('"') >= 0 || name.indexOf('\\') >= 0) {
        throw new Template.NoLiteral("a name has no quotes and no backslashes");
      }
      text.append("rule \"").append(name).append('"');
      for (Column one : layout.columns()) {
        attribute(one);
      }
      text.append(" when");
      for (int group = 0; group < layout.patterns(); group++) {
        pattern(layout, group);
      }
      text.append(" then");
      for (Column one : layout.columns()) {
        if (one.use() == Use.ACTION && !row.cell(one.index()).isEmpty()) {
          text.append(' ');
          put(one);
        }
      }
      text.append(" end");
    }

    private void attribute(Column one) throws Template.NoLiteral {
      String cell = row.cell(one.index());
      column = one.index();
      if (cell.isEmpty()) {
        return;
      }
      String written =
          switch (one.use()) {
            case PRIORITY -> number(cell);
            case DATE_EFFECTIVE -> " date-effective \"" + plain(cell) + '"';
            case DATE_EXPIRES -> " date-expires \"" + plain(cell) + '"';
            case CONDITION, ACTION, NAME, DESCRIPTION -> "";
          };
      int from = text.length();
      text.append(written);
      parts.add(new Stretch(from, text.length(), one.index()));
    }

    private static String number(String cell) throws Template.NoLiteral {
      if (!cell.matches("-?[0-9]{1,7}")) {
        throw new Template.NoLiteral("a priority is a whole number");
      }
      return " salience " + cell;
    }

    private static String plain(String cell) throws Template.NoLiteral {
      if (!cell.matches("[0-9TZ:.+-]{1,40}")) {
        throw new Template.NoLiteral("write a date as 2026-03-01");
      }
      return cell;
    }

    /** A pattern none of whose conditions has a cell in this row is left out. */
    private void pattern(TableLayout layout, int group) throws Template.NoLiteral {
      boolean first = true;
      for (Column one : layout.columns()) {
        if (one.group() == group && !row.cell(one.index()).isEmpty()) {
          text.append(first ? " " + layout.pattern(group) + "( " : ", ");
          put(one);
          first = false;
        }
      }
      if (!first) {
        text.append(" )");
      }
    }

    private void put(Column one) throws Template.NoLiteral {
      Template template = one.template();
      column = one.index();
      if (template != null) {
        int from = text.length();
        text.append(template.with(row.cell(one.index())));
        parts.add(new Stretch(from, text.length(), one.index()));
      }
    }
  }
}
