package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a backup in a journal's place, while no service holds it. What stood there is set aside,
 * never deleted; persons who were erased there are erased in what takes its place.
 */
public final class JournalRestore {

  private static final String ERASED = "SELECT id FROM lead WHERE stage = 'ERASED' ORDER BY seq";

  /**
   * What was done.
   *
   * @param leads how many the journal has now
   * @param schema version of its schema; the next start brings it up to date
   * @param aside what stood there before; null where nothing did
   * @param toErase leads that were erased since the backup and could not be here: it is of a schema
   *     that knows no erasing, or they were being sent
   * @param erasuresKnown whether it could be read who was erased since the backup
   */
  public record Restored(
      long leads,
      String schema,
      @Nullable Path aside,
      List<String> toErase,
      boolean erasuresKnown) {

    public Restored {
      toErase = List.copyOf(toErase);
    }
  }

  private final Path backup;
  private final Path journal;

  /** Of the backup in the first file, to the journal in the second. */
  public JournalRestore(Path backup, Path journal) {
    this.backup = backup;
    this.journal = journal;
  }

  /**
   * Restores; blocks until done. Throws {@link JournalRefused} where the backup is not whole or too
   * new, a service runs, or there is a journal and {@code replace} is not said.
   */
  @SuppressWarnings("try") // The lock is held, not asked.
  public Restored restore(boolean replace) {
    if (!Files.isReadable(backup)) {
      throw new JournalRefused("there is no backup " + backup + " to read");
    }
    SqliteFile.makeFolder(journal);
    try (ServiceLock lock = ServiceLock.take(journal)) {
      boolean there = Files.exists(journal);
      if (there && !replace) {
        throw new JournalRefused(
            journal + " is there already; --force sets it aside and puts the backup in its place");
      }
      return there ? replacing() : placing(null, List.of(), true);
    } catch (IOException e) {
      throw new JournalRefused("cannot restore " + journal + ": " + e, e);
    }
  }

  private Restored replacing() throws IOException {
    List<String> erased = new ArrayList<>();
    boolean known = erased(erased);
    return placing(journal, erased, known);
  }

  private Restored placing(@Nullable Path present, List<String> erased, boolean known)
      throws IOException {
    JournalLook.whole(backup);
    Path part = JournalBackup.part(journal);
    JournalBackup.empty(part);
    try (var out = Files.newOutputStream(part)) {
      Files.copy(backup, out);
    }
    String schema;
    long leads;
    List<String> left = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(SqliteFile.url(part))) {
      schema = JournalBackup.schema(connection);
      refuseNewer(schema);
      leads = count(connection);
      left.addAll(SqlErasures.again(connection, schema, erased));
    } catch (SQLException e) {
      throw new JournalRefused(backup + " is no journal: " + e.getMessage(), e);
    }
    Path aside = present == null ? null : SetAside.replaced(present);
    JournalBackup.put(part, journal);
    return new Restored(leads, schema, aside, left, known);
  }

  private void refuseNewer(String schema) {
    int known = Schema.KNOWN;
    if (Integer.parseInt(schema) > known) {
      throw new JournalRefused(
          "%s has schema version %s, and this Bailiwick knows only up to %s; use the newer one"
              .formatted(backup, schema, known));
    }
  }

  /** Who was erased in the present journal; false where it cannot be read. */
  private boolean erased(List<String> into) {
    try (Connection connection = SqliteFile.readConnection(journal);
        PreparedStatement statement = Rows.prepare(connection, ERASED);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        into.add(rows.getString(1));
      }
      return true;
    } catch (SQLException | JournalRefused e) {
      return false;
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, "SELECT COUNT(*) FROM lead");
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
