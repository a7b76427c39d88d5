package io.bailiwick.store;

import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Keeps an instance that has not followed a publication yet from deciding by what served before:
 * the leads that were woken for the new rules would wait again, and nobody would wake them.
 */
final class RulesFence {

  /** "rule": by which decisions and publications are told from other programs' locks. */
  private static final int LOCK = 0x7275_6C65;

  private static final String LAST = "SELECT hash FROM publication ORDER BY seq DESC LIMIT 1";

  private volatile @Nullable String serving;

  /** What this instance judges by from now on; before that nothing is kept from it. */
  void serving(String hash) {
    serving = hash;
  }

  /** Whether this instance may judge. */
  boolean open(Connection connection) throws SQLException {
    String own = serving;
    String last = own == null ? null : last(connection);
    return last == null || last.equals(own);
  }

  /** No decision is being written while this transaction publishes, and the next ones see it. */
  void publishing(Connection connection) throws SQLException {
    if (Dialect.of(connection) == Dialect.POSTGRESQL) {
      lock(connection, "pg_advisory_xact_lock");
    }
  }

  /** Decisions by what does not serve any more are not written; their leads are nobody's. */
  List<Recorded> record(Connection connection, List<LeadSteps> all, Claims claims)
      throws SQLException {
    List<Move> moves = all.stream().flatMap(steps -> steps.moves().stream()).toList();
    Set<String> stale = stale(connection, moves);
    if (stale.isEmpty()) {
      return LeadTable.record(connection, all);
    }
    claims.release(connection, stale);
    List<LeadSteps> standing = all.stream().filter(steps -> !stale.contains(steps.lead())).toList();
    Iterator<Recorded> written = LeadTable.record(connection, standing).iterator();
    List<Recorded> answers = new ArrayList<>(moves.size());
    for (Move move : moves) {
      answers.add(stale.contains(id(move)) ? new Recorded(false, null) : written.next());
    }
    return answers;
  }

  private Set<String> stale(Connection connection, List<Move> moves) throws SQLException {
    Set<String> stale = new HashSet<>();
    if (serving == null || moves.stream().noneMatch(RulesFence::decides)) {
      return stale;
    }
    lock(connection, "pg_advisory_xact_lock_shared");
    String last = last(connection);
    for (Move move : moves) {
      if (last != null && isStale(move, last)) {
        stale.add(id(move));
      }
    }
    return stale;
  }

  /** Whether it brings a decision by rules other than these. */
  static boolean isStale(Move move, String last) {
    Decision decision = move.after().decision();
    return decides(move) && decision != null && !decision.receipt().rulebook().equals(last);
  }

  /** A person's decision is no rulebook's. */
  private static boolean decides(Move move) {
    Decision decision = move.after().decision();
    return decision != null
        && !decision.equals(move.before().decision())
        && decision.receipt().by() == null;
  }

  private static String id(Move move) {
    return move.after().id();
  }

  private static void lock(Connection connection, String how) throws SQLException {
    Rows.number(connection, "SELECT 1 FROM " + how + "(?, hashtext(current_schema()))", LOCK);
  }

  private static @Nullable String last(Connection connection) throws SQLException {
    return Rows.text(connection, LAST);
  }
}
