package io.bailiwick.store;

import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.Claims.Held;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps an instance that has not followed a publication, or a reading of the territories, from
 * deciding by what was before: the leads that were woken for the new would wait again, and nobody
 * would wake them.
 */
final class DecisionFence {

  /** "rule": by which decisions and what they go by are told from other programs' locks. */
  private static final int LOCK = 0x7275_6C65;

  private static final String LATEST =
      """
      SELECT (SELECT hash FROM publication ORDER BY seq DESC LIMIT 1),
             (SELECT id FROM snapshot ORDER BY reading DESC LIMIT 1)""";

  /**
   * What decisions go by; null where there is none, or it is not known.
   *
   * @param rules the hash of a version
   * @param snapshot the id of a snapshot of the territories; "" for a judge that has none yet
   */
  record Standing(@Nullable String rules, @Nullable String snapshot) {

    static final Standing NONE = new Standing(null, null);

    /** Whether whoever goes by this judges at all. */
    boolean judges() {
      return rules != null;
    }

    /** Whether whoever goes by this may judge where that is the latest. */
    boolean follows(Standing latest) {
      return !judges() || (follows(rules, latest.rules) && follows(snapshot, latest.snapshot));
    }

    private static boolean follows(@Nullable String own, @Nullable String latest) {
      return own == null || latest == null || own.equals(latest);
    }

    Standing withRules(String hash) {
      return new Standing(hash, snapshot);
    }

    Standing withSnapshot(String id) {
      return new Standing(rules, id);
    }

    /** Whether a move must not be written where this is the latest. */
    boolean refuses(Move move) {
      if (waitsForFirstReading(move)) {
        return snapshot != null;
      }
      Decision decision = move.after().decision();
      if (decision == null || !isNew(move) || decision.receipt().by() != null) {
        return false;
      }
      boolean waits = move.after().stage() == Stage.QUEUED;
      return !follows(decision.receipt().rulebook(), rules)
          || (waits && !follows(decision.receipt().snapshot(), snapshot));
    }
  }

  private volatile Standing own = Standing.NONE;

  /** What this instance judges by from now on; before that nothing is kept from it. */
  synchronized void serving(String hash) {
    own = own.withRules(hash);
  }

  /** What it judges beside from now on, "" for nothing. */
  synchronized void beside(String snapshot) {
    own = own.withSnapshot(snapshot);
  }

  /** Whether this instance may judge. */
  boolean open(Connection connection) throws SQLException {
    Standing standing = own;
    return !standing.judges() || standing.follows(latest(connection));
  }

  /**
   * No decision is being written while this transaction publishes or keeps a reading, and the next
   * ones see it; nor does another do so.
   */
  void changing(Connection connection) throws SQLException {
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
    List<LeadSteps> refused = all.stream().filter(steps -> stale.contains(steps.lead())).toList();
    claims.release(connection, refused.stream().map(steps -> Held.of(steps.before())).toList());
    List<LeadSteps> standing = all.stream().filter(steps -> !stale.contains(steps.lead())).toList();
    Iterator<Recorded> written = LeadTable.record(connection, standing).iterator();
    List<Recorded> answers = new ArrayList<>(moves.size());
    for (Move move : moves) {
      answers.add(stale.contains(id(move)) ? new Recorded(false, null) : written.next());
    }
    return answers;
  }

  private Set<String> stale(Connection connection, List<Move> moves) throws SQLException {
    if (!own.judges() || moves.stream().noneMatch(DecisionFence::decides)) {
      return Set.of();
    }
    lock(connection, "pg_advisory_xact_lock_shared");
    Standing latest = latest(connection);
    return moves.stream()
        .filter(latest::refuses)
        .map(DecisionFence::id)
        .collect(Collectors.toSet());
  }

  /** Whether it is anything that a standing may refuse. */
  private static boolean decides(Move move) {
    return isNew(move) || waitsForFirstReading(move);
  }

  /** It was to be judged, by an instance that has no territories. */
  private static boolean waitsForFirstReading(Move move) {
    Stage before = move.before().stage();
    return move.after().reason() == QueueReason.CRM_UNAVAILABLE
        && (before == Stage.ACCEPTED || before == Stage.QUEUED);
  }

  private static boolean isNew(Move move) {
    return !Objects.equals(move.after().decision(), move.before().decision());
  }

  private static String id(Move move) {
    return move.after().id();
  }

  private static void lock(Connection connection, String how) throws SQLException {
    Rows.number(connection, "SELECT 1 FROM " + how + "(?, hashtext(current_schema()))", LOCK);
  }

  private static Standing latest(Connection connection) throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, LATEST);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return new Standing(rows.getString(1), rows.getString(2));
    }
  }
}
