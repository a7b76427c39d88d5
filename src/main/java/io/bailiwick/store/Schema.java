package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a journal's schema up to this version, and refuses one that is newer. As it was before, it
 * is kept in a file beside it, from which an older Bailiwick can go on.
 */
final class Schema {

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  /** The newest version of {@code db/migration}. */
  static final int KNOWN = 16;

  private static final String APPLIED =
      "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM flyway_schema_history";

  private Schema() {}

  /**
   * Makes a new journal under another name, which its own takes once it is whole: a start that is
   * cut off in between leaves no half of one to be taken for a damaged journal.
   */
  static void begin(Path path) {
    Path begun = path.resolveSibling(path.getFileName() + ".new");
    try {
      for (String left : List.of("-journal", "-wal", "-shm")) {
        Files.deleteIfExists(begun.resolveSibling(begun.getFileName() + left));
      }
      JournalBackup.empty(begun);
      migrateCopy(begun);
      SqliteFile.open(begun).close();
      JournalBackup.put(begun, path);
    } catch (IOException e) {
      throw new JournalRefused("cannot begin the journal " + path + ": " + e, e);
    }
  }

  /**
   * Migrates; throws {@link JournalRefused} that names both versions where the file is newer, and
   * one where no room is left to keep it as it was.
   */
  static void migrate(Path path) {
    if (!isCurrent(path)) {
      migrate(path, true);
    }
  }

  /** What most starts find, and Flyway takes long to see; stamped is only what is whole. */
  private static boolean isCurrent(Path path) {
    try (Connection connection = SqliteFile.readConnection(path)) {
      return Rows.number(connection, "PRAGMA application_id") == SqliteHeader.JOURNAL
          && Rows.number(connection, "PRAGMA user_version") == KNOWN
          && Rows.number(connection, APPLIED) == KNOWN;
    } catch (SQLException e) {
      LOG.debug("whether the journal {} is up to date is for Flyway to say", path, e);
      return false;
    }
  }

  /** The same of a copy: its original is kept as it is. */
  static void migrateCopy(Path path) {
    migrate(path, false);
  }

  private static void migrate(Path path, boolean keep) {
    String url = SqliteFile.url(path);
    try {
      Flyway flyway = flyway(url);
      MigrationVersion applied = newest(Stream.of(flyway.info().applied()));
      MigrationVersion known = known(flyway);
      refuseNewer(path, applied, known);
      boolean older = applied.compareTo(MigrationVersion.EMPTY) > 0 && applied.compareTo(known) < 0;
      if (older && keep) {
        Path before = SetAside.beforeMigrating(path, applied.getVersion());
        new JournalBackup(path, before).write(false);
        LOG.info(
            "the journal {} goes from schema {} to {}; as it was it is kept in {}",
            path,
            applied,
            known,
            before);
      }
      flyway.migrate();
      stamp(url, known, older && Integer.parseInt(applied.getVersion()) < SqlErasures.FIRST_SCHEMA);
    } catch (FlywayException e) {
      throw new JournalRefused(
          "the journal %s cannot be brought up to date: %s".formatted(path, e.getMessage()), e);
    } catch (SQLException e) {
      throw new JournalRefused(
          "the journal %s cannot be brought up to date: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * Makes or migrates the journal on a server; several instances may do so at the same time. Throws
   * {@link JournalRefused} where it is newer or may not be made.
   */
  static void migrate(DataSource server, JournalPlace place) {
    try {
      Flyway flyway =
          Flyway.configure().dataSource(server).locations("classpath:db/postgresql").load();
      MigrationVersion applied = newest(Stream.of(flyway.info().applied()));
      MigrationVersion known = known(flyway);
      if (applied.compareTo(known) > 0) {
        throw new JournalRefused(
            ("the journal %s has schema version %s, and this Bailiwick knows only up to %s: start"
                    + " the newer Bailiwick that wrote it; see docs/operations/README.md")
                .formatted(place, applied, known));
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new JournalRefused(
          "the journal %s cannot be brought up to date: %s".formatted(place, e.getMessage()), e);
    }
  }

  private static Flyway flyway(String url) {
    return Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .load();
  }

  private static MigrationVersion known(Flyway flyway) {
    List<MigrationInfo> all = List.of(flyway.info().all());
    return newest(all.stream().filter(info -> !info.getScript().isEmpty() && resolved(info)));
  }

  /**
   * Says in the file whose it is and, last, of which schema. An older one is written anew from end
   * to end once: until then what was deleted lay about in it.
   */
  private static void stamp(String url, MigrationVersion known, boolean anew) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = " + SqliteHeader.JOURNAL);
      MailMark.complete(connection);
      if (anew) {
        statement.execute("PRAGMA secure_delete = ON");
        statement.execute("VACUUM");
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      statement.execute("PRAGMA user_version = " + known.getMajor());
    }
  }

  private static void refuseNewer(Path path, MigrationVersion applied, MigrationVersion known) {
    if (applied.compareTo(known) > 0) {
      @Nullable Path before = SetAside.newestOf(path, KNOWN);
      throw new JournalRefused(
          """
          the journal %s has schema version %s, and this Bailiwick knows only up to %s. Use the
          newer Bailiwick that wrote it, or go back to the journal as it was before that one; what
          came in since is then only in the file that is set aside:
            bailiwick journal restore %s --force
          More of it: docs/operations/upgrade-and-rollback.md"""
              .formatted(path, applied, known, before == null ? "BACKUP" : before));
    }
  }

  private static boolean resolved(MigrationInfo info) {
    return info.getState().isResolved();
  }

  private static MigrationVersion newest(Stream<MigrationInfo> migrations) {
    return migrations
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(MigrationVersion.EMPTY);
  }
}
