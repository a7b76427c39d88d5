package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a journal stands on once it is the service's: a file that nobody else serves, or a database
 * that instances share; of this schema, whole, and of the right CRM.
 */
record Ground(@Nullable ServiceLock lock, Database database, Claims claims)
    implements AutoCloseable {

  /** Throws {@link JournalRefused} where it may not be taken; {@code crm} is null for any. */
  static Ground take(JournalPlace place, @Nullable String crm) {
    if (place instanceof JournalPlace.OnServer server) {
      PostgresDatabase database = PostgresDatabase.open(server, crm);
      return new Ground(null, database, new Leases(database.instance(), database.fence()));
    }
    return inFile(((JournalPlace.InFile) place).path(), crm);
  }

  private static Ground inFile(Path path, @Nullable String crm) {
    SqliteFile.makeFolder(path);
    ServiceLock lock = ServiceLock.take(path);
    try {
      JournalLook.beforeServing(path);
      if (Files.notExists(path)) {
        Schema.begin(path);
      } else {
        Schema.migrate(path);
      }
      SqliteFile file = SqliteFile.open(path);
      if (crm != null) {
        file.claimFor(crm);
      }
      file.freeAudits();
      return new Ground(lock, file, new DueLeads());
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Tells commands on this machine where the service listens; where instances share, nothing. */
  void announce(String url, String command) {
    if (lock != null) {
      lock.announce(url, command);
    }
  }

  @Override
  public void close() {
    database.close();
    if (lock != null) {
      lock.close();
    }
  }
}
