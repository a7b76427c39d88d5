package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that writes, with a transaction begun on it; made again where it was lost. Only
 * the writer's thread uses it.
 */
final class WriteConnection {

  private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);

  /** What is done in no transaction. */
  interface Alone {
    void run(Connection connection) throws SQLException;
  }

  private final Database database;

  /**
   * Whether no transaction is begun: SQLite ends one by itself where the disk is full or fails, and
   * the driver then begins no other.
   */
  private boolean adrift;

  /** Null where it was lost. */
  private @Nullable Connection connection;

  /** Throws where nothing can be written. */
  WriteConnection(Database database) throws SQLException {
    this.database = database;
    this.connection = database.write();
  }

  /**
   * The connection, with a transaction begun on it; throws where there is none to be had, or the
   * disk still does not let one begin.
   */
  Connection begun() throws SQLException {
    Connection writing = connection;
    if (writing == null) {
      writing = database.write();
      connection = writing;
    }
    if (!adrift) {
      return writing;
    }
    if (writing.getAutoCommit()) {
      // Where this throws, the driver takes it for done: then it is the other way next time.
      writing.setAutoCommit(false);
    } else {
      try (var statement = writing.createStatement()) {
        rolledBack(statement);
        statement.execute("BEGIN IMMEDIATE");
      }
    }
    adrift = false;
    return writing;
  }

  private static void rolledBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException none) {
      // There was none to roll back, as is to be expected.
      return;
    }
  }

  void rollback(Exception cause) {
    Connection writing = connection;
    if (writing == null) {
      return;
    }
    try {
      writing.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
      adrift = !lost(e);
    }
  }

  /** Runs between two transactions, in none. */
  void alone(Alone work) throws SQLException {
    Connection writing = begun();
    adrift = true;
    writing.setAutoCommit(true);
    try {
      work.run(writing);
    } finally {
      begun();
    }
  }

  /** Whether this failure says that it is lost; it is then left, and another made when needed. */
  boolean lost(Exception failure) {
    Connection writing = connection;
    boolean lost =
        writing != null && failure instanceof SQLException sql && database.lost(writing, sql);
    if (lost) {
      leave();
    }
    return lost;
  }

  /** Gives it back. */
  void leave() {
    Connection lost = connection;
    connection = null;
    adrift = false;
    try {
      if (lost != null) {
        lost.close();
      }
    } catch (SQLException e) {
      LOG.debug("a connection that was lost did not close as it should", e);
    }
  }
}
