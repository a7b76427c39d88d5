package io.bailiwick.replay.leads;

import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.FixtureCsv;
import io.bailiwick.replay.LeadCase;
import java.util.List;

/** Makes leads of a table's rows: the first is the header, each other a lead or a fixture. */
final class TableRows {

  private final String file;
  private final SourceMapping mapping;
  private final Tally tally;
  private final boolean sameLength;
  private @Nullable Columns columns;
  private @Nullable FixtureCsv fixtures;

  /**
   * Of that file; {@code sameLength} says whether each row has as many cells as the header, as
   * every export as CSV has.
   */
  TableRows(String file, SourceMapping mapping, Tally tally, boolean sameLength) {
    this.file = file;
    this.mapping = mapping;
    this.tally = tally;
    this.sameLength = sameLength;
  }

  /** Throws IllegalArgumentException for a header in which nothing can be understood. */
  void add(long line, List<String> cells) {
    String place = file + ":" + line;
    if (columns != null) {
      addRow(place, cells, columns);
    } else if (fixtures != null) {
      addFixture(place, cells, fixtures);
    } else if (FixtureCsv.isHeader(cells)) {
      fixtures = FixtureCsv.header(file, cells);
    } else {
      columns = header(place, cells);
    }
  }

  /** Whether there was a header. */
  boolean begun() {
    return columns != null || fixtures != null;
  }

  private Columns header(String place, List<String> cells) {
    var read = new Columns(cells, mapping, tally);
    if (!read.useful()) {
      throw new IllegalArgumentException(
          place
              + ": none of its columns has a name that means a field; the first row must hold the"
              + " columns' names, and --map FILE says what they mean");
    }
    return read;
  }

  private void addRow(String place, List<String> cells, Columns header) {
    if (cells.stream().allMatch(String::isBlank)) {
      tally.unread(place, Unread.EMPTY, "every cell is empty");
    } else if (cells.size() > header.count() || (sameLength && cells.size() < header.count())) {
      tally.unread(place, Unread.WRONG_CELLS, lengths(cells.size(), header.count()));
    } else if (cells.stream().anyMatch(cell -> cell.indexOf('\uFFFD') >= 0)) {
      tally.unread(place, Unread.NOT_UTF8, "a cell is not UTF-8; save the file as \"CSV UTF-8\"");
    } else {
      tally.form(place, header.form(cells));
    }
  }

  private void addFixture(String place, List<String> cells, FixtureCsv header) {
    try {
      LeadCase one = header.read(place, cells);
      tally.lead(place, one.lead(), new LeadRow.Fixture(one.name(), one.at(), one.expectation()));
    } catch (IllegalArgumentException e) {
      tally.unread(place, Unread.INVALID_FIXTURE, String.valueOf(e.getMessage()));
    }
  }

  private static String lengths(int row, int header) {
    return "cells in the row: %d, in the header: %d".formatted(row, header);
  }
}
