package io.bailiwick;

import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.RuleFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folders of rules and fixtures, again and again, on a thread of its own, and tells
 * what they hold once a change has settled: the same on two successive looks. While nothing
 * changes, a look reads no file, only sizes and times.
 */
final class RulesWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);

  /** What tells a file from another state of itself without reading it. */
  private record Stamp(Path file, long size, long modified, @Nullable Object key) {}

  private final Path rules;
  private final Path fixtures;
  private final Consumer<Folder> settled;
  private final ScheduledExecutorService thread;
  private List<Stamp> stamps = List.of();
  private @Nullable String held;
  private boolean told;

  /** {@code settled} is told on this watch's thread; nothing is looked at before the start. */
  RulesWatch(Path rules, Path fixtures, Consumer<Folder> settled) {
    this.rules = rules;
    this.fixtures = fixtures;
    this.settled = settled;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var made = new Thread(task, "rules-watch");
              made.setDaemon(true);
              return made;
            });
  }

  /** What the folders hold at this moment, settled or not; reads every file. */
  Folder read() {
    try {
      return new Folder(
          new RuleVersion(RuleFolder.read(rules), FixtureFolder.texts(fixtures)), null);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      return new Folder(null, e.getMessage());
    }
  }

  /** Looks now, and then so long after each look. */
  void start(Duration every) {
    // It ends with the thread, and a look that fails is told by itself.
    var unused =
        thread.scheduleWithFixedDelay(this::lookSafely, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks no more; a look under way may still tell. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** One look. */
  void look() {
    List<Stamp> now = stamps();
    boolean still = now.equals(stamps);
    if (still && told) {
      return;
    }
    Folder folder = read();
    RuleVersion version = folder.version();
    String holds = version == null ? "! " + folder.problem() : version.digest();
    told = still && holds.equals(held);
    stamps = now;
    held = holds;
    if (told) {
      settled.accept(folder);
    }
  }

  /** A look that fails must not be the last one. */
  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.error("looking at {} failed", rules, e);
    }
  }

  private List<Stamp> stamps() {
    List<Stamp> found = new ArrayList<>();
    for (Path folder : List.of(rules, fixtures)) {
      try {
        Files.walkFileTree(folder, new Stamps(found));
      } catch (IOException e) {
        // It is read all the same, and then told what is wrong with it.
        found.add(new Stamp(folder, -1, -1, null));
      }
    }
    return found;
  }

  private static final class Stamps extends SimpleFileVisitor<Path> {
    private final List<Stamp> found;

    Stamps(List<Stamp> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes now) {
      long modified = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      found.add(new Stamp(file, now.size(), modified, now.fileKey()));
      return found.size() > 2 * RuleFolder.MAX_FILES
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      found.add(new Stamp(file, -1, -1, Objects.toString(failure.getMessage())));
      return FileVisitResult.CONTINUE;
    }
  }
}
