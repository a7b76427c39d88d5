package io.bailiwick.store;

import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The SQLite file and its connections, with the settings that make a commit durable. WAL with
 * {@code synchronous=NORMAL} loses acknowledged leads at a power cut, so it is always FULL.
 */
final class SqliteFile implements Database {

  /** How long a connection waits for another process's lock, in milliseconds. */
  private static final int BUSY_MILLIS = 5_000;

  /**
   * After so many pages in the log they are written back, by the commit that is then under way.
   * Pages that many commits write go back once: four times SQLite's own number is a twentieth more
   * leads a second, for a log of 16 MB.
   */
  private static final int CHECKPOINT_PAGES = 4_000;

  /** How long settling keeps a writer waiting for a reader, in milliseconds. */
  private static final int SETTLE_MILLIS = 50;

  private final Path path;
  private final @Nullable Connection write;

  private final NamedFile file;
  private final NamedFile log;

  private SqliteFile(Path path, @Nullable Connection write) {
    this.path = path;
    this.write = write;
    this.file = new NamedFile(path);
    this.log = new NamedFile(path.resolveSibling(path.getFileName() + "-wal"));
  }

  static void makeFolder(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new JournalRefused("cannot make the journal's folder " + folder + ": " + e, e);
    }
  }

  static SqliteFile open(Path path) {
    SQLiteConfig config = config();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    // What is deleted or overwritten is overwritten in the file, too.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    // Nobody asks for them, and the driver would run a query for them after each write.
    config.setGetGeneratedKeys(false);
    try {
      return new SqliteFile(path, KeptStatements.of(config.createConnection(url(path))));
    } catch (SQLException e) {
      throw new JournalRefused("cannot open the journal " + path + ": " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** Only to read: nothing of it is opened before it is asked. */
  static SqliteFile reading(Path path) {
    return new SqliteFile(path, null);
  }

  @Override
  public JournalPlace place() {
    return JournalPlace.of(path);
  }

  /** The one there is: a file is not lost. */
  @Override
  public Connection write() throws SQLException {
    Connection writing = writing();
    writing.setAutoCommit(false);
    return writing;
  }

  @Override
  public Connection read() {
    return readConnection(path);
  }

  @Override
  public Path keyFile() {
    return keyFile(path);
  }

  @Override
  public @Nullable String begin(Connection writing, boolean inOrder) {
    return null;
  }

  /** Its files are open: deleted ones take writes as ever, and nobody would find them again. */
  @Override
  public void committed() throws SQLException {
    file.check();
    log.check();
  }

  @Override
  public boolean lost(Connection connection, SQLException failure) {
    return false;
  }

  @Override
  public boolean crossed(SQLException failure) {
    return false;
  }

  @Override
  public @Nullable Boolean committed(@Nullable String transaction) {
    return false;
  }

  /** A command may read a journal that no service of this version has opened yet. */
  @Override
  public Exception explained(SQLException e) {
    return explained(e, path);
  }

  static Exception explained(SQLException e, Path path) {
    if (JournalLook.saysDamaged(e)) {
      return JournalLook.damaged(path, String.valueOf(e.getMessage()));
    }
    return String.valueOf(e.getMessage()).contains("no such table")
        ? new JournalRefused(
            "the journal is of an older schema; start the service once, which brings it up to date",
            e)
        : e;
  }

  static Path keyFile(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".key");
  }

  /** A connection that can only read. */
  static Connection readConnection(Path path) {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    try {
      return config.createConnection(url(path));
    } catch (SQLException e) {
      throw new JournalRefused("cannot read the journal " + path + ": " + e.getMessage(), e);
    }
  }

  /** Remembers the CRM this journal belongs to; throws where it belongs to another. */
  void claimFor(String crm) {
    Versions.claimFor(writing(), place(), crm);
  }

  /** Audits that were under way when the last service of this file ended are anybody's. */
  void freeAudits() {
    try {
      Audits.free(writing());
    } catch (SQLException e) {
      throw new JournalRefused("cannot write the journal " + path + ": " + e.getMessage(), e);
    }
  }

  /** By what SQLite itself says of this connection, and the disk of its file. */
  @Override
  public JournalCondition condition(Connection writing) throws SQLException {
    String mode = pragma(writing, "journal_mode");
    boolean full = pragma(writing, "synchronous").equals("2");
    String how = "SQLite, %s, synchronous=%s".formatted(mode, full ? "FULL" : "not FULL");
    return new JournalCondition(path.toString(), full, how, free());
  }

  /**
   * Writes the log back into the file and cuts it to nothing; answers false where somebody who
   * reads at this moment needs it. Waits for others a moment only: writing waits meanwhile.
   */
  @Override
  public boolean settle(Connection writing) throws SQLException {
    try (var statement = writing.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + SETTLE_MILLIS);
      try (var rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        return rows.next() && rows.getInt(1) == 0;
      } finally {
        statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
      }
    }
  }

  private Connection writing() {
    return Objects.requireNonNull(write, "opened only to read");
  }

  private long free() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA " + name)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  @Override
  public void close() {
    try {
      if (write != null) {
        write.close();
      }
    } catch (SQLException e) {
      throw new JournalRefused("cannot close the journal " + path + ": " + e.getMessage(), e);
    }
  }

  private static SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  static String url(Path path) {
    return "jdbc:sqlite:" + path;
  }
}
