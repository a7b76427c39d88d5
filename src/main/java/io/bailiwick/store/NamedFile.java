package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;

/**
 * A file that is open, by its name: tells when another one stands under that name, or none. One
 * thread at a time.
 */
final class NamedFile {

  private final Path path;

  /** What tells files apart; null before the first look, and where the system has no such thing. */
  private @Nullable Object key;

  NamedFile(Path path) {
    this.path = path;
  }

  /** Throws where it is not the file of the first look any more. */
  void check() throws SQLException {
    try {
      Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      if (key == null) {
        key = now;
      }
      if (key == null || key.equals(now)) {
        return;
      }
    } catch (IOException gone) {
      throw changed(gone);
    }
    throw changed(null);
  }

  private SQLException changed(@Nullable Throwable cause) {
    return new SQLException(
        "the journal's file %s is not there any more, or is another file: what is written would not"
                .formatted(path)
            + " be found at the next start, so nothing is taken; see"
            + " docs/operations/journal-damaged.md",
        cause);
  }
}
