package io.bailiwick.disk;

import io.bailiwick.store.JournalLoad;
import io.bailiwick.store.JournalRefused;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that loads a journal twice, one start after the other. */
final class LoadedJournal {

  private LoadedJournal() {}

  /** Arguments: the folder, the seed, how many rounds a start, and FULL or NORMAL. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    boolean full = args[3].equals("FULL");
    try (var acks = new FileOutputStream(folder.resolve("load.acks").toFile(), true)) {
      var load = new JournalLoad(folder.resolve("journal.db"), acks, Long.parseLong(args[1]));
      start(load, Integer.parseInt(args[2]), full);
      start(load, Integer.parseInt(args[2]), full);
      System.out.println("refused " + load.refused());
    }
  }

  /** Where the journal refuses to open, because a sync failed, the service is started again. */
  private static void start(JournalLoad load, int rounds, boolean full) {
    try {
      load.run(rounds, full);
    } catch (JournalRefused e) {
      System.out.println("not opened: " + e.getMessage());
      load.run(rounds, full);
    }
  }
}
