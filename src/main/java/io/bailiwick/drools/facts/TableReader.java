package io.bailiwick.drools.facts;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.bailiwick.drools.facts.LookupTable.Column;
import io.bailiwick.drools.facts.LookupTable.Role;
import io.bailiwick.drools.facts.LookupTable.Row;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Field.Kind;
import io.bailiwick.drools.text.CsvPlaces;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads a lookup table: a header that names and types the columns, then rows. Commas or semicolons
 * separate; a line that begins with # is a comment. Mistakes are told with line and column, at most
 * ten of a file.
 */
final class TableReader {

  private static final int MAX_FLAWS = 10;
  private static final int MAX_ROWS = 1_000_000;
  private static final int MAX_CELL = 500;

  private final Source source;
  private final CsvPlaces places;
  private final HeaderReader header;
  private final List<RuleFlaw> flaws = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();

  TableReader(Source source, Fact lead) {
    this.source = source;
    this.places = new CsvPlaces(source);
    this.header = new HeaderReader(lead);
  }

  /** What is wrong; empty where {@link #read} gave a table. */
  List<RuleFlaw> flaws() {
    return flaws;
  }

  /** The table; null where something is wrong. */
  @Nullable
  LookupTable read() {
    try {
      return table();
    } catch (Refusal refusal) {
      flaws.add(source.flaw(refusal.at(), null, refusal.told()));
    } catch (CsvParseException e) {
      flaws.add(source.flaw(new Span(0, 1), null, "this is not CSV: " + e.getMessage()));
    }
    return null;
  }

  private @Nullable LookupTable table() {
    String word = FieldName.fact(source.file());
    List<Column> columns = List.of();
    List<Row> rows = new ArrayList<>();
    long last = 1;
    for (CsvRecord record : records()) {
      last = record.getStartingLineNumber();
      if (columns.isEmpty()) {
        columns = columns(record);
      } else {
        addRow(record, columns, rows);
        if (flaws.size() >= MAX_FLAWS) {
          return null;
        }
      }
    }
    places.checkClosed(last);
    if (columns.isEmpty()) {
      throw new Refusal(
          new Span(0, 1),
          "a table begins with a header; write for example domain: key emailDomain");
    }
    if (!flaws.isEmpty()) {
      return null;
    }
    List<Column> known = withAbsence(columns, rows);
    var fact = new Fact(word, Fact.Kind.LOOKUP, known.stream().map(Column::field).toList());
    var table = new LookupTable(source.file(), fact, known, List.copyOf(rows));
    checkMatches(table);
    return flaws.isEmpty() ? table : null;
  }

  private CsvReader<CsvRecord> records() {
    return CsvReader.builder()
        .fieldSeparator(places.separator())
        .commentStrategy(CommentStrategy.SKIP)
        .skipEmptyLines(true)
        .trimWhitespacesAroundQuotes(true)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(source.text());
  }

  private List<Column> columns(CsvRecord record) {
    for (int i = 0; i < record.getFieldCount(); i++) {
      header.add(record.getField(i).strip(), places.cell(record.getStartingLineNumber(), i));
    }
    return header.columns(places.line(record.getStartingLineNumber()));
  }

  private void addRow(CsvRecord record, List<Column> columns, List<Row> rows) {
    long line = record.getStartingLineNumber();
    if (record.getFieldCount() != columns.size()) {
      flaws.add(
          source.flaw(
              places.line(line),
              null,
              "this row has %d cells, the header %d"
                  .formatted(record.getFieldCount(), columns.size())));
      return;
    }
    if (rows.size() == MAX_ROWS) {
      throw new Refusal(places.line(line), "a table has at most " + MAX_ROWS + " rows");
    }
    @Nullable Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = value(columns.get(i), record.getField(i).strip());
      } catch (Refusal refusal) {
        flaws.add(source.flaw(places.cell(line, i), null, refusal.told()));
        return;
      }
    }
    rows.add(new Row((int) line, values));
  }

  private @Nullable Object value(Column column, String cell) {
    if (cell.length() > MAX_CELL) {
      throw new Refusal(new Span(0, 1), "a cell has at most " + MAX_CELL + " characters");
    }
    if (cell.isEmpty()) {
      if (column.role() == Role.KEY) {
        throw new Refusal(new Span(0, 1), "a key is never empty");
      }
      return null;
    }
    Field.Normal normal = column.field().normal();
    String text = cell;
    if (normal != null && column.field().kind() == Kind.TEXT) {
      text = normal.of(cell);
    }
    Object value = text == null ? null : CustomFields.value(column.field().kind(), text);
    if (value == null) {
      throw new Refusal(
          new Span(0, 1),
          "\"%s\" is not %s".formatted(cell, HeaderReader.told(column.field().kind())));
    }
    // Columns repeat few values; one of each is enough.
    return value instanceof String one ? texts.computeIfAbsent(one, same -> same) : value;
  }

  /** A value may be absent where some row leaves it empty. */
  private static List<Column> withAbsence(List<Column> columns, List<Row> rows) {
    List<Column> known = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int index = i;
      Column column = columns.get(i);
      Field field = column.field();
      boolean absent = rows.stream().anyMatch(row -> row.values()[index] == null);
      known.add(
          new Column(
              new Field(field.name(), field.kind(), absent, field.normal(), List.of()),
              column.role(),
              column.ofLead()));
    }
    return List.copyOf(known);
  }

  /** Refuses a table of which one lead could get more rows than a session should hold. */
  private void checkMatches(LookupTable table) {
    var index = new LookupIndex<>(table, row -> row);
    List<Row> found = new ArrayList<>();
    for (Row row : table.rows()) {
      found.clear();
      index.collect(probe(table, row), found);
      if (found.size() > LookupTable.MAX_MATCHES) {
        flaws.add(
            source.flaw(
                places.line(row.line()),
                null,
                "more than %d rows belong to the same lead; make the keys or ranges narrower"
                    .formatted(LookupTable.MAX_MATCHES)));
        return;
      }
    }
  }

  /** The values of a lead that this row belongs to, at the lower end of its range. */
  private @Nullable Object[] probe(LookupTable table, Row row) {
    int size = table.columns().stream().mapToInt(Column::ofLead).max().orElse(-1) + 1;
    @Nullable Object[] lead = new Object[size];
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      Object value = row.values()[i];
      boolean decides = column.role() != Role.TO || lead[Math.max(0, column.ofLead())] == null;
      if (column.ofLead() >= 0 && decides && value != null) {
        lead[column.ofLead()] = value;
      }
    }
    return Objects.requireNonNull(lead);
  }
}
