package io.bailiwick.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.bench.report.Recorded.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedTest {

  private static Figure figure(String name, double value) {
    return Figure.alone(name, name, "MB", Series.of(value), Goal.most(1));
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) {
    Path file = folder.resolve("recorded.json");
    Recorded.none().with(Results.of(figure("memory", 219.99999))).write(file);
    assertEquals(new Mark(220, 0), Recorded.read(file).of(figure("memory", 1)).orElseThrow());
  }

  @Test
  void aRunOfOneMeasureLeavesTheOthersAsTheyWere(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("recorded.json");
    Recorded.none().with(Results.of(figure("a", 1), figure("b", 2))).write(file);
    Recorded.read(file).with(Results.of(figure("b", 3))).write(file);
    assertEquals(
        """
        {
          "a": {"median":1.0,"spread":0.0},
          "b": {"median":3.0,"spread":0.0}
        }
        """,
        Files.readString(file));
  }

  @Test
  void withoutAFileNothingIsKnown(@TempDir Path folder) {
    assertTrue(Recorded.read(folder.resolve("none.json")).of(figure("a", 1)).isEmpty());
  }
}
