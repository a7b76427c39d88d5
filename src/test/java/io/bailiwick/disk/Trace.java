package io.bailiwick.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process did to its disk, in the order in which it did it. */
public record Trace(List<Event> events) {

  /** Kinds of events, as disk.c numbers them. */
  public enum Kind {
    CREATE(1),
    WRITE(2),
    SYNC(4),
    TRUNCATE(8),
    UNLINK(16),
    SYNC_FOLDER(64),
    RENAME(128);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new AssertionError("the images know no call of kind " + code);
    }
  }

  /**
   * One call.
   *
   * @param failed whether it failed: of a sync, what it was to bring to disk may be lost for good
   * @param at the offset it wrote at, or the length it cut the file to
   * @param data what was written, or the new name
   */
  public record Event(Kind kind, boolean failed, Path path, long at, byte[] data) {

    /** Whether it tells of an acknowledgement, which is no part of the disk. */
    boolean acknowledges() {
      return path.toString().endsWith(".acks");
    }
  }

  static Trace read(Path file) {
    List<Event> events = new ArrayList<>();
    try {
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
      while (all.hasRemaining()) {
        int kind = all.getInt();
        boolean failed = all.getInt() != 0;
        byte[] path = new byte[all.getInt()];
        byte[] data = new byte[all.getInt()];
        long at = all.getLong();
        all.get(path);
        all.get(data);
        Path where = Path.of(new String(path, StandardCharsets.UTF_8));
        events.add(new Event(Kind.of(kind), failed, where, at, data));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Trace(List.copyOf(events));
  }

  /** How many calls of that kind. */
  public long count(Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).count();
  }
}
