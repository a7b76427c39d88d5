package io.bailiwick.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.report.Reliability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The n-th call to the disk fails, for any n of a load on the real journal: nothing that was
 * acknowledged is missing, nothing is damaged, and the journal opens again. {@code
 * -Dfailing-calls=1} takes every n for every error; without it every n for the first.
 */
class FailingCallIT {

  private static final boolean EVERY = Integer.getInteger("failing-calls", 0) == 1;

  @TempDir Path folder;

  @ParameterizedTest(name = "error {0}, {1} in a row, every {2}th call")
  @CsvSource({"5,1,1", "28,1,29", "-1,1,29", "28,1000000,19"})
  void whicheverCallFailsNothingAcknowledgedIsMissing(int error, long times, long step)
      throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Disk disk = Disk.below(root, folder);
    String said =
        ChildJvm.run(
            disk.environment(false),
            FailingJournal.class,
            Integer.toString(error),
            Long.toString(times),
            Long.toString(EVERY ? 1 : step));
    String[] figures =
        said.lines().filter(line -> line.contains("calls")).findFirst().get().split(" ");
    System.out.printf("failing calls: error %d, %d in a row: %s", error, times, said);
    int tried = Integer.parseInt(figures[0]);
    assertTrue(tried > 100, said);
    Reliability.tell(
        "failing calls, error %d, %d in a row".formatted(error, times),
        Map.of("calls", tried, "every", EVERY ? 1 : step, "broken", 0));
    // What is half written SQLite writes to its end, and nobody is refused.
    assertEquals(error == Disk.SHORT, figures[figures.length - 4].equals("0"), said);
  }
}
