package io.bailiwick.store;

import io.bailiwick.flow.JobBook.Change;
import io.bailiwick.flow.JobBook.Changes;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Realigned;
import io.bailiwick.lead.Realigned.Result;
import io.bailiwick.lead.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The assigned leads that jobs changed, inside the commits that change them. */
final class JobLeads {

  private static final String INSERT =
      "INSERT INTO job_lead (job, lead, before, target, result) VALUES (?, ?, ?, ?, ?)";

  private static final String SETTLE =
      "UPDATE job_lead SET result = ? WHERE lead = ? AND result = 'UNDER_WAY'";

  private static final String PAGE =
      """
      SELECT %s, j.seq, j.before AS was, j.target, j.result FROM job_lead j
      JOIN lead l ON l.id = j.lead
      WHERE j.job = ? AND j.seq > ? ORDER BY j.seq LIMIT ?"""
          .formatted(LeadRow.COLUMNS);

  private JobLeads() {}

  static void keep(Connection connection, Realigned one) throws SQLException {
    Rows.update(
        connection,
        INSERT,
        one.job(),
        one.lead(),
        Json.write(one.before()),
        one.to(),
        one.result().name());
  }

  /** Notes what a move of any kind made of a change that was under way. */
  static void settle(Connection connection, Move move) throws SQLException {
    if (move.after().stage() == Stage.ERASED) {
      // What was decided before may say something of the person.
      Rows.update(connection, "DELETE FROM job_lead WHERE lead = ?", move.after().id());
      return;
    }
    Result result = Realigned.after(move);
    if (result != Result.UNDER_WAY) {
      Rows.update(connection, SETTLE, result.name(), move.after().id());
    }
  }

  static Changes page(Connection connection, String job, @Nullable String cursor, int limit)
      throws SQLException {
    long behind = cursor == null ? 0 : Cursors.parse(cursor);
    List<Change> changes = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, PAGE, job, behind, limit + 1);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (changes.size() == limit) {
          return new Changes(changes, true);
        }
        var one =
            new Realigned(
                job,
                rows.getString("id"),
                Json.own(rows.getString("was"), Decision.class),
                rows.getString("target"),
                Result.valueOf(rows.getString("result")));
        changes.add(new Change(one, new LeadRow(rows).entry(), Long.toString(rows.getLong("seq"))));
      }
    }
    return new Changes(changes, false);
  }

  static Map<Result, Long> results(Connection connection, String job) throws SQLException {
    String sql = "SELECT result, COUNT(*) FROM job_lead WHERE job = ? GROUP BY result";
    Map<Result, Long> counts = new EnumMap<>(Result.class);
    try (PreparedStatement statement = Rows.prepare(connection, sql, job);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.put(Result.valueOf(rows.getString(1)), rows.getLong(2));
      }
    }
    return counts;
  }
}
