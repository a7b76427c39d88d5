package io.bailiwick.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.report.Reliability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A simulation that never failed proves nothing: each of these flows has one mistake in it, and is
 * caught. {@code -Dmutant.seeds=N} gives each more seeds.
 */
class MutantsIT {

  private static final Path PATCHES = Path.of("src/test/resources/io/bailiwick/simulation/mutants");

  private static final int SEEDS = Integer.getInteger("mutant.seeds", 1_000);

  private static final Map<String, Long> tally = new TreeMap<>();

  @TempDir Path work;

  @AfterAll
  static void tell() {
    long caught = tally.values().stream().filter(seed -> seed > 0).count();
    Reliability.tell(
        "seeded bugs", Map.of("bugs", tally.size(), "caught", caught, "caughtAtSeed", tally));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void isCaught(Path patch) throws Exception {
    try (Mutated mutated = Mutated.by(Files.readString(PATCHES.resolve(patch)), work)) {
      Mutated.Caught caught = mutated.firstFailing(SEEDS);
      String why = caught.why().lines().findFirst().orElse("");
      System.out.printf("mutant %s: caught at seed %d, %s%n", patch, caught.seed(), why);
      tally.put(patch.toString(), caught.seed());
      assertTrue(caught.seed() > 0, "not caught within " + SEEDS + " seeds");
    }
  }

  static Stream<Path> isCaught() throws IOException {
    try (var files = Files.list(PATCHES)) {
      return files.map(Path::getFileName).sorted().toList().stream();
    }
  }

  @Test
  void theFlowAsItIsPassesTheSameSeedsTheSameWay() throws Exception {
    try (Mutated mutated = Mutated.by("", work)) {
      assertEquals(new Mutated.Caught(0, ""), mutated.firstFailing(SEEDS));
    }
  }
}
