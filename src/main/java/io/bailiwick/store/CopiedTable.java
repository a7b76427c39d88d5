package io.bailiwick.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * A table of a journal as it is copied from a file to a server: each row, in the order of its key.
 */
record CopiedTable(String name, List<String> columns, List<String> key) {

  private static final int BATCH = 1_000;

  /** All that a journal has but the history of its schema; none can be forgotten here. */
  static List<CopiedTable> all(Connection from) throws SQLException {
    List<String> names = new ArrayList<>();
    String sql =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            + " AND name <> 'flyway_schema_history' ORDER BY name";
    try (PreparedStatement statement = Rows.prepare(from, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    List<CopiedTable> tables = new ArrayList<>();
    for (String name : names) {
      tables.add(of(from, name));
    }
    return tables;
  }

  private static CopiedTable of(Connection from, String name) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    String sql = "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid";
    try (PreparedStatement statement = Rows.prepare(from, sql, name);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        columns.add(rows.getString(1));
        if (rows.getInt(2) > 0) {
          key.add(rows.getString(1));
        }
      }
    }
    return new CopiedTable(name, columns, key);
  }

  long count(Connection connection) throws SQLException {
    return Rows.number(connection, "SELECT COUNT(*) FROM " + name);
  }

  /** Of its rows on the server; the record of who did what lets nobody do that but the mover. */
  void empty(Connection into) throws SQLException {
    Rows.update(into, "ALTER TABLE " + name + " DISABLE TRIGGER USER");
    Rows.update(into, "DELETE FROM " + name);
    Rows.update(into, "ALTER TABLE " + name + " ENABLE TRIGGER USER");
  }

  /** Answers how many; {@code each} is run for each. */
  long copy(Connection from, Connection into, Runnable each) throws SQLException {
    String insert =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                name,
                String.join(", ", columns),
                String.join(", ", Collections.nCopies(columns.size(), "?")));
    long copied = 0;
    try (PreparedStatement reading = Rows.prepare(from, select());
        ResultSet rows = reading.executeQuery();
        PreparedStatement writing = into.prepareStatement(insert)) {
      while (rows.next()) {
        for (int i = 1; i <= columns.size(); i++) {
          writing.setObject(i, Rows.parameter(rows.getObject(i)));
        }
        writing.addBatch();
        each.run();
        if (++copied % BATCH == 0) {
          writing.executeBatch();
        }
      }
      writing.executeBatch();
    }
    if (columns.contains("seq") && copied > 0) {
      numberOn(into);
    }
    return copied;
  }

  /** What comes next is behind what was copied. */
  private void numberOn(Connection into) throws SQLException {
    Rows.number(
        into,
        "SELECT setval(s, (SELECT MAX(seq) FROM %1$s)) FROM pg_get_serial_sequence('%1$s', 'seq') s"
                .formatted(name)
            + " WHERE s IS NOT NULL");
  }

  /** SHA-256 over all rows of all tables; the same of the same rows in either database. */
  static String digest(List<CopiedTable> tables, Connection connection, Runnable each)
      throws SQLException {
    MessageDigest digest = sha256();
    for (CopiedTable table : tables) {
      table.digest(connection, digest, each);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void digest(Connection connection, MessageDigest digest, Runnable each)
      throws SQLException {
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    try (PreparedStatement statement = Rows.prepare(connection, select())) {
      statement.setFetchSize(BATCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          for (int i = 1; i <= columns.size(); i++) {
            Object value = Rows.parameter(rows.getString(i));
            String text = value == null ? "-" : "+" + value;
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
          }
          each.run();
        }
      }
    }
  }

  private String select() {
    return "SELECT %s FROM %s ORDER BY %s"
        .formatted(String.join(", ", columns), name, String.join(", ", key));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
