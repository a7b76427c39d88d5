package io.bailiwick.service;

import io.bailiwick.report.Reliability;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built jar is killed under load and started again: what it acknowledged is there, and ends as
 * it should. {@code -Dkills=N} kills more often, {@code -Dseed=S} repeats a run's load.
 */
class KillIT {

  private static final int KILLS = Integer.getInteger("kills", 60);
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int LOADERS = 4;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedSurvivesKillMinusNineUnderLoad() throws Exception {
    System.out.printf("kill -9: %d times, seed %d%n", KILLS, SEED);
    var random = new Random(SEED);
    try (var ground = new KillGround(folder, SEED)) {
      ground.sources.load(LOADERS);
      for (int i = 0; i < KILLS; i++) {
        try (JarProcess service = ground.start()) {
          int target = ground.sources.acked.size() + 10 + random.nextInt(80);
          RunningService.await(
              "leads are acknowledged", () -> ground.sources.acked.size() >= target);
          ground.kill(service);
        }
      }
      ground.sources.stop();
      try (JarProcess service = ground.start()) {
        ground.check(service);
      }
      Reliability.tell(
          "kill -9",
          Map.of("seed", SEED, "kills", KILLS, "leads", ground.sources.acked.size(), "broken", 0));
      System.out.printf(
          "kill -9: %d leads acknowledged over %d kills, all promises kept%n",
          ground.sources.acked.size(), KILLS);
    }
  }
}
