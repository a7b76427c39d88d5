package io.bailiwick.store;

import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions of the rules with their fixtures, and the log of which of them served. */
final class RuleVersions {

  /** Sheets are absent from journals that were written before there were any. */
  private record Files(Map<String, String> files, @Nullable Map<String, byte[]> sheets) {

    RuleFiles rules() {
      return new RuleFiles(files, sheets == null ? Map.of() : sheets);
    }
  }

  private record Fixtures(Map<String, String> fixtures) {}

  private static final String KEEP =
      """
      INSERT INTO rulebook (hash, files, fixtures) VALUES (?, ?, ?)
      ON CONFLICT (hash) DO UPDATE SET files = excluded.files, fixtures = excluded.fixtures""";

  private static final String TAKEN = "rules-taken";

  private static final String WOKEN = "rules-woken";

  private RuleVersions() {}

  /** Whether it is kept; not where what is published does not follow the last. */
  static boolean keep(
      Connection connection, RuleVersion version, @Nullable Succession next, @Nullable String taken)
      throws SQLException {
    if (next != null && !next.follows(last(connection))) {
      return false;
    }
    RuleFiles rules = version.files();
    Rows.update(
        connection,
        KEEP,
        version.hash(),
        Json.write(new Files(rules.texts(), rules.sheets())),
        Json.write(new Fixtures(version.fixtures())));
    if (next != null) {
      Publication publication = next.publication();
      Rows.update(
          connection,
          "INSERT INTO publication (hash, at, how, who, note) VALUES (?, ?, ?, ?, ?)",
          publication.hash(),
          publication.at(),
          publication.how().name(),
          publication.who(),
          publication.note());
    }
    // Another instance may have published since others than these were said to serve.
    Publication last = last(connection);
    if (taken != null && last != null && last.hash().equals(version.hash())) {
      Versions.remember(connection, TAKEN, taken);
    }
    return true;
  }

  private static @Nullable Publication last(Connection connection) throws SQLException {
    return log(connection, 1).stream().findFirst().orElse(null);
  }

  static Optional<RuleVersion> find(Connection connection, String hash) throws SQLException {
    String sql = "SELECT files, fixtures FROM rulebook WHERE hash = ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, hash);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new RuleVersion(
                  Json.own(rows.getString("files"), Files.class).rules(),
                  fixtures(rows.getString("fixtures"))))
          : Optional.empty();
    }
  }

  static List<Publication> log(Connection connection, int limit) throws SQLException {
    String sql = "SELECT hash, at, how, who, note FROM publication ORDER BY seq DESC LIMIT ?";
    List<Publication> log = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, limit);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        log.add(
            new Publication(
                rows.getString("hash"),
                Instant.ofEpochMilli(rows.getLong("at")),
                Publication.How.valueOf(rows.getString("how")),
                rows.getString("who"),
                rows.getString("note")));
      }
    }
    return log;
  }

  static Optional<String> taken(Connection connection) throws SQLException {
    return Optional.ofNullable(Versions.recalled(connection, TAKEN));
  }

  /** The last publication, where its leads were not woken yet; else null. */
  static @Nullable String toBeWoken(Connection connection) throws SQLException {
    String last = lastPublication(connection);
    return last.equals(Versions.recalled(connection, WOKEN)) ? null : last;
  }

  /** Its leads were woken; a later one's are not yet. */
  static void woken(Connection connection, String publication) throws SQLException {
    Versions.remember(connection, WOKEN, publication);
  }

  private static String lastPublication(Connection connection) throws SQLException {
    String sql = "SELECT COALESCE(MAX(seq), 0) FROM publication";
    try (PreparedStatement statement = Rows.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : "0";
    }
  }

  /** A version that an older Bailiwick kept has none. */
  private static Map<String, String> fixtures(String json) {
    return json.equals("{}") ? Map.of() : Json.own(json, Fixtures.class).fixtures();
  }
}
