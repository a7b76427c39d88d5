package io.bailiwick.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.command.Progress.Point;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final AtomicLong nanos = new AtomicLong();
  private final StringWriter shown = new StringWriter();

  @Test
  void theLineSaysRowsRateAndWhenItIsDone() {
    assertEquals(
        "120,000 rows, 60,000 a second, 40 %, 3 s to go",
        Progress.line(new Point(120_000, 40, 100), 2_000_000_000L));
    assertEquals(
        "60 rows, 1 a second, 10 %, 9 min to go",
        Progress.line(new Point(60, 1, 10), 60_000_000_000L));
    assertEquals(
        "60 rows, 1 a second, 0 %, 16 h 39 min to go",
        Progress.line(new Point(60, 1, 1_000), 60_000_000_000L));
    assertEquals("5 rows, 5 a second", Progress.line(new Point(5, 0, 0), 1_000_000_000L));
  }

  @Test
  void itIsDrawnNowAndThenOverItselfAndTakenAwayAtTheEnd() {
    var progress = new Progress(new PrintWriter(shown), nanos::get);
    progress.show(new Point(1, 1, 10));
    assertEquals("", shown.toString(), "too soon");
    nanos.set(1_000_000_000L);
    progress.show(new Point(1_000_000, 1, 10));
    nanos.addAndGet(1);
    progress.show(new Point(2_000_000, 1, 10));
    nanos.set(2_000_000_000L);
    progress.show(new Point(2, 2, 10));
    String[] lines = shown.toString().split("\r", -1);
    assertEquals(3, lines.length);
    assertEquals(lines[1].length(), lines[2].length(), "the longer line is covered");
    progress.end();
    assertTrue(shown.toString().endsWith(" \r"));
    assertTrue(shown.toString().indexOf('\u001b') < 0, "no escape, so nothing for NO_COLOR");
  }

  @Test
  void nobodyWatchingMeansNothingIsSaid() {
    var progress = new Progress(null, nanos::get);
    nanos.set(1_000_000_000L);
    progress.show(new Point(1, 1, 10));
    progress.end();
    assertEquals("", shown.toString());
  }

  @Test
  void workThatCannotSayHowFarItIsSaysForHowLong() throws Exception {
    assertEquals("compiling the rules, 12 s", Progress.running("compiling the rules", 12L << 30));
    var drawn = new CountDownLatch(1);
    var terminal =
        new PrintWriter(shown) {
          @Override
          public void flush() {
            drawn.countDown();
          }
        };
    var progress = new Progress(terminal, nanos::get);
    boolean seen = progress.during("compiling", () -> await(drawn));
    assertTrue(seen, "a line was drawn while the work went on");
    assertTrue(shown.toString().startsWith("\rcompiling, 0 s"), shown.toString());
    assertTrue(shown.toString().endsWith(" \r"), "and is taken away");
    assertEquals(7, new Progress(null, nanos::get).during("compiling", () -> 7));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
