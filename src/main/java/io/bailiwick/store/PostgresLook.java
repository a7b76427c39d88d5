package io.bailiwick.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Looks whether a PostgreSQL server can be trusted with leads before anything is done with it. What
 * is wrong is a {@link JournalRefused} that says what to change; nothing is changed by looking.
 */
final class PostgresLook {

  private PostgresLook() {}

  /** Before anything is made there. */
  static void beforeServing(Connection connection, JournalPlace place, int oldest)
      throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < oldest) {
      throw new JournalRefused(
          "the server of the journal %s is PostgreSQL %d; Bailiwick needs %d or newer"
              .formatted(place, version, oldest));
    }
    takesWrites(connection, place);
    needs(connection, place, "server_encoding", "UTF8");
    if (setting(connection, "synchronous_commit").equals("off")) {
      throw new JournalRefused(
          ("the journal %s would lose leads that were acknowledged: synchronous_commit is off. Set"
                  + " it to on for this user or database, such as: ALTER DATABASE … SET"
                  + " synchronous_commit = on")
              .formatted(place));
    }
    needs(connection, place, "fsync", "on");
    if (one(connection, "SELECT current_schema()").isEmpty()) {
      throw new JournalRefused(
          "the journal %s has no schema that this user may use: GRANT USAGE, CREATE ON SCHEMA …"
              .formatted(place));
    }
    boolean empty = one(connection, "SELECT to_regclass('lead')").isEmpty();
    if (empty && !has(connection, "has_schema_privilege(current_schema(), 'CREATE')")) {
      throw new JournalRefused(
          "this user may not make the journal in %s: GRANT CREATE ON SCHEMA %s TO …"
              .formatted(place, one(connection, "SELECT current_schema()")));
    }
    if (!empty && one(connection, "SELECT to_regclass('flyway_schema_history')").isEmpty()) {
      throw new JournalRefused(
          "the database %s belongs to another program (it has a table lead of its own); give"
                  .formatted(place)
              + " Bailiwick a database or schema of its own");
    }
  }

  private static void takesWrites(Connection connection, JournalPlace place) throws SQLException {
    if (has(connection, "pg_is_in_recovery()")) {
      throw new JournalRefused(
          "the server of the journal %s is a replica, which takes no writes; name the primary"
              .formatted(place));
    }
    if (setting(connection, "transaction_read_only").equals("on")) {
      throw new JournalRefused(
          ("the journal %s takes no writes: default_transaction_read_only is on for this server,"
                  + " database or user. Name one that takes them, or: ALTER DATABASE … SET"
                  + " default_transaction_read_only = off")
              .formatted(place));
    }
  }

  /** Once it is there. */
  static void mayWrite(Connection connection, JournalPlace place) throws SQLException {
    if (!has(connection, "has_table_privilege('lead', 'SELECT, INSERT')")
        || !has(connection, "has_table_privilege('lead', 'UPDATE')")) {
      throw new JournalRefused(
          "this user may not write the journal %s: GRANT ALL ON ALL TABLES IN SCHEMA %s TO …"
              .formatted(place, one(connection, "SELECT current_schema()")));
    }
  }

  /** As this session has it. */
  static String setting(Connection connection, String name) throws SQLException {
    return one(connection, "SELECT current_setting('" + name + "')");
  }

  private static void needs(Connection connection, JournalPlace place, String name, String value)
      throws SQLException {
    String found = setting(connection, name);
    if (!found.equals(value)) {
      throw new JournalRefused(
          "the server of the journal %s has %s %s; Bailiwick needs %s"
              .formatted(place, name, found, value));
    }
  }

  private static boolean has(Connection connection, String question) throws SQLException {
    return one(connection, "SELECT " + question).equals("t");
  }

  /** Empty for nothing, and for null. */
  private static String one(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      String value = rows.next() ? rows.getString(1) : null;
      return value == null ? "" : value;
    }
  }
}
