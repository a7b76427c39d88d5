package io.bailiwick.store;

import io.bailiwick.flow.JournalReader.KeptRulebook;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.json.Json;
import io.bailiwick.json.SnapshotJson;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Snapshots and rulebooks by content, and what the journal remembers of itself. */
final class Versions {

  /** Sheets are absent from journals that were written before there were any. */
  private record Files(Map<String, String> files, @Nullable Map<String, byte[]> sheets) {

    RuleFiles rules() {
      return new RuleFiles(files, sheets == null ? Map.of() : sheets);
    }
  }

  private Versions() {}

  static void keepSnapshot(Connection connection, KeptSnapshot kept) throws SQLException {
    String sql =
        """
        INSERT INTO snapshot (id, body, read_at) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET read_at = excluded.read_at""";
    Rows.update(
        connection, sql, kept.snapshot().id(), SnapshotJson.write(kept.snapshot()), kept.readAt());
  }

  static Optional<KeptSnapshot> latestSnapshot(Connection connection) throws SQLException {
    String sql = "SELECT body, read_at FROM snapshot ORDER BY read_at DESC LIMIT 1";
    try (PreparedStatement statement = Rows.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new KeptSnapshot(
                  SnapshotJson.read(rows.getString("body")),
                  Instant.ofEpochMilli(rows.getLong("read_at"))))
          : Optional.empty();
    }
  }

  static void keepRulebook(Connection connection, KeptRulebook kept) throws SQLException {
    String sql =
        """
        INSERT INTO rulebook (hash, files, served_at) VALUES (?, ?, ?)
        ON CONFLICT (hash) DO UPDATE SET files = excluded.files, served_at = excluded.served_at""";
    String files = Json.write(new Files(kept.files().texts(), kept.files().sheets()));
    Rows.update(connection, sql, kept.files().hash(), files, kept.servedAt());
  }

  static Optional<KeptRulebook> latestRulebook(Connection connection) throws SQLException {
    String sql = "SELECT files, served_at FROM rulebook ORDER BY served_at DESC LIMIT 1";
    try (PreparedStatement statement = Rows.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new KeptRulebook(
                  Json.own(rows.getString("files"), Files.class).rules(),
                  Instant.ofEpochMilli(rows.getLong("served_at"))))
          : Optional.empty();
    }
  }

  /** Remembers a value in place of what was remembered under this name. */
  static void remember(Connection connection, String name, String value) throws SQLException {
    String sql =
        """
        INSERT INTO meta (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value""";
    Rows.update(connection, sql, name, value);
  }

  /** What was remembered first under this name; remembers {@code value} where nothing was. */
  static String remembered(Connection connection, String name, String value) throws SQLException {
    Rows.update(
        connection,
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        name,
        value);
    try (PreparedStatement statement =
            Rows.prepare(connection, "SELECT value FROM meta WHERE name = ?", name);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : value;
    }
  }
}
