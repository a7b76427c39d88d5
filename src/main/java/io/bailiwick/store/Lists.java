package io.bailiwick.store;

import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.flow.JournalReader.Query;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What people ask of the journal: pages of leads, and a lead's history. */
final class Lists {

  private Lists() {}

  /** A page, newest first; throws IllegalArgumentException for a cursor that is none of ours. */
  static Page page(Connection connection, Query query, @Nullable String cursor, int limit)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    String where = where(query, cursor, parameters);
    parameters.add(limit + 1);
    String sql =
        "SELECT " + Rows.ENTRY + ", l.seq FROM lead l" + where + " ORDER BY l.seq DESC LIMIT ?";
    List<Entry> entries = new ArrayList<>();
    String next = null;
    long last = 0;
    try (PreparedStatement statement = Rows.prepare(connection, sql, parameters.toArray());
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (entries.size() == limit) {
          next = Long.toString(last);
          break;
        }
        last = rows.getLong("seq");
        entries.add(Rows.entry(rows));
      }
    }
    return new Page(entries, next);
  }

  static List<HistoryLine> history(Connection connection, String lead) throws SQLException {
    String sql = "SELECT at, stage, note FROM history WHERE lead = ? ORDER BY version";
    List<HistoryLine> lines = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, lead);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        lines.add(
            new HistoryLine(
                Instant.ofEpochMilli(rows.getLong("at")),
                Stage.valueOf(rows.getString("stage")),
                rows.getString("note")));
      }
    }
    return lines;
  }

  static boolean anyQueued(Connection connection, QueueReason reason) throws SQLException {
    String sql = "SELECT 1 FROM lead WHERE stage = 'QUEUED' AND reason = ? LIMIT 1";
    try (PreparedStatement statement = Rows.prepare(connection, sql, reason.name());
        ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  private static String where(Query query, @Nullable String cursor, List<Object> parameters) {
    List<String> terms = new ArrayList<>();
    if (query.stage() != null) {
      terms.add("l.stage = ?");
      parameters.add(query.stage().name());
    }
    if (query.reason() != null) {
      terms.add("l.reason = ?");
      parameters.add(query.reason().name());
    }
    if (query.territory() != null) {
      terms.add("l.territory = ?");
      parameters.add(query.territory());
    }
    if (cursor != null) {
      terms.add("l.seq < ?");
      parameters.add(Cursors.parse(cursor));
    }
    return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
  }
}
