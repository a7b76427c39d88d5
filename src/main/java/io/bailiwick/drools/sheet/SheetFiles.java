package io.bailiwick.drools.sheet;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.bailiwick.drools.text.CsvPlaces;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;

/** Reads the cells of CSV and XLSX files; only texts and numbers, never a formula's own text. */
final class SheetFiles {

  private static final int MAX_ROWS = 20_000;
  private static final int MAX_COLUMNS = 200;
  private static final int MAX_NUMBER = 1 << 20;
  private static final int MAX_DIGITS = 30;
  private static final Span START = new Span(0, 1);

  private SheetFiles() {}

  /** The one sheet of a CSV file. */
  static Sheet csv(Source source) {
    var places = new CsvPlaces(source);
    List<Sheet.Row> rows = new ArrayList<>();
    try {
      var records =
          CsvReader.builder()
              .fieldSeparator(places.separator())
              .skipEmptyLines(false)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .trimWhitespacesAroundQuotes(true)
              .ofCsvRecord(source.text());
      for (CsvRecord record : records) {
        rows.add(Sheet.row((int) record.getStartingLineNumber(), record.getFields()));
        checkSize(rows.size(), record.getFieldCount());
      }
      places.checkClosed(rows.isEmpty() ? 1 : rows.get(rows.size() - 1).number());
    } catch (CsvParseException e) {
      throw new Refusal(START, "this is not CSV: " + e.getMessage());
    }
    return new Sheet(source.file(), rows);
  }

  /** All sheets of a workbook. */
  static List<Sheet> xlsx(String file, byte[] content) {
    List<Sheet> sheets = new ArrayList<>();
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(Unzipped.again(content)))) {
      for (var sheet : workbook.getSheets().toList()) {
        List<Sheet.Row> rows = new ArrayList<>();
        try (Stream<org.dhatim.fastexcel.reader.Row> stream = sheet.openStream()) {
          stream.forEach(
              row -> {
                checkSize(rows.size(), row.getCellCount());
                checkNumber(row.getRowNum());
                rows.add(Sheet.row(row.getRowNum(), cells(row)));
              });
        }
        sheets.add(new Sheet(file + "!" + sheet.getName(), rows));
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof Refusal refusal
          ? refusal
          : new Refusal(
              START, "this is no XLSX workbook: " + e.getMessage() + "; save the table as one");
    }
    return sheets;
  }

  private static List<String> cells(org.dhatim.fastexcel.reader.Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.getCellCount(); i++) {
      Cell cell = i < row.getCellCount() ? row.getCell(i) : null;
      cells.add(cell == null ? "" : text(cell));
    }
    return cells;
  }

  private static String text(Cell cell) {
    return switch (cell.getType()) {
      case NUMBER -> number(cell.asNumber());
      case BOOLEAN -> cell.asBoolean() ? "true" : "false";
      case STRING -> cell.asString();
      case EMPTY, ERROR -> "";
      case FORMULA -> cell.getText() == null ? "" : cell.getText();
    };
  }

  private static String number(BigDecimal number) {
    if (number.precision() > MAX_DIGITS || Math.abs(number.scale()) > MAX_DIGITS) {
      throw new Refusal(
          START, "a number in a cell has at most %d digits; write less".formatted(MAX_DIGITS));
    }
    return number.stripTrailingZeros().toPlainString();
  }

  /** Rules keep the line of their row, so its number must be one that a sheet can have. */
  private static void checkNumber(int row) {
    if (row < 1 || row > MAX_NUMBER) {
      throw new Refusal(START, "a sheet has no row " + row + "; save the workbook anew");
    }
  }

  private static void checkSize(int rows, int columns) {
    if (rows > MAX_ROWS || columns > MAX_COLUMNS) {
      throw new Refusal(
          START,
          "a sheet has at most %d rows and %d columns; make several of it"
              .formatted(MAX_ROWS, MAX_COLUMNS));
    }
  }
}
