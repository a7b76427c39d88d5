package io.bailiwick.replay.leads;

import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/**
 * Rows of a workbook's first sheet, the first that is not empty the header. Read row by row; only
 * the workbook's table of distinct texts is held in memory.
 */
record XlsxRows(String file, Path path, SourceMapping mapping) implements RowReader {

  @Override
  public void read(Tally tally) throws IOException {
    var rows = new TableRows(file, mapping, tally, false);
    long line = 0;
    try (var workbook = new ReadableWorkbook(path.toFile());
        Stream<Row> stream = workbook.getFirstSheet().openStream()) {
      Iterator<Row> each = stream.iterator();
      for (Row row = next(each, line); row != null; row = next(each, line)) {
        line = row.getRowNum();
        List<String> cells = cells(row);
        if (rows.begun() || cells.stream().anyMatch(cell -> !cell.isBlank())) {
          rows.add(line, cells);
        }
      }
    }
    if (!rows.begun()) {
      throw new IllegalArgumentException(file + " is empty; its first row must name the columns");
    }
  }

  /** The next row; null at the end. */
  private @Nullable Row next(Iterator<Row> rows, long line) throws Broken {
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (RuntimeException e) {
      throw new Broken(file + ":" + (line + 1), "the workbook cannot be read on: " + e, e);
    }
  }

  /** Cells behind the last filled one are no cells, as a row's end is drawn nowhere. */
  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    int filled = 0;
    for (int i = 0; i < row.getCellCount(); i++) {
      Cell cell = row.getCell(i);
      cells.add(cell == null ? "" : text(cell));
      filled = cells.get(i).isBlank() ? filled : i + 1;
    }
    return cells.subList(0, filled);
  }

  private static String text(Cell cell) {
    return switch (cell.getType()) {
      case NUMBER -> cell.asNumber().stripTrailingZeros().toPlainString();
      case BOOLEAN -> cell.asBoolean() ? "true" : "false";
      case STRING -> cell.asString() == null ? "" : cell.asString();
      case EMPTY, ERROR -> "";
      case FORMULA -> cell.getText() == null ? "" : cell.getText();
    };
  }
}
