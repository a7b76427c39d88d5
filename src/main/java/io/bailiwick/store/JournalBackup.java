package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/**
 * Writes a journal, as it is at one instant, to a file of its own, while a service may go on
 * writing it. The file appears under its name only when it is whole, looked through from end to
 * end, and on the disk; only its owner may read it.
 */
public final class JournalBackup {

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  /**
   * What was written.
   *
   * @param schema version of the journal's schema
   * @param keyFile the file that opens sealed keys and is no part of it; null where there is none
   */
  public record Written(Path file, long leads, long bytes, String schema, @Nullable Path keyFile) {}

  private final Path journal;
  private final Path to;

  /** Of the journal in the first file, to the second. */
  public JournalBackup(Path journal, Path to) {
    this.journal = journal;
    this.to = to;
  }

  /** The file that is written until it is whole. */
  static Path part(Path to) {
    return to.resolveSibling(to.getFileName() + ".part");
  }

  /** From 0 to 1, how much of it is written; any thread may ask. */
  public double share() {
    try {
      Path part = part(to);
      return Files.exists(part) ? Math.min(1, Files.size(part) / (double) Files.size(journal)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Writes it; blocks until done. Throws {@link JournalRefused} where there is no whole journal, no
   * room, or a file of that name and {@code overwrite} is not said.
   */
  public Written write(boolean overwrite) {
    if (!Files.isReadable(journal)) {
      throw new JournalRefused(
          "there is no journal " + journal + "; journal.url or --demo says which one is meant");
    }
    JournalLook.atItsBeginning(journal);
    if (Files.exists(to) && !overwrite) {
      throw new JournalRefused(to + " is there already; --force writes over it");
    }
    if (to.toAbsolutePath().normalize().equals(journal.toAbsolutePath().normalize())) {
      throw new JournalRefused(to + " is the journal itself");
    }
    Path part = part(to);
    try {
      empty(part);
      try {
        copy(part);
        JournalLook.whole(part);
        Written written = written(part);
        put(part, to);
        return written;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new JournalRefused("cannot write " + to + ": " + e, e);
    }
  }

  /**
   * One read of one instant: no writer makes it begin again, as the page-wise backup of SQLite does
   * when another process writes. What is free or erased is left out, and each row is read.
   */
  private void copy(Path part) {
    try (Connection connection = SqliteFile.readConnection(journal);
        PreparedStatement statement =
            Rows.prepare(connection, "VACUUM INTO ?", part.toAbsolutePath().toString())) {
      statement.execute();
    } catch (SQLException e) {
      throw JournalLook.saysDamaged(e)
          ? JournalLook.damaged(journal, String.valueOf(e.getMessage()))
          : new JournalRefused("cannot write " + to + ": " + e.getMessage(), e);
    }
  }

  private Written written(Path part) throws IOException {
    try (Connection connection = SqliteFile.readConnection(part)) {
      Path key = SqliteFile.keyFile(journal);
      return new Written(
          to,
          Long.parseLong(one(connection, "SELECT COUNT(*) FROM lead")),
          Files.size(part),
          schema(connection),
          Files.exists(key) ? key : null);
    } catch (SQLException e) {
      throw new JournalRefused(journal + " is no journal: " + e.getMessage(), e);
    }
  }

  /** The version of a journal's schema. */
  static String schema(Connection connection) throws SQLException {
    return one(
        connection,
        """
        SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL
        ORDER BY installed_rank DESC LIMIT 1""");
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "0";
    }
  }

  /** An empty file that only its owner may read, whatever the umask is. */
  static void empty(Path file) throws IOException {
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS));
    } else {
      Files.createFile(file);
    }
  }

  /** Brings a whole file to the disk and then under its name. */
  static void put(Path part, Path to) throws IOException {
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = to.toAbsolutePath().getParent();
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
