package io.bailiwick.store;

import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.json.Json;
import io.bailiwick.json.SnapshotJson;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.TerritorySnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Snapshots by content, and what the journal remembers of itself. */
final class Versions {

  private Versions() {}

  private static final String TO_BE_WOKEN = "territories-changed";

  private static final String LAST_READING = "SELECT COALESCE(MAX(reading), 0) FROM snapshot";

  /**
   * What changed since the leads that wait for it were last woken to the end.
   *
   * @param readAt of the last reading that added to it: two of the same are told apart
   */
  record Owed(Changed changed, Instant readAt) {}

  /** Whether it is the latest now; not where its number does not follow the latest's. */
  static boolean keepSnapshot(Connection connection, KeptSnapshot kept, Changed changed)
      throws SQLException {
    if (kept.number() != 1 + Rows.number(connection, LAST_READING)) {
      return false;
    }
    String sql =
        """
        INSERT INTO snapshot (id, body, read_at, reading) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET read_at = excluded.read_at, reading = excluded.reading""";
    String body = SnapshotJson.write(kept.snapshot());
    Rows.update(connection, sql, kept.snapshot().id(), body, kept.readAt(), kept.number());
    if (!changed.equals(Changed.NOTHING)) {
      Owed before = owed(connection);
      Changed all = before == null ? changed : before.changed().and(changed);
      remember(connection, TO_BE_WOKEN, Json.write(new Owed(all, kept.readAt())));
    }
    return true;
  }

  /** Null where nothing is. */
  static @Nullable Owed owed(Connection connection) throws SQLException {
    String text = recalled(connection, TO_BE_WOKEN);
    return text == null ? null : Json.own(text, Owed.class);
  }

  /** All of it was done; what came to it meanwhile is owed still. */
  static void woken(Connection connection, Owed owed) throws SQLException {
    if (owed.equals(owed(connection))) {
      Rows.update(connection, "DELETE FROM meta WHERE name = ?", TO_BE_WOKEN);
    }
  }

  /** The latest, where its number is higher; else its body is not loaded. */
  static Optional<KeptSnapshot> snapshotAfter(Connection connection, long number)
      throws SQLException {
    String sql =
        "SELECT body, read_at, reading FROM snapshot WHERE reading > ?"
            + " ORDER BY reading DESC LIMIT 1";
    try (PreparedStatement statement = Rows.prepare(connection, sql, number);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new KeptSnapshot(
                  SnapshotJson.read(rows.getString("body")),
                  Instant.ofEpochMilli(rows.getLong("read_at")),
                  rows.getLong("reading")))
          : Optional.empty();
    }
  }

  static Optional<TerritorySnapshot> snapshot(Connection connection, String id)
      throws SQLException {
    String sql = "SELECT body FROM snapshot WHERE id = ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, id);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(SnapshotJson.read(rows.getString("body")))
          : Optional.empty();
    }
  }

  static void keepPause(Connection connection, @Nullable Pause pause) throws SQLException {
    if (pause == null) {
      Rows.update(connection, "DELETE FROM meta WHERE name = 'pause'");
    } else {
      remember(connection, "pause", Json.write(pause));
    }
  }

  static Optional<Pause> pause(Connection connection) throws SQLException {
    return Optional.ofNullable(recalled(connection, "pause"))
        .map(text -> Json.own(text, Pause.class));
  }

  /** Remembers the CRM a journal belongs to; throws where it belongs to another. */
  static void claimFor(Connection connection, JournalPlace place, String crm) {
    try {
      String known = remembered(connection, "crm", crm);
      if (!known.equals(crm)) {
        throw new JournalRefused(
            "the journal %s belongs to the CRM %s, not to %s; give each CRM a journal.url of its"
                    .formatted(place, known, crm)
                + " own");
      }
    } catch (SQLException e) {
      throw new JournalRefused("cannot write the journal " + place + ": " + e.getMessage(), e);
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
    String known = recalled(connection, name);
    return known == null ? value : known;
  }

  /** What was remembered under this name; null where nothing was. */
  static @Nullable String recalled(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
            Rows.prepare(connection, "SELECT value FROM meta WHERE name = ?", name);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
