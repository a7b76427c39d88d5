package io.bailiwick.store;

import io.bailiwick.store.JournalBackup.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A journal as it is at one instant as a second journal, ready to be served: of this version's
 * schema, and with the file that opens its sealed keys. Nothing is ever written over.
 */
public final class JournalCopy {

  private final Path journal;
  private final Path to;
  private final JournalBackup backup;

  /** Of the journal in the first file, to a new one in the second. */
  public JournalCopy(Path journal, Path to) {
    this.journal = journal;
    this.to = to;
    this.backup = new JournalBackup(journal, to);
  }

  /** From 0 to 1, how much of it is written; any thread may ask. */
  public double share() {
    return backup.share();
  }

  /** Copies; blocks until done. Throws {@link JournalRefused} where it cannot. */
  @SuppressWarnings("try") // The lock is held, not asked.
  public Written write() {
    Path key = SqliteFile.keyFile(to);
    if (Files.exists(key)) {
      throw new JournalRefused(key + " is there already: the key file of another journal");
    }
    SqliteFile.makeFolder(to);
    try (ServiceLock lock = ServiceLock.take(to)) {
      Written written = backup.write(false);
      finish(written);
      return written;
    } catch (IOException e) {
      throw new JournalRefused("cannot copy " + journal + " to " + to + ": " + e, e);
    }
  }

  /** What cannot be served is no copy: nothing of it stays. */
  private void finish(Written written) throws IOException {
    Path key = SqliteFile.keyFile(to);
    try {
      Schema.migrateCopy(to);
      SqliteFile.open(to).close();
      if (written.keyFile() != null) {
        JournalBackup.empty(key);
        try (var out = Files.newOutputStream(key)) {
          Files.copy(written.keyFile(), out);
        }
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(to);
      Files.deleteIfExists(key);
      throw e;
    }
  }
}
