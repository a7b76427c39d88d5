package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What one instance committed last on a server, counted in a row of its own by each transaction
 * that it begins. The row tells what became of a commit whose answer was lost: the server's number
 * of a transaction does not, since a server that crashed gives it to another one.
 */
record LastCommit(String instance) {

  /** After so long without a word an instance needs no row any more. */
  private static final Duration KEPT = Duration.ofDays(7);

  /** "bail": by which the order of acceptance is told from other programs' locks. */
  private static final int LOCK = 0x6261_696C;

  private static final String MAKE =
      "INSERT INTO last_commit (instance, number, at) VALUES (?, 0, %s) ON CONFLICT DO NOTHING"
          .formatted(Dialect.SERVER_NOW);

  private static final String BEGIN =
      """
      INSERT INTO last_commit AS l (instance, number, at) VALUES (?, 1, %s)
      ON CONFLICT (instance) DO UPDATE SET number = l.number + 1, at = excluded.at
      RETURNING number"""
          .formatted(Dialect.SERVER_NOW);

  private static final String BEGIN_IN_ORDER =
      """
      WITH own AS (%s)
      SELECT number, pg_advisory_xact_lock(%d, hashtext(current_schema())) FROM own"""
          .formatted(BEGIN, LOCK);

  private static final String READ = "SELECT number FROM last_commit WHERE instance = ? FOR UPDATE";

  /** Before the first transaction, so that whoever reads the row waits for that one too. */
  void make(Connection connection) throws SQLException {
    Rows.update(connection, MAKE, instance);
  }

  /** The first words of a transaction; {@code inOrder} is one that no other may cross. */
  String begin(Connection writing, boolean inOrder) throws SQLException {
    String sql = inOrder ? BEGIN_IN_ORDER : BEGIN;
    try (PreparedStatement statement = Rows.prepare(writing, sql, instance);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString("number");
    }
  }

  /**
   * Whether it is this transaction; waits until one that is still under way has ended. Null where
   * nothing is known. Throws where it waits in vain.
   */
  @Nullable
  Boolean is(Connection connection, @Nullable String transaction) throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, READ, instance);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString("number").equals(transaction) : null;
    }
  }

  /** This instance begins no more. */
  void leave(Connection connection) throws SQLException {
    Rows.update(connection, "DELETE FROM last_commit WHERE instance = ?", instance);
  }

  /** Those of instances that were killed long ago. */
  static void forgetOld(Connection connection) throws SQLException {
    String old = "DELETE FROM last_commit WHERE at < %s - ?".formatted(Dialect.SERVER_NOW);
    Rows.update(connection, old, KEPT.toMillis());
  }
}
