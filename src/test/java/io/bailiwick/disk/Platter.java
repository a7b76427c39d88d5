package io.bailiwick.disk;

import io.bailiwick.disk.Trace.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk that a trace is played to, and what a power cut at this moment may leave of it: all that
 * was synced; of the rest any subset, sector by sector, in any order; of a file's last creations
 * and deletions as many as there had been at some time since the folder was synced. A new file is
 * there once it is synced itself (as ext4 has it). Shared memory is gone.
 */
public final class Platter {

  private final Map<Path, Name> names = new LinkedHashMap<>();
  private final StringBuilder acknowledged = new StringBuilder();

  /** A name in the folder: what it stood for, one after the other; null where for nothing. */
  private static final class Name {
    private final List<Contents> past = new ArrayList<>();
    private int durable;

    Name(Contents first) {
      past.add(first);
    }

    Contents now() {
      return past.get(past.size() - 1);
    }
  }

  /** The next call. */
  public void play(Event event) {
    if (event.acknowledges()) {
      acknowledged.append(new String(event.data(), StandardCharsets.UTF_8));
      return;
    }
    switch (event.kind()) {
      case CREATE -> name(event.path()).past.add(new Contents());
      case UNLINK -> name(event.path()).past.add(null);
      case RENAME -> rename(event);
      case WRITE, TRUNCATE -> contents(event.path()).changed(event);
      case SYNC -> sync(event);
      case SYNC_FOLDER -> names.values().forEach(name -> name.durable = name.past.size() - 1);
    }
  }

  /** The lines that had been acknowledged by now. */
  public List<String> acknowledged() {
    return acknowledged.toString().lines().toList();
  }

  /** Writes into {@code folder} what a power cut now may leave of the files below {@code from}. */
  public void cut(Path from, Path folder, Random random) throws IOException {
    // Sometimes nearly all, sometimes nearly nothing of what was not synced is there.
    double kept = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble();
    for (var entry : names.entrySet()) {
      Name name = entry.getValue();
      int state = name.durable + random.nextInt(name.past.size() - name.durable);
      Contents contents = name.past.get(state);
      if (contents != null && entry.getKey().startsWith(from)) {
        Path to = folder.resolve(from.relativize(entry.getKey()).toString());
        Files.createDirectories(to.getParent());
        Files.write(to, contents.cut(kept, random));
      }
    }
  }

  /** The two names are not kept in step, though a disk would: that is harder still. */
  private void rename(Event event) {
    Contents contents = contents(event.path());
    name(event.path()).past.add(null);
    name(Path.of(new String(event.data(), StandardCharsets.UTF_8))).past.add(contents);
  }

  private void sync(Event event) {
    Name name = name(event.path());
    contents(event.path()).synced(event.failed());
    if (!event.failed()) {
      name.durable = name.past.size() - 1;
    }
  }

  private Contents contents(Path path) {
    Contents contents = name(path).now();
    if (contents == null) {
      throw new AssertionError(path + " was never made");
    }
    return contents;
  }

  private Name name(Path path) {
    return names.computeIfAbsent(path, p -> new Name(null));
  }
}
