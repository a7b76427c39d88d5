package io.bailiwick.store;

import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which leads are due, and which of them are claimed. Since one service owns the journal, claims
 * live in memory and die with it; all of this runs on the writer's thread.
 */
final class DueLeads implements Claims {

  /** Those that are claimed are among them, so no more is asked of each than what it is. */
  private static final String DUE =
      """
      SELECT l.seq, l.id FROM lead l %s
      WHERE l.stage IN (%s) AND l.due <= ?%s ORDER BY l.due %s""";

  private static final String ROW =
      """
      SELECT %s, (SELECT n.id FROM lead n
                  WHERE n.line = l.line AND (n.revision, n.seq) > (l.revision, l.seq)
                  ORDER BY n.revision DESC, n.seq DESC LIMIT 1) AS newer
      FROM lead l %s
      WHERE l.seq = ? AND NOT EXISTS (SELECT 1 FROM lead s %s
        WHERE s.line = l.line AND s.stage = 'SENDING' AND s.id <> l.id)"""
          .formatted(
              LeadRow.COLUMNS, Dialect.SQLITE.byKey(), Dialect.SQLITE.indexedBy("lead_line"));

  private static final String IN_TURN = "lead_in_turn";

  private static final String OF_TERRITORY = " AND l.territory = ?";

  private static final String TERRITORY =
      "SELECT MIN(territory) AS territory FROM lead %s WHERE stage IN (%s) AND territory > ?";

  private static final String NEXT =
      "SELECT MIN(due) AS due FROM lead %s WHERE stage IN (%s) AND due > ?";

  /** By the version at which each was claimed. */
  private final Map<String, Long> claimed = new HashMap<>();

  private final Shares shares = new Shares();
  private final Turns turns = new Turns();

  @Override
  public Taken claim(Connection connection, Work work, Ask ask) throws SQLException {
    List<Row> claims = new ArrayList<>();
    if (work == Work.SEND) {
      turns.take(
          ask.limit(),
          last -> territory(connection, last),
          (territory, most) -> {
            int before = claims.size();
            take(connection, work, ask, new Some("", territory, before + most, claims));
            return claims.size() - before;
          });
    }
    int newest = shares.newest(ask.limit());
    take(connection, work, ask, new Some("", null, ask.limit() - newest, claims));
    if (claims.size() == ask.limit() - newest) {
      int oldest = claims.size();
      take(connection, work, ask, new Some("DESC", null, ask.limit(), claims));
      Collections.reverse(claims.subList(oldest, claims.size()));
    }
    if (work == Work.SEND) {
      turns.claimed(claims.size(), ask.limit());
    }
    return new Taken(claims, next(connection, work, ask.now()));
  }

  /**
   * The oldest due, or in the other order the newest, until there are so many.
   *
   * @param territory null for any
   */
  private record Some(String order, @Nullable String territory, int until, List<Row> claims) {

    String sql(Work work) {
      return due(work, order, territory != null);
    }
  }

  private void take(Connection connection, Work work, Ask ask, Some some) throws SQLException {
    String sql = some.sql(work);
    try (PreparedStatement statement =
            some.territory() == null
                ? Rows.prepare(connection, sql, ask.now())
                : Rows.prepare(connection, sql, ask.now(), some.territory());
        ResultSet due = statement.executeQuery()) {
      while (some.claims().size() < some.until() && due.next()) {
        String id = due.getString(2);
        Row row = claimed.containsKey(id) ? null : row(connection, due.getLong(1));
        if (row != null) {
          claimed.put(id, row.lead().version());
          ask.taken().add(id);
          some.claims().add(row);
        }
      }
    }
  }

  /** Null where another revision of its record is being sent. */
  private static @Nullable Row row(Connection connection, long seq) throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, ROW, seq);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Row.of(rows) : null;
    }
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public void release(Connection connection, Collection<Held> leads) {
    leads.forEach(lead -> claimed.remove(lead.id(), lead.version()));
  }

  @Override
  public void moved(Collection<String> ids) {
    ids.forEach(claimed::remove);
  }

  /** They die with the process. */
  @Override
  public void leave(Connection connection) {}

  @Override
  public void untold(Collection<String> ids) {
    ids.forEach(claimed::remove);
  }

  /** The next territory by name with leads to send; null where there is none. */
  static @Nullable String territory(Connection connection, String last) throws SQLException {
    return Rows.text(connection, territory(Dialect.of(connection)), last);
  }

  private static String territory(Dialect dialect) {
    return TERRITORY.formatted(dialect.indexedBy(IN_TURN), stages(Work.SEND));
  }

  private static String due(Work work, String order, boolean ofTerritory) {
    Dialect dialect = Dialect.SQLITE;
    return DUE.formatted(
        dialect.indexedBy(ofTerritory ? IN_TURN : index(work)),
        stages(work),
        ofTerritory ? OF_TERRITORY : "",
        order);
  }

  /** All statements of this class, so that a test can see how each is planned. */
  static List<String> statements() {
    List<String> all = new ArrayList<>();
    for (Work work : Work.values()) {
      all.add(due(work, "", false));
      all.add(due(work, "DESC", false));
      all.add(next(Dialect.SQLITE, work));
    }
    all.add(due(Work.SEND, "", true));
    all.add(ROW);
    all.add(territory(Dialect.SQLITE));
    return all;
  }

  private static String next(Dialect dialect, Work work) {
    return NEXT.formatted(dialect.indexedBy(index(work)), stages(work));
  }

  static @Nullable Instant next(Connection connection, Work work, Instant now) throws SQLException {
    long due = Rows.number(connection, next(Dialect.of(connection), work), now);
    return due == 0 ? null : Instant.ofEpochMilli(due);
  }

  private static String index(Work work) {
    return switch (work) {
      case DECIDE -> "lead_to_decide";
      case WATCH -> "lead_to_watch";
      case SEND -> "lead_to_send";
    };
  }

  /** Spelled as in the partial indexes. */
  static String stages(Work work) {
    return switch (work) {
      case DECIDE -> "'ACCEPTED', 'QUEUED'";
      case WATCH -> "'ASSIGNED'";
      case SEND -> "'DECIDED', 'SENDING'";
    };
  }
}
