package io.bailiwick.store;

import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Leads in the order they were accepted, from an instant on, a page at a time. Where they begin is
 * found by halving the order of acceptance, so that no index by time is kept for it: times grow
 * with that order. Where a clock was set back, some of the leads around the beginning may be left
 * out; one that is older than asked for is never among them.
 */
final class AcceptedLeads {

  private static final String PAGE =
      "SELECT "
          + LeadRow.COLUMNS
          + ", l.seq FROM lead l WHERE l.seq > ? AND l.accepted_at >= ? ORDER BY l.seq LIMIT ?";

  private static final String NEXT =
      "SELECT l.seq, l.accepted_at FROM lead l WHERE l.seq >= ? ORDER BY l.seq LIMIT 1";

  private static final String LAST = "SELECT MAX(l.seq) FROM lead l";

  private AcceptedLeads() {}

  /** What is read by them; each is found by the table's own order. */
  static List<String> statements() {
    return List.of(PAGE, NEXT, LAST);
  }

  static Page page(Connection connection, Instant since, @Nullable String cursor, int limit)
      throws SQLException {
    long after = cursor == null ? first(connection, since) - 1 : Cursors.parse(cursor);
    List<Entry> entries = new ArrayList<>();
    String next = null;
    long last = after;
    try (PreparedStatement statement = Rows.prepare(connection, PAGE, after, since, limit + 1);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (entries.size() == limit) {
          next = Long.toString(last);
          break;
        }
        last = rows.getLong("seq");
        entries.add(new LeadRow(rows).entry());
      }
    }
    return new Page(entries, next);
  }

  /** The place of the first lead that was accepted then or later; behind the last for none. */
  static long first(Connection connection, Instant since) throws SQLException {
    long low = 0;
    long high = last(connection) + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      try (PreparedStatement statement = Rows.prepare(connection, NEXT, middle);
          ResultSet rows = statement.executeQuery()) {
        if (rows.next() && rows.getLong("accepted_at") < since.toEpochMilli()) {
          low = rows.getLong("seq") + 1;
        } else {
          high = middle;
        }
      }
    }
    return low;
  }

  private static long last(Connection connection) throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, LAST);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
