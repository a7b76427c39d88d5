package io.bailiwick.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.disk.ImageInspection.Found;
import io.bailiwick.disk.Trace.Kind;
import io.bailiwick.report.Reliability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut at any moment of the real journal's life: whatever a disk may leave then, what
 * was acknowledged is in it. {@code -Dpower-cuts=N} makes more images, {@code -Dseed=S} the same.
 */
class PowerCutIT {

  private static final int CUTS = Integer.getInteger("power-cuts", 5_000);

  /** Of a file or of its folder. */
  private static final Set<Kind> SYNCS = EnumSet.of(Kind.SYNC, Kind.SYNC_FOLDER);

  private static final long SEED = Long.getLong("seed", System.nanoTime() & 0x7FFFFFFF);
  private static final int ROUNDS = 60;

  /** About how many calls a first start makes, and how many of their images are served. */
  private static final int FIRST_CALLS = 450;

  private static final int FIRST_IMAGES = CUTS / 250;

  /** Each so manieth image is also opened as the service opens its journal. */
  private static final int SERVED = 20;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void noPowerCutTakesWhatWasAcknowledged() throws Exception {
    Trace trace = recorded("FULL", 0);
    assertTrue(trace.count(Kind.SYNC) > 2 * ROUNDS, "each commit is synced");
    Found found = cut(trace, CUTS, true);
    tell("power cuts", found);
    assertEquals(0, found.losing(), told(found));
    assertEquals(0, found.damaged(), told(found));
  }

  @Test
  void theSameImagesShowTheLossOfAJournalThatDoesNotSyncEachCommit() throws Exception {
    Found found = cut(recorded("NORMAL", 0), CUTS / 25, false);
    tell("power cuts, control", found);
    assertTrue(found.losing() > found.images() / 10, told(found));
    assertEquals(0, found.damaged(), told(found));
  }

  @Test
  void whatAFailedSyncLeftInDoubtIsNeverBuiltUpon() throws Exception {
    Trace trace = recorded("FULL", 20 + random.nextInt(ROUNDS));
    assertTrue(
        trace.events().stream().anyMatch(event -> SYNCS.contains(event.kind()) && event.failed()),
        "a sync failed");
    Found found = cut(trace, CUTS / 10, true);
    assertEquals(0, found.losing(), told(found));
    assertEquals(0, found.damaged(), told(found));
  }

  @Test
  void aFirstStartThatLosesItsPowerIsBegunAgain() throws Exception {
    Trace trace = recorded("FULL", 0);
    Path root = folder.resolve("root").toRealPath();
    var platter = new Platter();
    int served = 0;
    for (int at = 0; platter.acknowledged().isEmpty(); at++) {
      platter.play(trace.events().get(at));
      if (at < 20 || random.nextInt(FIRST_CALLS) < FIRST_IMAGES) {
        Path image = Files.createDirectories(folder.resolve("image"));
        platter.cut(root, image, random);
        new Image(image).serve(List.of());
        served++;
        delete(image);
      }
    }
    System.out.printf("power cuts: seed %d, %d within the first start%n", SEED, served);
    assertTrue(served >= 20, "the first start was seen");
  }

  /** Runs the load in a process of its own; the n-th sync fails where n is not 0. */
  private Trace recorded(String synchronous, int failingSync) throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Disk disk = Disk.below(root, folder);
    if (failingSync > 0) {
      disk.failAt(failingSync, 1, Disk.EIO, Disk.Kind.SYNC);
    }
    ChildJvm.run(
        disk.environment(true),
        LoadedJournal.class,
        disk.root().toString(),
        Long.toString(SEED),
        Integer.toString(ROUNDS),
        synchronous);
    return disk.trace();
  }

  private Found cut(Trace trace, int cuts, boolean serve) throws IOException {
    // Each moment and how many images of it: the trace is played once.
    var moments = new TreeMap<Integer, Integer>();
    for (int i = 0; i < cuts; i++) {
      moments.merge(1 + random.nextInt(trace.events().size()), 1, Integer::sum);
    }
    Path root = folder.resolve("root").toRealPath();
    var platter = new Platter();
    int at = 0;
    int images = 0;
    try (var inspection = new ImageInspection(serve ? SERVED : 0)) {
      for (var moment : moments.entrySet()) {
        while (at < moment.getKey()) {
          platter.play(trace.events().get(at++));
        }
        for (int i = 0; i < moment.getValue(); i++) {
          Path image = Files.createDirectory(folder.resolve("image" + images++));
          platter.cut(root, image, random);
          inspection.take(image, platter.acknowledged(), "after call " + at);
        }
      }
      Found found = inspection.found();
      System.out.println("power cuts: " + told(found));
      return found;
    }
  }

  private static void tell(String measure, Found found) {
    Reliability.tell(
        measure,
        Map.of(
            "seed",
            SEED,
            "images",
            found.images(),
            "losing",
            found.losing(),
            "damaged",
            found.damaged()));
  }

  private static String told(Found found) {
    return "seed %d, %d images, %d lose what was acknowledged, %d are damaged; %s"
        .formatted(SEED, found.images(), found.losing(), found.damaged(), found.example());
  }

  static void delete(Path image) throws IOException {
    try (var files = Files.walk(image)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
