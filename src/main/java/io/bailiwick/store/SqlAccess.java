package io.bailiwick.store;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Activity;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The keys and the record of who did what in a journal on disk; signing keys lie there sealed. */
record SqlAccess(GroupCommit writer, SqlReader reader, Seal seal) implements AccessBook {

  private static final String KEYS =
      "SELECT id, name, role, source, kind, proof, created_at, created_by, ends_at, used_at"
          + " FROM access_key";

  private static final String ACTIVITIES =
      """
      SELECT a.seq, a.at, a.who, a.role, a.route, a.path, b.status
      FROM activity a LEFT JOIN activity_answer b ON b.seq = a.seq
      WHERE a.seq < ? ORDER BY a.seq DESC LIMIT ?""";

  @Override
  public CompletionStage<List<KeptKey>> keys() {
    return reader.read(connection -> keys(connection, KEYS + " ORDER BY seq"));
  }

  @Override
  public CompletionStage<Void> add(KeptKey kept) {
    AccessKey key = kept.key();
    String proof = key.kind() == Kind.SIGNATURE ? seal.close(key.id(), kept.proof()) : kept.proof();
    return done(
        """
        INSERT INTO access_key (id, name, role, source, kind, proof, created_at, created_by, \
        ends_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        key.id(),
        key.name(),
        key.role().name(),
        key.source(),
        key.kind().name(),
        proof,
        key.createdAt(),
        key.createdBy(),
        key.endsAt(),
        key.lastUsedAt());
  }

  @Override
  public CompletionStage<Optional<AccessKey>> end(String id, Instant at) {
    return writer.submit(
        connection -> {
          Rows.update(
              connection,
              "UPDATE access_key SET ends_at = ?"
                  + " WHERE id = ? AND (ends_at IS NULL OR ends_at > ?)",
              at,
              id,
              at);
          return keys(connection, KEYS + " WHERE id = ?", id).stream()
              .map(KeptKey::key)
              .findFirst();
        });
  }

  @Override
  public CompletionStage<Void> used(Map<String, Instant> lastUsed) {
    return writer.submit(
        connection -> {
          for (Map.Entry<String, Instant> one : lastUsed.entrySet()) {
            Rows.update(
                connection,
                "UPDATE access_key SET used_at = ? WHERE id = ?",
                one.getValue(),
                one.getKey());
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Long> append(Activity activity) {
    return writer.submit(
        connection ->
            Rows.number(
                connection,
                "INSERT INTO activity (at, who, role, route, path) VALUES (?, ?, ?, ?, ?)"
                    + " RETURNING seq",
                activity.at(),
                activity.who(),
                activity.role().name(),
                activity.route(),
                activity.path()));
  }

  @Override
  public CompletionStage<Void> answered(long seq, int status) {
    return done("INSERT INTO activity_answer (seq, status) VALUES (?, ?)", seq, status);
  }

  @Override
  public CompletionStage<List<Activity>> activities(@Nullable Long before, int limit) {
    return reader.read(
        connection -> {
          List<Activity> lines = new ArrayList<>();
          long first = before == null ? Long.MAX_VALUE : before;
          try (PreparedStatement statement = Rows.prepare(connection, ACTIVITIES, first, limit);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              lines.add(activity(rows));
            }
          }
          return lines;
        });
  }

  @Override
  public CompletionStage<Boolean> firstTime(String source, String stamp, Instant now) {
    return writer.submit(
        connection ->
            1
                == Rows.update(
                    connection,
                    "INSERT INTO message_seen (source, stamp, at) VALUES (?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                    source,
                    stamp,
                    now));
  }

  @Override
  public CompletionStage<Integer> forgetMessages(Instant before) {
    return writer.submit(
        connection -> Rows.update(connection, "DELETE FROM message_seen WHERE at < ?", before));
  }

  private CompletionStage<Void> done(String sql, @Nullable Object... parameters) {
    return writer.submit(
        connection -> {
          Rows.update(connection, sql, parameters);
          return null;
        });
  }

  /** Throws where a signing key was sealed by another key file. */
  private List<KeptKey> keys(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    List<KeptKey> keys = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        var key =
            new AccessKey(
                rows.getString("id"),
                rows.getString("name"),
                Role.valueOf(rows.getString("role")),
                rows.getString("source"),
                Kind.valueOf(rows.getString("kind")),
                Instant.ofEpochMilli(rows.getLong("created_at")),
                rows.getString("created_by"),
                Rows.instant(rows, "ends_at"),
                Rows.instant(rows, "used_at"));
        String proof = rows.getString("proof");
        boolean sealed = key.kind() == Kind.SIGNATURE;
        keys.add(new KeptKey(key, sealed ? seal.open(key.id(), proof) : proof));
      }
    }
    return keys;
  }

  private static Activity activity(ResultSet rows) throws SQLException {
    int status = rows.getInt("status");
    boolean unanswered = rows.wasNull();
    return new Activity(
        rows.getLong("seq"),
        Instant.ofEpochMilli(rows.getLong("at")),
        rows.getString("who"),
        Role.valueOf(rows.getString("role")),
        rows.getString("route"),
        rows.getString("path"),
        unanswered ? null : status);
  }
}
