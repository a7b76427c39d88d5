package io.bailiwick.store;

import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Claims that stand in the rows, for the time of a lease by the server's clock, so that instances
 * share the due leads and whatever a dead one held is taken over when its lease ends. Rows that
 * another instance is claiming are passed by, not waited for.
 */
final class Leases implements Claims {

  /** How long a claim holds that comes to no move; judging and recording take far less. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final String CLAIM =
      """
      UPDATE lead AS l SET holder = ?, leased_until = %s + ?
      WHERE l.seq IN (
        SELECT d.seq FROM lead d
        WHERE d.stage IN (%s) AND d.due <= ?%s
          AND (d.leased_until IS NULL OR d.leased_until <= %s)
          AND NOT EXISTS (SELECT 1 FROM lead s
                          WHERE s.line = d.line AND s.stage = 'SENDING' AND s.id <> d.id)
        ORDER BY d.due %s LIMIT ? FOR UPDATE SKIP LOCKED)
      RETURNING %s, (SELECT n.id FROM lead n
                     WHERE n.line = l.line AND (n.revision, n.seq) > (l.revision, l.seq)
                     ORDER BY n.revision DESC, n.seq DESC LIMIT 1) AS newer""";

  /** Those of others that are due all the same, by how long their leases still hold. */
  private static final String OTHERS =
      """
      SELECT MIN(leased_until - %s) AS wait FROM lead
      WHERE stage IN (%s) AND due <= ? AND leased_until IS NOT NULL""";

  private static final String RELEASE =
      """
      UPDATE lead AS l SET holder = NULL, leased_until = NULL
      FROM unnest(?, ?) AS held (id, version)
      WHERE l.id = held.id AND l.version = held.version AND l.holder = ?""";

  /** By stages, so that it is found among what is due. */
  private static final String LEAVE =
      "UPDATE lead SET holder = NULL, leased_until = NULL"
          + " WHERE stage IN (%s) AND due IS NOT NULL AND holder = ?";

  private final String holder;
  private final Shares shares = new Shares();
  private final Turns turns = new Turns();
  private final DecisionFence fence;

  /** {@code holder} names this instance among all. */
  Leases(String holder, DecisionFence fence) {
    this.holder = holder;
    this.fence = fence;
  }

  @Override
  public Taken claim(Connection connection, Work work, Ask ask) throws SQLException {
    Instant now = ask.now();
    List<Row> claims = new ArrayList<>();
    if (work != Work.SEND && !fence.open(connection)) {
      // Whoever follows what was published or read looks again.
      return new Taken(claims, null);
    }
    if (work == Work.SEND) {
      turns.take(
          ask.limit(),
          last -> DueLeads.territory(connection, last),
          (territory, most) -> {
            List<Row> taken = take(connection, work, now, new Some("", territory, most));
            claims.addAll(taken);
            return taken.size();
          });
    }
    int newest = shares.newest(ask.limit());
    int oldest = ask.limit() - newest;
    claims.addAll(take(connection, work, now, new Some("", null, oldest - claims.size())));
    if (claims.size() == oldest) {
      claims.addAll(take(connection, work, now, new Some("DESC", null, newest)));
    }
    if (work == Work.SEND) {
      turns.claimed(claims.size(), ask.limit());
    }
    // Where there are as many as asked for, whoever asked looks again before it sleeps.
    Instant next = claims.size() < ask.limit() ? next(connection, work, ask.now()) : null;
    return new Taken(claims, next);
  }

  /** {@code territory} is null for any. */
  private record Some(String order, @Nullable String territory, int most) {

    String sql(Work work) {
      return Leases.sql(work, order, territory == null ? "" : " AND d.territory = ?");
    }

    PreparedStatement prepare(Connection connection, Work work, String holder, Instant now)
        throws SQLException {
      return territory == null
          ? Rows.prepare(connection, sql(work), holder, LEASE.toMillis(), now, most)
          : Rows.prepare(connection, sql(work), holder, LEASE.toMillis(), now, territory, most);
    }
  }

  private List<Row> take(Connection connection, Work work, Instant now, Some some)
      throws SQLException {
    List<Row> claims = new ArrayList<>();
    if (some.most() == 0) {
      return claims;
    }
    try (PreparedStatement statement = some.prepare(connection, work, holder, now);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        claims.add(Row.of(rows));
      }
    }
    claims.sort(Comparator.comparing(row -> row.lead().due()));
    return claims;
  }

  private static String sql(Work work, String order, String more) {
    String now = Dialect.SERVER_NOW;
    return CLAIM.formatted(now, DueLeads.stages(work), more, now, order, LeadRow.COLUMNS);
  }

  private static @Nullable Instant next(Connection connection, Work work, Instant now)
      throws SQLException {
    Instant own = DueLeads.next(connection, work, now);
    String sql = OTHERS.formatted(Dialect.SERVER_NOW, DueLeads.stages(work));
    try (PreparedStatement statement = Rows.prepare(connection, sql, now);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      long wait = rows.getLong("wait");
      if (rows.wasNull()) {
        return own;
      }
      Instant others = now.plusMillis(Math.max(1, wait));
      return own == null || others.isBefore(own) ? others : own;
    }
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public void release(Connection connection, Collection<Held> leads) throws SQLException {
    Object ids = connection.createArrayOf("text", leads.stream().map(Held::id).toArray());
    Object versions = connection.createArrayOf("int8", leads.stream().map(Held::version).toArray());
    Rows.update(connection, RELEASE, ids, versions, holder);
  }

  /** The move itself ended it, where it was applied; else another has the lead. */
  @Override
  public void moved(Collection<String> ids) {}

  @Override
  public void leave(Connection connection) throws SQLException {
    for (Work work : Work.values()) {
      Rows.update(connection, LEAVE.formatted(DueLeads.stages(work)), holder);
    }
  }

  /** What was rolled back was never claimed; of what may not have been, the lease ends. */
  @Override
  public void untold(Collection<String> ids) {}

  /** All statements of this class with their order, so that a test can see how each is planned. */
  static Set<String> statements() {
    return Set.of(sql(Work.DECIDE, "", ""), sql(Work.SEND, "", ""), sql(Work.WATCH, "", ""));
  }
}
