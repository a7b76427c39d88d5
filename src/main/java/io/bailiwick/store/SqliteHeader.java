package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The first hundred bytes of a file, read as SQLite's file format has them: what tells in an
 * instant that a file is no journal, another program's, or cut off.
 *
 * @param pages as many as the file should have; 0 where the header does not say
 */
record SqliteHeader(long size, int pageSize, long pages, int schema, int application) {

  /** "BAIL": set in every journal, so that another program's file is told from one. */
  static final int JOURNAL = 0x4241494C;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 100;
  private static final int PAGE_SIZE = 16;
  private static final int CHANGES = 24;
  private static final int PAGES = 28;
  private static final int USER_VERSION = 60;
  private static final int APPLICATION_ID = 68;
  private static final int VALID_FOR = 92;

  /** Null where it is no SQLite file; throws IOException where it cannot be read. */
  static @Nullable SqliteHeader read(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until it is full or the file ends.
      }
      if (bytes.hasRemaining() || bytes.flip().mismatch(ByteBuffer.wrap(MAGIC)) < MAGIC.length) {
        return null;
      }
      int size = Short.toUnsignedInt(bytes.getShort(PAGE_SIZE));
      // A count that an old program did not keep is not to be believed.
      boolean counted = bytes.getInt(CHANGES) == bytes.getInt(VALID_FOR);
      return new SqliteHeader(
          channel.size(),
          size == 1 ? 65_536 : size,
          counted ? Integer.toUnsignedLong(bytes.getInt(PAGES)) : 0,
          bytes.getInt(USER_VERSION),
          bytes.getInt(APPLICATION_ID));
    }
  }

  /** Whether pages are missing at its end. */
  boolean cutOff() {
    return size < pages * pageSize;
  }

  /** Whether it says that it is another program's. */
  boolean foreign() {
    return application != 0 && application != JOURNAL;
  }
}
