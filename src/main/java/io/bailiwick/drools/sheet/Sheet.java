package io.bailiwick.drools.sheet;

import java.util.ArrayList;
import java.util.List;

/**
 * The cells of one sheet.
 *
 * @param name how its file and sheet are told: {@code file} or {@code file!sheet}
 */
record Sheet(String name, List<Row> rows) {

  /** One row: its number in the file, from 1, and its cells as texts, stripped. */
  record Row(int number, List<String> cells) {

    /** The cell of that column, from 0; empty where the row is shorter. */
    String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }

    boolean isBlank() {
      return cells.stream().allMatch(String::isEmpty);
    }
  }

  Sheet {
    rows = List.copyOf(rows);
  }

  /** A row of cells as they stand in a file. */
  static Row row(int number, List<String> cells) {
    List<String> stripped = new ArrayList<>();
    cells.forEach(cell -> stripped.add(cell == null ? "" : cell.strip()));
    return new Row(number, stripped);
  }
}
