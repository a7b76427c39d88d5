package io.bailiwick.replay.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Standing;
import io.bailiwick.replay.compare.Changed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The changed leads as a CSV file, a row a lead, written as they come. A cell that a spreadsheet
 * would take for a formula is given an apostrophe, which makes a text of it.
 */
public final class ChangedCsv implements AutoCloseable {

  private final @Nullable CsvWriter writer;

  private ChangedCsv(@Nullable CsvWriter writer) {
    this.writer = writer;
  }

  /** To a file, replaced if it exists; without one it takes the leads and writes nothing. */
  public static ChangedCsv to(@Nullable Path file) {
    if (file == null) {
      return new ChangedCsv(null);
    }
    try {
      var csv = new ChangedCsv(CsvWriter.builder().build(file));
      csv.write(header());
      return csv;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Writes one lead. */
  public void add(Changed changed) {
    if (writer == null) {
      return;
    }
    List<String> cells = new ArrayList<>();
    cells.add(changed.row().place());
    cells.add(changed.row().name());
    cells.add(changed.change().word());
    cells.add(Standing.of(changed.before()).told());
    cells.add(Standing.of(changed.after()).told());
    cells.add(rule(changed.before().receipt().winner()));
    cells.add(rule(changed.after().receipt().winner()));
    for (LeadField field : LeadField.values()) {
      Object value = changed.row().lead().value(field);
      cells.add(value == null ? "" : value.toString());
    }
    write(cells);
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the file of changed leads was not written to its end", e);
    }
  }

  private void write(List<String> cells) {
    if (writer != null) {
      writer.writeRecord(cells.stream().map(ChangedCsv::safe).toList());
    }
  }

  private static List<String> header() {
    List<String> names =
        new ArrayList<>(List.of("place", "name", "change", "was", "now", "rule was", "rule now"));
    for (LeadField field : LeadField.values()) {
      names.add(field.wireName());
    }
    return names;
  }

  private static String rule(@Nullable RuleHit hit) {
    return hit == null ? "" : hit.rule() + " (" + hit.place() + ")";
  }

  /** OWASP's advice on CSV injection. */
  private static String safe(String cell) {
    boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
    return formula ? "'" + cell : cell;
  }
}
