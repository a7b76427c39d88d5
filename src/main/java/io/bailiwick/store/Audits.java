package io.bailiwick.store;

import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.AuditBook.Claim;
import io.bailiwick.flow.AuditBook.Claimed;
import io.bailiwick.flow.AuditBook.Kept;
import io.bailiwick.flow.AuditLog.Exposure;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Audits and their days as rows. */
final class Audits {

  private static final String ROUTED =
      """
      SELECT COUNT(*), COUNT(*) FILTER (WHERE l.seq >= ?) FROM lead l
      WHERE l.territory = ? AND l.seq >= ? AND l.stage <> 'SUPERSEDED'""";

  private static final String WAITING =
      """
      SELECT COUNT(*) FROM lead l %s
      WHERE l.stage = 'QUEUED' AND l.reason IN (%s) AND l.territory = ?""";

  private Audits() {}

  /** What counts leads; each is found by an index. */
  static List<String> statements() {
    return List.of(ROUTED, waiting(Dialect.SQLITE));
  }

  private static String waiting(Dialect dialect) {
    String reasons =
        Arrays.stream(QueueReason.values())
            .map(reason -> "'" + reason + "'")
            .collect(Collectors.joining(", "));
    return WAITING.formatted(dialect.indexedBy("lead_queued"), reasons);
  }

  static List<AuditReport> latest(Connection connection, int limit) throws SQLException {
    return reports(connection, "SELECT body FROM audit ORDER BY seq DESC LIMIT ?", limit);
  }

  static List<AuditReport> find(Connection connection, String id) throws SQLException {
    return reports(connection, "SELECT body FROM audit WHERE id = ?", id);
  }

  /** The last one, unless it was told. */
  static Optional<AuditReport> untold(Connection connection) throws SQLException {
    String sql = "SELECT body FROM audit WHERE told = ? AND seq = (SELECT MAX(seq) FROM audit)";
    return reports(connection, sql, 0).stream().findFirst();
  }

  static Map<String, Exposure> exposure(
      Connection connection, Set<String> territories, Instant lately, Instant longAgo)
      throws SQLException {
    long late = AcceptedLeads.first(connection, lately);
    long early = AcceptedLeads.first(connection, longAgo);
    String waitingFor = waiting(Dialect.of(connection));
    Map<String, Exposure> exposures = new HashMap<>();
    for (String name : territories) {
      List<Long> routed = numbers(connection, ROUTED, late, name, early);
      long waiting = numbers(connection, waitingFor, name).get(0);
      exposures.put(name, new Exposure(routed.get(1), routed.get(0), waiting));
    }
    return exposures;
  }

  static Claimed claim(Connection connection, String day, String holder, Instant now, Instant until)
      throws SQLException {
    String last = text(connection, "SELECT MAX(day) FROM audit_day WHERE finished IS NOT NULL");
    if (last != null && last.compareTo(day) >= 0) {
      return new Claimed(Claim.DONE, null, last);
    }
    String others = "SELECT MAX(until) FROM audit_day WHERE day = ? AND holder <> ? AND until > ?";
    String held = text(connection, others, day, holder, now);
    if (held != null) {
      return new Claimed(Claim.HELD, Instant.ofEpochMilli(Long.parseLong(held)), last);
    }
    String sql =
        """
        INSERT INTO audit_day (day, holder, until) VALUES (?, ?, ?)
        ON CONFLICT (day) DO UPDATE SET holder = excluded.holder, until = excluded.until""";
    Rows.update(connection, sql, day, holder, until);
    return new Claimed(Claim.TAKEN, null, last);
  }

  static Kept keep(Connection connection, AuditReport report, String holder) throws SQLException {
    String mine = "SELECT day FROM audit_day WHERE day = ? AND holder = ? AND finished IS NULL";
    if (report.day() != null && text(connection, mine, report.day(), holder) == null) {
      return Kept.LOST;
    }
    String last = text(connection, "SELECT id FROM audit ORDER BY seq DESC LIMIT 1");
    if (last != null && !last.equals(report.comparedWith())) {
      return Kept.OUTDATED;
    }
    Rows.update(
        connection, "INSERT INTO audit (id, body) VALUES (?, ?)", report.id(), Json.write(report));
    if (report.day() != null) {
      String finished = "UPDATE audit_day SET finished = ? WHERE day = ?";
      Rows.update(connection, finished, report.finishedAt(), report.day());
    }
    forgetOld(connection);
    return Kept.KEPT;
  }

  /** Its holder works no more. */
  static void free(Connection connection, String holder) throws SQLException {
    Rows.update(
        connection, "UPDATE audit_day SET until = 0 WHERE finished IS NULL AND holder = ?", holder);
  }

  /** Nobody holds an audit that is not finished. */
  static void free(Connection connection) throws SQLException {
    Rows.update(connection, "UPDATE audit_day SET until = 0 WHERE finished IS NULL");
  }

  private static void forgetOld(Connection connection) throws SQLException {
    Rows.update(
        connection,
        "DELETE FROM audit WHERE seq <= (SELECT MAX(seq) FROM audit) - ?",
        AuditBook.KEPT);
    String days =
        """
        DELETE FROM audit_day WHERE day < (
          SELECT MAX(day) FROM audit_day WHERE finished IS NOT NULL)""";
    Rows.update(connection, days);
  }

  private static List<AuditReport> reports(Connection connection, String sql, Object parameter)
      throws SQLException {
    List<AuditReport> reports = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, parameter);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reports.add(Json.own(rows.getString("body"), AuditReport.class));
      }
    }
    return reports;
  }

  private static List<Long> numbers(Connection connection, String sql, Object... parameters)
      throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        numbers.add(rows.getLong(i));
      }
    }
    return numbers;
  }

  private static @Nullable String text(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
