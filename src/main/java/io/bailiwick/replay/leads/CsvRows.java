package io.bailiwick.replay.leads;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.TableText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** Rows of CSV by RFC 4180, the first of them the header; blank lines are none. */
record CsvRows(String file, InputStream in, SourceMapping mapping) implements RowReader {

  /** The longest row, in characters: an unclosed quote must not swallow the memory. */
  private static final int MAX_ROW = LeadFiles.MAX_ROW;

  @Override
  public void read(Tally tally) throws IOException {
    var rows = new TableRows(file, mapping, tally, true);
    TableText table = TableText.of(in);
    long line = 0;
    Iterator<CsvRecord> records = records(table).iterator();
    for (var row = next(records, line); row != null; row = next(records, line)) {
      line = row.getStartingLineNumber();
      rows.add(line, row.getFields());
    }
    if (!rows.begun()) {
      throw new IllegalArgumentException(file + " is empty; its first row must name the columns");
    }
  }

  /** The next row; null at the end. */
  private @Nullable CsvRecord next(Iterator<CsvRecord> records, long line) throws Broken {
    String place = file + ":" + (line + 1);
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new Broken(
          place,
          "no row can be told from the next: a quote is not closed, or a row is longer than "
              + MAX_ROW
              + " characters",
          e);
    } catch (UncheckedIOException e) {
      throw new Broken(place, "the file cannot be read on: " + e.getMessage(), e);
    }
  }

  private static CsvReader<CsvRecord> records(TableText table) {
    return CsvReader.builder()
        .fieldSeparator(table.separator())
        .skipEmptyLines(true)
        .allowUnclosedQuote(false)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(MAX_ROW)
        .ofCsvRecord(table.text());
  }
}
