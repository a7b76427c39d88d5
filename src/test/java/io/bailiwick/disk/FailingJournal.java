package io.bailiwick.disk;

import io.bailiwick.disk.Disk.Kind;
import io.bailiwick.store.JournalLoad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of its own that runs one load again and again, each time on a new copy of a journal and
 * with the next of its calls to the disk failing; after each it looks at what is left. Ends when a
 * run needs fewer calls than would fail.
 */
final class FailingJournal {

  private static final Kind[] ALL = Kind.values();

  private final Disk disk = Disk.ofThisProcess();
  private final Path whole;
  private final int error;
  private final long times;
  private long served;
  private long refused;

  private FailingJournal(int error, long times) throws IOException {
    this.error = error;
    this.times = times;
    this.whole = disk.root().resolve("whole");
    Files.createDirectories(whole);
    new JournalLoad(whole.resolve("journal.db"), new ByteArrayOutputStream(), 0).run(1, true);
  }

  /**
   * Arguments: the error, how many calls fail in a row, and every how manieth call is the first.
   */
  public static void main(String[] args) throws IOException {
    var failing = new FailingJournal(Integer.parseInt(args[0]), Long.parseLong(args[1]));
    long step = Long.parseLong(args[2]);
    long n = 1;
    while (failing.at(n)) {
      n += step;
    }
    System.out.printf(
        "%d calls, %d runs went on to the end, %d writes were refused%n",
        n, failing.served, failing.refused);
  }

  /** Whether the n-th call was made at all; throws where something acknowledged is not there. */
  private boolean at(long n) throws IOException {
    Path folder = Files.createDirectories(disk.root().resolve("n" + n));
    try (var files = Files.list(whole)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    var acks = new ByteArrayOutputStream();
    var load = new JournalLoad(folder.resolve("journal.db"), acks, n);
    disk.failAt(n, times, error, ALL);
    try {
      load.run(6, true, () -> healed(n));
      served++;
    } catch (RuntimeException e) {
      // It did not start, or did not close: what it acknowledged before is looked for all the same.
      refused++;
    }
    boolean made = disk.calls() >= n;
    disk.heal();
    refused += load.refused();
    List<String> acknowledged = acks.toString(StandardCharsets.UTF_8).lines().toList();
    var image = new Image(folder);
    var verdict = image.against(acknowledged);
    if (verdict.lost() > 0 || !verdict.damage().isEmpty()) {
      throw new AssertionError("call " + n + " failed: " + verdict);
    }
    image.serve(acknowledged);
    PowerCutIT.delete(folder);
    return made;
  }

  /** Mends the disk once the call has failed; a later one is to fail while the journal closes. */
  private boolean healed(long n) {
    boolean failed = disk.calls() >= n;
    if (failed) {
      disk.heal();
    }
    return failed;
  }
}
