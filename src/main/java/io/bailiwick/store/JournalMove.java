package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A journal in a file as a journal on a PostgreSQL server, ready to be served: all of it or
 * nothing, in one transaction, compared row by row before it counts. It may be repeated until the
 * new one was served; the file stays as it is.
 */
public final class JournalMove {

  /** Under which the new journal remembers how it was when it was copied. */
  private static final String MARK = "copied";

  /**
   * What was copied.
   *
   * @param digest SHA-256 over all rows, the same of both
   */
  public record Moved(JournalPlace to, long leads, long rows, String schema, String digest) {}

  private final Path journal;
  private final JournalPlace.OnServer to;
  private final AtomicLong done = new AtomicLong();
  private volatile long all = 1;

  /** Of the journal in that file, to that server. */
  public JournalMove(Path journal, JournalPlace.OnServer to) {
    this.journal = journal;
    this.to = to;
  }

  /** From 0 to 1, how much of it is done; any thread may ask. */
  public double share() {
    return Math.min(1, done.get() / (double) all);
  }

  /** Copies; blocks until done. Throws {@link JournalRefused} where it cannot. */
  @SuppressWarnings("try") // The lock is held, not asked.
  public Moved write() {
    if (!Files.isReadable(journal)) {
      throw new JournalRefused(
          "there is no journal " + journal + "; journal.url says which one is meant");
    }
    JournalLook.atItsBeginning(journal);
    try (ServiceLock lock = ServiceLock.take(journal)) {
      JournalLook.beforeServing(journal);
      try (Connection from = SqliteFile.readConnection(journal);
          Connection into = PostgresDatabase.open(to, null).connection()) {
        String schema = JournalBackup.schema(from);
        if (Integer.parseInt(schema) != Schema.KNOWN) {
          throw new JournalRefused(
              "%s has schema %s, not %d: start this Bailiwick on it once, which brings it on"
                  .formatted(journal, schema, Schema.KNOWN));
        }
        copyKey();
        into.setAutoCommit(false);
        return copied(from, into, schema);
      }
    } catch (SQLException | IOException e) {
      throw new JournalRefused(
          "cannot copy %s to %s: %s; nothing was changed".formatted(journal, to, e.getMessage()),
          e);
    }
  }

  private Moved copied(Connection from, Connection into, String schema) throws SQLException {
    List<CopiedTable> tables = CopiedTable.all(from);
    long most = 1;
    for (CopiedTable table : tables) {
      most += 2 * table.count(from);
    }
    all = most;
    mayBeWritten(into, tables);
    for (CopiedTable table : tables) {
      table.empty(into);
    }
    long rows = 0;
    for (CopiedTable table : tables) {
      rows += table.copy(from, into, this::count);
    }
    String mine = CopiedTable.digest(tables, from, () -> {});
    String theirs = CopiedTable.digest(tables, into, this::count);
    if (!mine.equals(theirs)) {
      into.rollback();
      throw new JournalRefused(
          "what %s holds is not what %s holds; nothing was changed".formatted(to, journal));
    }
    long leads = Rows.number(into, "SELECT COUNT(*) FROM lead");
    Versions.remember(into, MARK, theirs);
    into.commit();
    return new Moved(to, leads, rows, schema, theirs);
  }

  private void count() {
    done.incrementAndGet();
  }

  /** Only what is empty, or is as an earlier copy left it, is written over. */
  private void mayBeWritten(Connection into, List<CopiedTable> tables) throws SQLException {
    String others =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'bailiwick %'"
            + " AND application_name <> current_setting('application_name')";
    if (Rows.number(into, others) > 0) {
      throw new JournalRefused(to + " is served by an instance; stop all of them first");
    }
    String mark = Versions.recalled(into, MARK);
    Rows.update(into, "DELETE FROM meta WHERE name = ?", MARK);
    boolean empty = Rows.number(into, "SELECT COUNT(*) FROM lead") == 0;
    if (mark == null ? !empty : !mark.equals(CopiedTable.digest(tables, into, () -> {}))) {
      into.rollback();
      throw new JournalRefused(
          to
              + " holds leads of its own, or was served since the last copy; nothing is written"
              + " over: give a database that is empty");
    }
  }

  /** What is sealed in the rows opens by the same key there. */
  private void copyKey() throws IOException {
    Path key = SqliteFile.keyFile(journal);
    if (!Files.exists(key)) {
      return;
    }
    Path target = to.keyFile();
    if (Files.exists(target)) {
      if (Files.mismatch(key, target) >= 0) {
        throw new JournalRefused(
            "%s is the key file of another journal; journal.key-file names a place for a copy of %s"
                .formatted(target, key));
      }
      return;
    }
    @Nullable Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    JournalBackup.empty(target);
    Files.writeString(target, Files.readString(key));
  }
}
