package io.bailiwick.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Many fixtures as one table, a row a lead, for people who work in a spreadsheet. What is written
 * is read back as the same fixtures: names, instants, leads and expectations. Cells are safe to
 * open ({@link CsvCell}); the text is CSV by RFC 4180 with commas.
 */
public final class FixtureTable {

  /**
   * One row.
   *
   * @param file the file of fixtures it belongs to, where it says one
   * @param fixture null where {@code trouble} says why there is none
   */
  public record Line(
      String place, @Nullable String file, @Nullable LeadCase fixture, @Nullable String trouble) {}

  /** What a spreadsheet knows UTF-8 by, at the beginning of a text. */
  public static final String MARK = "\uFEFF";

  private FixtureTable() {}

  /**
   * The rows of a table; {@code file} is its name for places. Throws IllegalArgumentException where
   * it is no table of fixtures at all.
   */
  public static List<Line> read(String file, String text) {
    List<Line> lines = new ArrayList<>();
    FixtureCsv header = null;
    try {
      for (CsvRecord row : records(text)) {
        String place = file + ":" + row.getStartingLineNumber();
        if (header == null) {
          if (!FixtureCsv.isHeader(row.getFields())) {
            throw new IllegalArgumentException(
                place + " must name the columns, and " + FixtureCsv.STATUS + " among them");
          }
          header = FixtureCsv.header(file, row.getFields());
        } else if (!row.getFields().stream().allMatch(String::isBlank)) {
          lines.add(line(place, header, row.getFields()));
        }
      }
    } catch (CsvParseException | IOException e) {
      throw new IllegalArgumentException(file + " is not CSV: " + e.getMessage(), e);
    }
    return lines;
  }

  /** The table of these fixtures; with {@code file}, a column says which file each belongs to. */
  public static String write(List<LeadCase> cases, @Nullable Function<LeadCase, String> file) {
    List<String> columns = columns(cases, file != null);
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(columns);
      for (LeadCase one : cases) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
          String value =
              file != null && column.equals(FixtureCsv.FILE) ? file.apply(one) : value(column, one);
          cells.add(value == null ? "" : CsvCell.written(value));
        }
        csv.writeRecord(cells);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory does not fail", e);
    }
    return text.toString();
  }

  /**
   * A table's text with the expectations of some of its rows replaced, by their places. Throws
   * IllegalArgumentException where a row cannot be read, since it could not be written back.
   */
  public static String replace(String file, String text, Map<String, Expectation> expectations) {
    List<LeadCase> cases = new ArrayList<>();
    for (Line line : read(file, text)) {
      LeadCase one = line.fixture();
      if (one == null) {
        throw new IllegalArgumentException(line.trouble());
      }
      Expectation renewed = expectations.getOrDefault(one.place(), one.expectation());
      cases.add(new LeadCase(one.place(), one.name(), one.at(), one.lead(), renewed));
    }
    return marked(text) + write(cases, null);
  }

  /** A table's text with one more fixture; throws as {@link #replace} does. */
  public static String appended(String file, String text, LeadCase more) {
    List<LeadCase> cases = new ArrayList<>();
    for (Line line : read(file, text)) {
      if (line.fixture() == null) {
        throw new IllegalArgumentException(line.trouble());
      }
      cases.add(line.fixture());
    }
    cases.add(more);
    return marked(text) + write(cases, null);
  }

  /** The byte order mark, by which a spreadsheet knows UTF-8, where the text had it. */
  private static String marked(String text) {
    return text.startsWith(MARK) ? MARK : "";
  }

  private static Line line(String place, FixtureCsv header, List<String> cells) {
    String file = header.file(cells);
    try {
      return new Line(place, file, header.read(place, cells), null);
    } catch (IllegalArgumentException e) {
      return new Line(place, file, null, String.valueOf(e.getMessage()));
    }
  }

  private static CsvReader<CsvRecord> records(String text) throws IOException {
    TableText table = TableText.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return CsvReader.builder()
        .fieldSeparator(table.separator())
        .allowUnclosedQuote(false)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(table.text());
  }

  /** Those that any of the fixtures has a value for. */
  private static List<String> columns(List<LeadCase> cases, boolean file) {
    Set<LeadField> fields = new TreeSet<>();
    Set<String> attributes = new TreeSet<>();
    for (LeadCase one : cases) {
      fields.addAll(posted(one.lead()).keySet());
      attributes.addAll(one.lead().attributes().keySet());
    }
    List<String> columns = new ArrayList<>();
    FixtureCsv.OWN.stream()
        .filter(own -> file || !own.equals(FixtureCsv.FILE))
        .forEach(columns::add);
    fields.forEach(field -> columns.add(field.wireName()));
    attributes.forEach(name -> columns.add(FixtureCsv.ATTRIBUTE + name));
    return columns;
  }

  /** The values a source would post: a module only where it is not the default. */
  private static Map<LeadField, Object> posted(Lead lead) {
    Map<LeadField, Object> values = lead.values();
    if (!LeadJson.posted(lead).has(LeadField.MODULE.wireName())) {
      values.remove(LeadField.MODULE);
    }
    return values;
  }

  private static @Nullable String value(String column, LeadCase one) {
    Expectation expected = one.expectation();
    LeadField field = LeadField.named(column);
    if (field != null) {
      Object value = posted(one.lead()).get(field);
      return value == null ? null : value.toString();
    }
    return switch (column) {
      case FixtureCsv.NAME -> one.name();
      case FixtureCsv.AT -> one.at().toString();
      case FixtureCsv.STATUS -> expected.status();
      case "expect.territory" -> expected.territory();
      case "expect.reason" -> expected.reason();
      case "expect.blocker" -> expected.blocker();
      case "expect.rule" -> expected.rule();
      default -> one.lead().attributes().get(column.substring(FixtureCsv.ATTRIBUTE.length()));
    };
  }
}
