package io.bailiwick.store;

import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Turns rows into values and values into parameters; times are milliseconds since 1970 UTC. */
final class Rows {

  private Rows() {}

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
    return run(connection, sql, Rows::firstNumber, parameters);
  }

  /** Runs a statement that answers a text; null where it answers nothing. */
  static @Nullable String text(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    return run(connection, sql, Rows::firstText, parameters).orElse(null);
  }

  /** Runs one write; answers the number of rows it changed. */
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    return run(connection, sql, PreparedStatement::executeUpdate, parameters);
  }

  private static long firstNumber(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static Optional<String> firstText(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }

  /** What is done with a statement whose parameters are set. */
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private static <T> T run(
      Connection connection, String sql, Use<T> use, @Nullable Object... parameters)
      throws SQLException {
    if (connection instanceof KeptStatements.OfSqlite kept) {
      return run(kept, sql, use, parameters);
    }
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return use.of(statement);
    }
  }

  private static <T> T run(
      KeptStatements.OfSqlite kept, String sql, Use<T> use, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = kept.borrow(sql);
    boolean done = false;
    try {
      set(statement, parameters);
      T answer = use.of(statement);
      done = true;
      return answer;
    } finally {
      if (done) {
        kept.giveBack(sql, statement);
      } else {
        statement.close();
      }
    }
  }
}
