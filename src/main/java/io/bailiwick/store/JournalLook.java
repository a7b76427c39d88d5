package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether a file is a whole journal before anything is done with it. What is wrong is a
 * {@link JournalRefused} that names the command which repairs; nothing is ever changed by looking.
 */
final class JournalLook {

  /** How long a start looks through the pages at most; a backup looks through all of them. */
  static final Duration AT_START = Duration.ofSeconds(5);

  private JournalLook() {}

  /** Before a service takes it: a new one is none to look at. */
  static void beforeServing(Path path) {
    if (!Files.exists(path)) {
      refuseWhereOneWas(path);
      return;
    }
    atItsBeginning(path);
    // One that may write: a log that a killed service left is taken in by whoever opens first.
    try (Connection connection = DriverManager.getConnection(SqliteFile.url(path))) {
      String found = found(connection, "PRAGMA quick_check(1)", AT_START);
      if (found != null) {
        throw damaged(path, found);
      }
    } catch (SQLException e) {
      throw damaged(path, String.valueOf(e.getMessage()));
    }
  }

  /** A copy that nobody serves, all of it, however long it takes. */
  static void whole(Path path) {
    atItsBeginning(path);
    String found;
    try (Connection connection = SqliteFile.readConnection(path)) {
      found = found(connection, "PRAGMA integrity_check(1)", null);
    } catch (SQLException e) {
      found = e.getMessage();
    }
    if (found != null) {
      throw new JournalRefused("%s is not whole: %s; take an older one".formatted(path, found));
    }
  }

  /** What its first bytes tell. */
  static SqliteHeader atItsBeginning(Path path) {
    try {
      if (Files.size(path) == 0) {
        throw damaged(path, "it is empty, 0 bytes");
      }
      SqliteHeader header = SqliteHeader.read(path);
      if (header == null) {
        throw damaged(path, "it is not a SQLite file");
      }
      if (header.foreign()) {
        throw new JournalRefused(
            "%s belongs to another program (application_id %08x); give Bailiwick a journal.url of"
                    .formatted(path, header.application())
                + " its own");
      }
      // What is not yet written back, or to be undone, stands in a log; then only SQLite knows
      // where it ends.
      if (header.cutOff() && log(path) == null) {
        throw damaged(
            path,
            "it is cut off, %,d of %,d bytes are there"
                .formatted(header.size(), header.pages() * header.pageSize()));
      }
      return header;
    } catch (IOException e) {
      throw new JournalRefused("cannot read the journal " + path + ": " + e, e);
    }
  }

  /** What a person is told of a file that is no whole journal. */
  static JournalRefused damaged(Path path, String what) {
    return new JournalRefused(
        """
        the journal %s is damaged: %s. Nothing was changed, and nothing is served from it.
        Put the last backup in its place; the damaged file is kept beside it:
          bailiwick journal restore BACKUP --force
        More of it: docs/operations/journal-damaged.md"""
            .formatted(path, what));
  }

  /** Whether a failure of SQLite's says that the file is not as it should be. */
  static boolean saysDamaged(SQLException e) {
    int code = e.getErrorCode() & 0xFF;
    return code == 11 || code == 26;
  }

  /** Without a file there is nothing to read, and a service would begin with no lead at all. */
  private static void refuseWhereOneWas(Path path) {
    Path part = JournalBackup.part(path);
    if (Files.exists(part)) {
      throw new JournalRefused(
          "a restore of %s was cut off: %s is there and the journal is not; run it again"
              .formatted(path, part));
    }
    Path log = log(path);
    if (log != null) {
      throw damaged(path, "the file is gone and its log %s is there".formatted(log));
    }
  }

  /** What of SQLite's own lies beside it, of which it takes in or undoes something; or null. */
  private static @Nullable Path log(Path path) {
    for (String ending : List.of("-wal", "-journal")) {
      Path log = path.resolveSibling(path.getFileName() + ending);
      try {
        if (Files.exists(log) && Files.size(log) > 0) {
          return log;
        }
      } catch (IOException e) {
        return log;
      }
    }
    return null;
  }

  /** What SQLite finds wrong; null for nothing, or for nothing in that time. */
  private static @Nullable String found(
      Connection connection, String check, @Nullable Duration most) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      var clock = most == null ? null : stop(statement, most);
      try (ResultSet rows = statement.executeQuery(check)) {
        String found = rows.next() ? rows.getString(1) : "ok";
        return found.equals("ok") || found.contains("interrupted") ? null : found;
      } catch (SQLException e) {
        int interrupted = 9;
        if ((e.getErrorCode() & 0xFF) == interrupted) {
          return null;
        }
        throw e;
      } finally {
        if (clock != null) {
          clock.cancel(false);
        }
      }
    }
  }

  private static CompletableFuture<Void> stop(Statement statement, Duration most) {
    var later = CompletableFuture.delayedExecutor(most.toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.runAsync(
        () -> {
          try {
            statement.cancel();
          } catch (SQLException e) {
            // It has just ended by itself.
            return;
          }
        },
        later);
  }
}
