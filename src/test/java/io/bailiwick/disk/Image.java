package io.bailiwick.disk;

import io.bailiwick.store.JournalLoad;
import io.bailiwick.store.SqlJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder as a fault left it, looked at with SQLite alone: by no code of the journal's own. */
record Image(Path folder) {

  /** What is wrong with it; empty where nothing is. */
  record Verdict(int lost, String damage) {}

  /** Whether it holds each acknowledged lead at the version acknowledged or a later one. */
  Verdict against(List<String> acknowledged) {
    Map<String, Long> kept = new HashMap<>();
    String damage = "";
    if (Files.exists(journal())) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal());
          Statement statement = connection.createStatement()) {
        damage = damage(statement);
        read(statement, kept);
      } catch (SQLException e) {
        damage = String.valueOf(e.getMessage());
      }
    }
    int lost = 0;
    for (String line : acknowledged) {
      String[] parts = line.split(" ");
      if (kept.getOrDefault(parts[0], 0L) < Long.parseLong(parts[1])) {
        lost++;
      }
    }
    return new Verdict(lost, damage);
  }

  /** Opens it as the service does, which throws where it would not start, and writes to it. */
  void serve(List<String> acknowledged) {
    try (SqlJournal journal = SqlJournal.open(journal(), JournalLoad.CRM)) {
      for (String line : acknowledged) {
        String id = line.split(" ")[0];
        if (journal.find(id).toCompletableFuture().join().isEmpty()) {
          throw new AssertionError(id + " is not found");
        }
      }
      journal.probe(io.bailiwick.lead.Samples.NOON).toCompletableFuture().join();
    }
  }

  private Path journal() {
    return folder.resolve("journal.db");
  }

  private static String damage(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      rows.next();
      return rows.getString(1).equals("ok") ? "" : rows.getString(1);
    }
  }

  /** Half a lead is none: its history and its person are read with it. */
  private static void read(Statement statement, Map<String, Long> kept) throws SQLException {
    try (ResultSet table =
        statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'person'")) {
      if (!table.next()) {
        return;
      }
    }
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT l.id, l.version FROM lead l JOIN person p ON p.seq = l.seq
            JOIN history h ON h.lead = l.id AND h.version = l.version
            WHERE h.stage = l.stage""")) {
      while (rows.next()) {
        kept.put(rows.getString(1), rows.getLong(2));
      }
    }
  }
}
