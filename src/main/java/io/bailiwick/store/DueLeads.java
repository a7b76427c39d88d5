package io.bailiwick.store;

import io.bailiwick.flow.Journal.Work;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /**
   * All that a claim takes in one question, in their order: for one of each the driver would ask
   * SQLite for the names of its columns again.
   */
  private static final String ROWS =
      """
      SELECT %s, (SELECT n.id FROM lead n
                  WHERE n.line = l.line AND (n.revision, n.seq) > (l.revision, l.seq)
                  ORDER BY n.revision DESC, n.seq DESC LIMIT 1) AS newer
      FROM %s CROSS JOIN lead l %s
      WHERE l.seq = due.value AND NOT EXISTS (SELECT 1 FROM lead s %s
        WHERE s.line = l.line AND s.stage = 'SENDING' AND s.id <> l.id)"""
          .formatted(
              LeadRow.COLUMNS,
              Dialect.SQLITE.rows("due"),
              Dialect.SQLITE.byKey(),
              Dialect.SQLITE.indexedBy("lead_line"));

  private static final String IN_TURN = "lead_in_turn";

  private static final String OF_TERRITORY = " AND l.territory = ?";

  private static final Function<Dialect, String> TERRITORY =
      Dialect.each(
          dialect ->
              """
              SELECT MIN(territory) AS territory FROM lead %s
              WHERE stage IN (%s) AND territory > ?"""
                  .formatted(dialect.indexedBy(IN_TURN), stages(Work.SEND)));

  private static final Map<Work, Function<Dialect, String>> NEXT =
      Arrays.stream(Work.values())
          .collect(
              Collectors.toMap(work -> work, work -> Dialect.each(dialect -> next(dialect, work))));

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
   * Which of those that are due: the oldest, or in the other order the newest.
   *
   * @param ofTerritory whether of one territory, which is then a parameter
   */
  private record Due(Work work, String order, boolean ofTerritory) {

    /** A claim's text is not put together anew for each. */
    private static final Map<Due, String> TEXTS = new ConcurrentHashMap<>();

    String sql() {
      return TEXTS.computeIfAbsent(this, Due::text);
    }

    private String text() {
      Dialect dialect = Dialect.SQLITE;
      return DUE.formatted(
          dialect.indexedBy(ofTerritory ? IN_TURN : index(work)),
          stages(work),
          ofTerritory ? OF_TERRITORY : "",
          order);
    }
  }

  /**
   * Until there are so many.
   *
   * @param territory null for any
   */
  private record Some(String order, @Nullable String territory, int until, List<Row> claims) {

    Due due(Work work) {
      return new Due(work, order, territory != null);
    }

    int missing() {
      return until - claims.size();
    }
  }

  private void take(Connection connection, Work work, Ask ask, Some some) throws SQLException {
    String sql = some.due(work).sql();
    try (PreparedStatement statement =
            some.territory() == null
                ? Rows.prepare(connection, sql, ask.now())
                : Rows.prepare(connection, sql, ask.now(), some.territory());
        ResultSet due = statement.executeQuery()) {
      List<Long> found = unclaimed(due, some.missing());
      while (!found.isEmpty()) {
        for (Row row : rows(connection, found)) {
          claimed.put(row.lead().id(), row.lead().version());
          ask.taken().add(row.lead().id());
          some.claims().add(row);
        }
        found = unclaimed(due, some.missing());
      }
    }
  }

  /** The next so many that are nobody's, by their place in the order of acceptance. */
  private List<Long> unclaimed(ResultSet due, int most) throws SQLException {
    List<Long> found = new ArrayList<>();
    while (found.size() < most && due.next()) {
      if (!claimed.containsKey(due.getString(2))) {
        found.add(due.getLong(1));
      }
    }
    return found;
  }

  /** Without those of which another revision of the record is being sent. */
  private static List<Row> rows(Connection connection, List<Long> found) throws SQLException {
    List<Row> all = new ArrayList<>(found.size());
    try (PreparedStatement statement = Rows.prepare(connection, ROWS, Json.write(found));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(Row.of(rows));
      }
    }
    return all;
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
    return Rows.text(connection, TERRITORY.apply(Dialect.of(connection)), last);
  }

  /** All statements of this class, so that a test can see how each is planned. */
  static List<String> statements() {
    List<String> all = new ArrayList<>();
    for (Work work : Work.values()) {
      all.add(new Due(work, "", false).sql());
      all.add(new Due(work, "DESC", false).sql());
      all.add(next(Dialect.SQLITE, work));
    }
    all.add(new Due(Work.SEND, "", true).sql());
    all.add(ROWS);
    all.add(TERRITORY.apply(Dialect.SQLITE));
    return all;
  }

  static @Nullable Instant next(Connection connection, Work work, Instant now) throws SQLException {
    String sql = Objects.requireNonNull(NEXT.get(work)).apply(Dialect.of(connection));
    long due = Rows.number(connection, sql, now);
    return due == 0 ? null : Instant.ofEpochMilli(due);
  }

  private static String next(Dialect dialect, Work work) {
    return "SELECT MIN(due) AS due FROM lead %s WHERE stage IN (%s) AND due > ?"
        .formatted(dialect.indexedBy(index(work)), stages(work));
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
