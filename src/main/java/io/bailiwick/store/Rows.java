package io.bailiwick.store;

import io.bailiwick.json.Json;
import io.bailiwick.lead.Attempts;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Origin;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TraceParent;
import io.bailiwick.lead.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Turns rows into values and values into parameters; times are milliseconds since 1970 UTC. */
final class Rows {

  /** The columns that make an entry, in the order {@link #entry} reads them by name. */
  static final String ENTRY =
      """
      l.id, l.version, l.line, l.revision, l.accepted_at, l.stage, l.due, l.reason, l.blocker, \
      l.park_reason, l.superseded_by, l.decision, l.previous, l.spent, l.waits, \
      l.failing_since, l.refused_since, l.waiting_since, l.changed_at, l.trace, l.sender, \
      l.written, l.scheduled_since, \
      (SELECT p.lead FROM person p WHERE p.seq = l.seq) AS lead""";

  private Rows() {}

  static Entry entry(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    String parkReason = row.getString("park_reason");
    String decision = row.getString("decision");
    String previous = row.getString("previous");
    Lead lead = Json.own(row.getString("lead"), Lead.class);
    return new Entry(
        row.getString("id"),
        row.getLong("version"),
        lead,
        record(row.getString("line"), lead),
        row.getLong("revision"),
        Instant.ofEpochMilli(row.getLong("accepted_at")),
        Stage.valueOf(row.getString("stage")),
        instant(row, "due"),
        reason == null ? null : QueueReason.valueOf(reason),
        row.getString("blocker"),
        parkReason == null ? null : ParkReason.valueOf(parkReason),
        row.getString("superseded_by"),
        decision == null ? null : Json.own(decision, Decision.class),
        previous == null ? null : Json.own(previous, Decision.class),
        new Attempts(
            row.getInt("spent"),
            row.getInt("waits"),
            instant(row, "failing_since"),
            instant(row, "refused_since")),
        Instant.ofEpochMilli(row.getLong("waiting_since")),
        Instant.ofEpochMilli(row.getLong("changed_at")),
        written(row),
        new Origin(TraceParent.parse(row.getString("trace")), row.getString("sender")));
  }

  /** What the lead's source did not say is kept in its line alone; see {@link Entry#line()}. */
  private static @Nullable String record(String line, Lead lead) {
    String record = line.substring(lead.module().length() + 1);
    return record.startsWith("+") ? null : record;
  }

  private static Written written(ResultSet row) throws SQLException {
    String territories = row.getString("written");
    return territories == null
        ? Written.NOTHING
        : new Written(
            List.of(Json.own(territories, TerritoryRef[].class)), instant(row, "scheduled_since"));
  }

  /** What was written, as it is kept; null where nothing was. */
  static @Nullable String text(Written written) {
    return written.territories().isEmpty() ? null : Json.write(written.territories());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  /** A statement with its parameters set: text, numbers, instants, or null. */
  static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    set(statement, parameters);
    return statement;
  }

  private static void set(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameter(parameters[i]));
    }
  }

  /** As both databases keep it. */
  static @Nullable Object parameter(@Nullable Object value) {
    if (value instanceof Instant at) {
      return at.toEpochMilli();
    }
    // PostgreSQL keeps no NUL in a text.
    return value instanceof String text && text.indexOf('\0') >= 0
        ? text.replace('\0', '\uFFFD')
        : value;
  }

  /** Runs a statement that answers a number; 0 where it answers nothing. */
  static long number(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** Runs one write; answers the number of rows it changed. */
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    if (connection instanceof KeptStatements.OfSqlite kept) {
      return update(kept, sql, parameters);
    }
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private static int update(
      KeptStatements.OfSqlite kept, String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = kept.borrow(sql);
    boolean done = false;
    try {
      set(statement, parameters);
      int changed = statement.executeUpdate();
      done = true;
      return changed;
    } finally {
      if (done) {
        kept.giveBack(sql, statement);
      } else {
        statement.close();
      }
    }
  }
}
