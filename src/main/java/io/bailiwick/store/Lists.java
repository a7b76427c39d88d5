package io.bailiwick.store;

import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadFilter;
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
import java.util.stream.Collectors;

/** What people ask of the journal: pages of leads, and a lead's history. */
final class Lists {

  /** Of one record: its lines are by module, and found by index. */
  private static final String OF_RECORD =
      "l.line IN (SELECT column1 || '/' || ? FROM (VALUES %s) AS module)"
          .formatted(
              LeadField.MODULE.closed().stream()
                  .map("('%s')"::formatted)
                  .collect(Collectors.joining(", ")));

  /** Found first and read then: what is not on the page is not read. */
  private static final String STATEMENT =
      """
      SELECT %s, l.seq FROM lead l WHERE l.seq IN
        (SELECT l.seq FROM lead l%s%s ORDER BY l.seq %s LIMIT ?)
      ORDER BY l.seq %s""";

  private Lists() {}

  /** A page, newest first; throws IllegalArgumentException for a cursor that is none of ours. */
  static Page page(Connection connection, LeadFilter which, @Nullable String cursor, int limit)
      throws SQLException {
    return page(
        connection, Terms.of(Dialect.of(connection), which, "l.seq < ?", cursor), "DESC", limit);
  }

  /** A page, oldest first. */
  static Page oldest(Connection connection, LeadFilter which, @Nullable String cursor, int limit)
      throws SQLException {
    return page(
        connection, Terms.of(Dialect.of(connection), which, "l.seq > ?", cursor), "ASC", limit);
  }

  static long count(Connection connection, LeadFilter which) throws SQLException {
    Terms terms = Terms.of(Dialect.of(connection), which, "", null);
    String sql = "SELECT COUNT(*) FROM lead l" + terms.from() + terms.where();
    try (PreparedStatement statement = Rows.prepare(connection, sql, terms.parameters().toArray());
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** By which a first page is read. */
  static String statement(Dialect dialect, LeadFilter which) {
    return statement(Terms.of(dialect, which, "", null), "DESC");
  }

  private static String statement(Terms terms, String order) {
    return STATEMENT.formatted(LeadRow.COLUMNS, terms.from(), terms.where(), order, order);
  }

  private static Page page(Connection connection, Terms terms, String order, int limit)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(terms.parameters());
    parameters.add(limit + 1);
    String sql = statement(terms, order);
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
        entries.add(new LeadRow(rows).entry());
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
                rows.getString("note").strip()));
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

  /** What a filter asks, as SQL. */
  private record Terms(String from, List<String> terms, List<Object> parameters) {

    /** {@code behind} is asked of the cursor, where there is one. */
    static Terms of(Dialect dialect, LeadFilter which, String behind, @Nullable String cursor) {
      // Most leads are at rest: of these any other index finds fewer, of the others the stage's
      // does.
      Stage stage = which.stage();
      boolean most = stage == Stage.ASSIGNED || stage == Stage.SUPERSEDED;
      boolean found = which.rule() != null || which.source() != null;
      boolean few = stage != null && !most;
      String from = stage != null && which.record() == null ? OfStage.from(dialect, stage) : "";
      var terms = new Terms(from, new ArrayList<>(), new ArrayList<>());
      if (stage != null) {
        boolean unfound = most && found;
        terms.add(
            unfound ? dialect.unfound("l.stage") + " = ?" : OfStage.where(stage), stage.name());
      }
      terms.add("l.reason = ?", Rows.name(which.reason()));
      terms.add("l.park_reason = ?", Rows.name(which.parkReason()));
      terms.add("l.blocker = ?", which.blocker());
      terms.add("l.territory = ?", which.territory());
      terms.add((few ? dialect.unfound("l.rule") : "l.rule") + " = ?", which.rule());
      terms.add((few ? dialect.unfound("l.source") : "l.source") + " = ?", which.source());
      terms.add("l.park_reason IS DISTINCT FROM ?", which.withoutClosed() ? "CLOSED" : null);
      terms.add("l.sender = ?", which.sender());
      terms.add(OF_RECORD, which.record());
      terms.add("l.changed_at > ?", which.changedAfter());
      terms.add("l.changed_at <= ?", which.unchangedSince());
      terms.add(behind, cursor == null ? null : Cursors.parse(cursor));
      return terms;
    }

    private void add(String term, @Nullable Object value) {
      if (value != null) {
        terms.add(term);
        parameters.add(value);
      }
    }

    String where() {
      return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
    }
  }
}
