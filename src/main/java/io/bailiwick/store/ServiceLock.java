package io.bailiwick.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * One service a journal: an operating-system lock on a file beside it, which a killed process gives
 * up by dying. Readers take no lock.
 */
final class ServiceLock implements AutoCloseable {

  private final FileChannel channel;

  private ServiceLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; throws {@link JournalRefused} that names the process which holds it. */
  static ServiceLock take(Path journal) {
    Path file = fileOf(journal);
    try {
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new JournalRefused(
            "%s is served by another process (%s); stop it first, or give this one a journal.url"
                    .formatted(journal, holder(file))
                + " of its own");
      }
      // What it will say lets its reader do all: it is the owner's alone.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      channel.truncate(0);
      String pid = "pid " + ProcessHandle.current().pid();
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return new ServiceLock(channel);
    } catch (IOException e) {
      throw new JournalRefused("cannot lock " + file + ": " + e.getMessage(), e);
    }
  }

  /** Says to whoever may read the file where the service listens, and what lets commands in. */
  void announce(String url, String command) {
    try {
      String lines = "\n" + url + "\n" + command;
      channel.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new JournalRefused("cannot write the journal's lock: " + e.getMessage(), e);
    }
  }

  /** How the service of that journal said it is reached; empty where its process has ended. */
  static Optional<Reached> service(Path journal) {
    try {
      List<String> lines = Files.readAllLines(fileOf(journal));
      boolean alive =
          lines.size() > 2
              && lines.get(0).matches("pid \\d{1,18}")
              && ProcessHandle.of(Long.parseLong(lines.get(0).substring(4))).isPresent();
      return alive ? Optional.of(new Reached(lines.get(1), lines.get(2))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path fileOf(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".lock");
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new JournalRefused("cannot give up the journal's lock: " + e.getMessage(), e);
    }
  }

  private static @io.bailiwick.lead.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
      return null;
    }
  }

  private static String holder(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty() ? "its pid is not known" : lines.get(0);
    } catch (IOException e) {
      return "its pid is not known";
    }
  }
}
