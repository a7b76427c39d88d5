package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import io.bailiwick.store.GroupCommit.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One write that waits for its commit, and tells what became of it. */
final class Task<T> {

  /** How it shares a transaction. */
  enum Manner {
    TOGETHER,
    /**
     * It only reads, and what it does is remembered beside the database, so it cannot be run again;
     * it comes after the others of its group.
     */
    ONCE,
    /** No other instance's transaction of this manner runs at the same time. */
    IN_ORDER,
    /** Between two commits, in none. */
    ALONE
  }

  /** Who is written first of those that wait. */
  enum Turn {
    /** Leads that come in: somebody waits for the answer. */
    ARRIVAL,
    /** It asks what is due: little work, and a whole batch waits for it. */
    CLAIM,
    OTHER
  }

  private final Work<T> work;
  private final Manner manner;
  private final int weight;
  private final Turn turn;
  private final CompletableFuture<T> done = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable Exception failure;

  /** {@code weight}: how many leads it writes, about. */
  Task(Work<T> work, Manner manner, int weight, Turn turn) {
    this.work = work;
    this.manner = manner;
    this.weight = weight;
    this.turn = turn;
  }

  void runAlone(Connection connection) throws SQLException {
    result = work.run(connection);
  }

  /** Without a savepoint of its own: false where it failed, and the transaction with it. */
  boolean ran(Connection connection, Database database) throws SQLException {
    try {
      result = work.run(connection);
      return true;
    } catch (RuntimeException e) {
      return false;
    } catch (SQLException e) {
      if (database.crossed(e) || database.lost(connection, e)) {
        throw e;
      }
      return false;
    }
  }

  /**
   * A failing write is undone to its own beginning; what only reads leaves nothing to undo. Only a
   * broken connection is thrown.
   */
  void run(Connection connection, Database database) throws SQLException {
    failure = null;
    Savepoint before = manner == Manner.ONCE ? null : connection.setSavepoint();
    try {
      result = work.run(connection);
    } catch (SQLException | RuntimeException e) {
      if (e instanceof SQLException sql && database.crossed(sql)) {
        throw sql;
      }
      failure = e;
      if (before != null) {
        connection.rollback(before);
      }
    }
    if (before != null) {
      connection.releaseSavepoint(before);
    }
  }

  void complete() {
    if (failure == null) {
      done.complete(result);
    } else {
      done.completeExceptionally(failure);
    }
  }

  void fail(Exception cause) {
    done.completeExceptionally(cause);
  }

  Manner manner() {
    return manner;
  }

  int weight() {
    return weight;
  }

  Turn turn() {
    return turn;
  }

  CompletionStage<T> done() {
    return done;
  }
}
