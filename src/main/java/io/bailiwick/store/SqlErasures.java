package io.bailiwick.store;

import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Stage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Erasing in a journal on disk. What is erased is overwritten in place by as many bytes, in tables
 * whose rows never move, and the log of the file is then written back and cut to nothing.
 */
record SqlErasures(Database database, GroupCommit writer, SqlReader reader) implements ErasureBook {

  /** The first schema in which persons stand apart. */
  static final int FIRST_SCHEMA = 7;

  private static final String RECORD =
      "SELECT %s FROM lead l WHERE l.line = (SELECT o.line FROM lead o WHERE o.id = ?)"
              .formatted(LeadRow.COLUMNS)
          + " ORDER BY l.revision, l.seq";

  private static final String OF_EMAIL =
      """
      SELECT %s FROM lead l WHERE l.line IN (
        SELECT o.line FROM lead o JOIN person p ON p.seq = o.seq WHERE o.mail = ? AND %s = ?)
      ORDER BY l.seq""";

  private static final String AT_REST =
      """
      SELECT %s FROM lead l
      WHERE (l.stage = 'ASSIGNED' OR l.stage = 'PARKED' OR l.stage = 'SUPERSEDED')
        AND l.changed_at <= ?
      ORDER BY l.changed_at LIMIT ?"""
          .formatted(LeadRow.COLUMNS);

  /** What is left is shorter than what was, and spaces behind it make no difference. */
  private static final String PERSON =
      """
      UPDATE person SET lead = ? || %s, body = %s
      WHERE seq = (SELECT seq FROM lead WHERE id = ?)""";

  private static final String FOUND = "UPDATE lead SET source = NULL, mail = NULL WHERE id = ?";

  private static final String HISTORY =
      "UPDATE history SET note = %s WHERE lead = ? AND version < ?";

  /** The leads of one request were all accepted at the instant of its key. */
  private static final String KEYS =
      "DELETE FROM idempotency_key WHERE at = ? AND ' ' || leads || ' ' LIKE ?";

  /** What is asked while leads come in; each is found by an index. */
  static List<String> statements() {
    return List.of(RECORD, AT_REST);
  }

  @Override
  public CompletionStage<List<Entry>> recordOf(String lead) {
    return reader.read(connection -> entries(connection, RECORD, lead));
  }

  @Override
  public CompletionStage<List<Entry>> recordsOf(String email) {
    return reader.read(
        connection ->
            entries(
                connection,
                ofEmail(connection),
                Objects.requireNonNull(MailMark.of(email)),
                email));
  }

  @Override
  public CompletionStage<List<Entry>> atRest(Instant since, int limit) {
    return reader.read(connection -> entries(connection, AT_REST, since, limit));
  }

  @Override
  public CompletionStage<List<Recorded>> erase(List<Move> moves) {
    return writer.submit(
        connection -> {
          List<Recorded> recorded = LeadTable.record(connection, LeadSteps.of(moves));
          for (int i = 0; i < moves.size(); i++) {
            if (recorded.get(i).applied()) {
              overwrite(connection, moves.get(i).after());
            }
          }
          return recorded;
        });
  }

  @Override
  public CompletionStage<Boolean> settle() {
    return writer.between(database::settle);
  }

  /**
   * Erases those leads in a file that nobody serves; answers the ones that it must leave: all where
   * the schema knows no erasing, and those whose outcome is not known.
   */
  static List<String> again(Connection connection, String schema, List<String> leads)
      throws SQLException {
    List<String> left = new ArrayList<>();
    if (Integer.parseInt(schema) < FIRST_SCHEMA) {
      for (String id : leads) {
        if (holds(connection, id)) {
          left.add(id);
        }
      }
      return left;
    }
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA secure_delete = ON");
    }
    connection.setAutoCommit(false);
    for (String id : leads) {
      Entry entry = LeadTable.find(connection, id);
      if (entry != null && entry.stage() == Stage.SENDING) {
        left.add(id);
      } else if (entry != null && entry.stage() != Stage.ERASED) {
        Entry erased = entry.erased(Instant.now());
        String note = "erased: it was so before the backup took its place";
        LeadTable.record(connection, List.of(LeadSteps.of(new Move(entry, erased, note))));
        overwrite(connection, erased);
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    return left;
  }

  private static boolean holds(Connection connection, String id) throws SQLException {
    String sql = "SELECT 1 FROM lead WHERE id = ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, id);
        ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  private static void overwrite(Connection connection, Entry erased) throws SQLException {
    String left = Json.write(erased.lead());
    int bytes = left.getBytes(StandardCharsets.UTF_8).length;
    Dialect dialect = Dialect.of(connection);
    String rest = dialect.spaces("octet_length(lead) - " + bytes);
    String person = PERSON.formatted(rest, blank(dialect, "body"));
    Rows.update(connection, person, left, erased.id());
    Rows.update(connection, FOUND, erased.id());
    String history = HISTORY.formatted(blank(dialect, "note"));
    Rows.update(connection, history, erased.id(), erased.version());
    Rows.update(connection, KEYS, erased.acceptedAt(), "% " + erased.id() + " %");
  }

  /** So many spaces as the text has bytes. */
  private static String blank(Dialect dialect, String column) {
    return dialect.spaces("octet_length(" + column + ")");
  }

  /** By which leads of an address are found. */
  static String ofEmail(Connection connection) {
    String email = Dialect.of(connection).json("p.lead", List.of("email"));
    return OF_EMAIL.formatted(LeadRow.COLUMNS, email);
  }

  private static List<Entry> entries(Connection connection, String sql, Object... parameters)
      throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(new LeadRow(rows).entry());
      }
    }
    return entries;
  }
}
