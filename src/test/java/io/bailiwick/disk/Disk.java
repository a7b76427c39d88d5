package io.bailiwick.disk;

import io.bailiwick.service.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * What stands between a child process and the files below a folder: it records what is written and
 * synced, and fails the calls it is told to. For the child it is an environment; see disk.c.
 */
public final class Disk {

  /** No room left on the device. */
  public static final int ENOSPC = 28;

  /** The device failed. */
  public static final int EIO = 5;

  /** The file system is read-only. */
  public static final int EROFS = 30;

  /** No error, but only half of what was to be written is. */
  public static final int SHORT = -1;

  private static final long FOR_EVER = Long.MAX_VALUE;
  private static final int ERROR = 0;
  private static final int FROM = 1;
  private static final int TIMES = 2;
  private static final int KINDS = 3;
  private static final int CALLS = 4;

  /** The calls of a process that can fail. */
  public enum Kind {
    OPEN,
    WRITE,
    SYNC,
    TRUNCATE,
    UNLINK,
    READ
  }

  private final Path root;
  private final Path control;
  private final Path trace;
  private final LongBuffer shared;

  private Disk(Path root, Path control, Path trace, LongBuffer shared) {
    this.root = root;
    this.control = control;
    this.trace = trace;
    this.shared = shared;
  }

  /**
   * Below {@code root}, with its own files in {@code work}; skips the test where gcc is missing.
   */
  public static Disk below(Path root, Path work) throws Exception {
    Programs.need("gcc");
    Path control = work.resolve("disk.control");
    Files.write(control, new byte[5 * Long.BYTES]);
    try (var channel =
        FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      LongBuffer shared =
          channel
              .map(MapMode.READ_WRITE, 0, 5 * Long.BYTES)
              .order(ByteOrder.nativeOrder())
              .asLongBuffer();
      return new Disk(root.toRealPath(), control, work.resolve("disk.trace"), shared);
    }
  }

  /** The shared memory of one that a parent made: for the child itself. */
  public static Disk ofThisProcess() {
    String control = System.getenv("DISK_CONTROL");
    Path root = Path.of(System.getenv("DISK_ROOT"));
    try (var channel =
        FileChannel.open(Path.of(control), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var map = channel.map(MapMode.READ_WRITE, 0, 5 * Long.BYTES);
      return new Disk(
          root, Path.of(control), root, map.order(ByteOrder.nativeOrder()).asLongBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a child needs to stand on it; the trace is written where {@code recorded} says so. */
  public Map<String, String> environment(boolean recorded) throws Exception {
    Map<String, String> all = new HashMap<>();
    all.put("LD_PRELOAD", shim().toString());
    all.put("DISK_ROOT", root.toString());
    all.put("DISK_CONTROL", control.toAbsolutePath().toString());
    if (recorded) {
      all.put("DISK_TRACE", trace.toAbsolutePath().toString());
    }
    return all;
  }

  public Path root() {
    return root;
  }

  /** What was recorded. */
  public Trace trace() {
    return Trace.read(trace);
  }

  /** From now on every call of these kinds fails. */
  public void fail(int error, Kind... kinds) {
    failAt(1, FOR_EVER, error, kinds);
  }

  /** Of the calls of these kinds from now on, the {@code from}-th and so many in all fail. */
  public void failAt(long from, long times, int error, Kind... kinds) {
    heal();
    long mask = 0;
    for (Kind kind : kinds) {
      mask |= 1L << kind.ordinal();
    }
    shared.put(CALLS, 0).put(FROM, from).put(TIMES, times).put(ERROR, error).put(KINDS, mask);
  }

  /** From now on nothing fails. */
  public void heal() {
    shared.put(KINDS, 0).put(ERROR, 0);
  }

  /** How many calls of the kinds asked for there have been. */
  public long calls() {
    return shared.get(CALLS);
  }

  private static synchronized Path shim() throws Exception {
    Path made = Path.of("target/native/disk.so").toAbsolutePath();
    Files.createDirectories(made.getParent());
    Path fresh = Files.createTempFile(made.getParent(), "disk", ".so");
    String said =
        Programs.run(
            Map.of(),
            "gcc",
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            fresh.toString(),
            "src/test/native/disk.c",
            "-ldl",
            "-lpthread");
    if (!said.isEmpty()) {
      throw new AssertionError("disk.c does not compile: " + said);
    }
    // Renamed, not written over: a process of before may still run with the old one.
    return Files.move(fresh, made, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
