package io.bailiwick.store;

import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** By which key which leads were accepted, inside the writer's commit. */
final class IdempotencyKeys {

  private IdempotencyKeys() {}

  static void keep(Connection connection, Key key, List<Entry> entries, Instant at)
      throws SQLException {
    Rows.update(
        connection,
        "INSERT INTO idempotency_key (value, digest, leads, at) VALUES (?, ?, ?, ?)",
        digest(key),
        key.digest(),
        entries.stream().map(Entry::id).collect(Collectors.joining(" ")),
        at);
  }

  /** What this key was answered before; null where it is new. */
  static @Nullable Acceptance known(Connection connection, Key key) throws SQLException {
    // Before schema 7 a key was kept as it came.
    String sql = "SELECT digest, leads FROM idempotency_key WHERE value IN (?, ?)";
    try (PreparedStatement statement = Rows.prepare(connection, sql, digest(key), key.value());
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      if (!rows.getString("digest").equals(key.digest())) {
        return new Acceptance.KeyReused(key.value());
      }
      List<Entry> entries = new ArrayList<>();
      for (String id : rows.getString("leads").split(" ")) {
        Entry entry = LeadTable.find(connection, id);
        if (entry != null) {
          entries.add(entry);
        }
      }
      return new Acceptance.Repeated(entries);
    }
  }

  /** A source may take a person's address for a key; the journal keeps none. */
  private static String digest(Key key) {
    return Digests.sha256(key.value().getBytes(StandardCharsets.UTF_8));
  }
}
