package io.bailiwick.replay;

import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fixtures as a table, a row a lead: columns named as the lead's fields, {@code attributes.NAME},
 * {@code name}, {@code at}, and {@code expect.status} with its like. A column that is none of these
 * is wrong, as a misspelled member is; so is a value that no lead can have.
 */
public final class FixtureCsv {

  static final String FILE = "file";
  static final String NAME = "name";
  static final String AT = "at";
  static final String STATUS = "expect.status";
  static final String ATTRIBUTE = "attributes.";

  /** The columns that are no field, in the order they are written. */
  static final List<String> OWN =
      List.of(
          FILE,
          NAME,
          AT,
          STATUS,
          "expect.territory",
          "expect.reason",
          "expect.blocker",
          "expect.rule");

  private final List<String> columns;

  private FixtureCsv(List<String> columns) {
    this.columns = columns;
  }

  /** Whether a table's first row makes it a table of fixtures: it says what is expected. */
  public static boolean isHeader(List<String> cells) {
    return cells.stream().anyMatch(cell -> cell.strip().equalsIgnoreCase(STATUS));
  }

  /** Reads the header; throws IllegalArgumentException that names the column that is wrong. */
  public static FixtureCsv header(String file, List<String> cells) {
    List<String> columns = new ArrayList<>();
    for (String cell : cells) {
      String column = column(cell);
      if (column == null) {
        throw new IllegalArgumentException(
            "%s: \"%s\" is no column of fixtures; there are %s, attributes.NAME and a lead's fields"
                .formatted(file, cell.strip(), String.join(", ", OWN)));
      }
      if (columns.contains(column)) {
        throw new IllegalArgumentException(file + " has the column \"" + column + "\" twice");
      }
      columns.add(column);
    }
    return new FixtureCsv(columns);
  }

  /** One row's fixture. Throws IllegalArgumentException that says what is wrong with it. */
  public LeadCase read(String place, List<String> cells) {
    if (cells.size() > columns.size()) {
      throw new IllegalArgumentException(place + " has more cells than there are columns");
    }
    Map<String, String> own = new TreeMap<>();
    var form = new LeadForm();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        put(columns.get(i), CsvCell.read(cells.get(i)), form, own);
      }
    }
    if (!form.flaws().isEmpty()) {
      throw new IllegalArgumentException(
          form.flaws().stream()
              .map(flaw -> flaw.field() + " " + flaw.message())
              .collect(Collectors.joining("; ", place + " ", "")));
    }
    String name = own.getOrDefault(NAME, "");
    return new LeadCase(
        place,
        name.isBlank() ? place : name,
        instant(place, own.get(AT)),
        form.lead(),
        expectation(place, own));
  }

  /** The file a row says it belongs to; null where it says none. */
  @Nullable
  String file(List<String> cells) {
    int at = columns.indexOf(FILE);
    String cell = at < 0 || at >= cells.size() ? "" : CsvCell.read(cells.get(at));
    return cell.isBlank() ? null : cell;
  }

  private static void put(String column, String value, LeadForm form, Map<String, String> own) {
    LeadField field = LeadField.named(column);
    if (OWN.contains(column)) {
      own.put(column, value);
    } else if (field != null) {
      form.set(field, value);
    } else {
      form.setAttribute(column.substring(ATTRIBUTE.length()), value);
    }
  }

  private static @Nullable String column(String heading) {
    if (heading.startsWith(ATTRIBUTE) && heading.length() > ATTRIBUTE.length()) {
      return heading;
    }
    String stripped = heading.strip();
    String lower = stripped.toLowerCase(Locale.ROOT);
    if (OWN.contains(lower)) {
      return lower;
    }
    for (LeadField field : LeadField.values()) {
      if (field.wireName().equalsIgnoreCase(stripped)) {
        return field.wireName();
      }
    }
    return null;
  }

  private static Instant instant(String place, @Nullable String text) {
    try {
      return text == null ? StoryReader.START : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          place + " \"at\" must be an instant such as 2026-01-15T12:00:00Z", e);
    }
  }

  private static Expectation expectation(String place, Map<String, String> own) {
    String status = own.get(STATUS);
    if (status == null || !Expectation.OF_DECISIONS.contains(status)) {
      throw new IllegalArgumentException(
          place + " expect.status must be one of " + String.join(", ", Expectation.OF_DECISIONS));
    }
    return new Expectation(
        status,
        own.get("expect.territory"),
        own.get("expect.reason"),
        own.get("expect.blocker"),
        own.get("expect.rule"));
  }
}
