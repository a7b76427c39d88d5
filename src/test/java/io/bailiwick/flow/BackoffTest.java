package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration BASE = Duration.ofSeconds(1);
  private static final Duration CAP = Duration.ofMinutes(15);

  private final Backoff backoff = new Backoff(BASE, CAP);

  @Test
  void theCeilingDoublesUntilTheCap() {
    double nearlyAll = Math.nextDown(1.0);
    assertEquals(999, backoff.delay(0, nearlyAll).toMillis());
    assertEquals(1_999, backoff.delay(1, nearlyAll).toMillis());
    assertEquals(3_999, backoff.delay(2, nearlyAll).toMillis());
    assertEquals(899_999, backoff.delay(10, nearlyAll).toMillis());
    assertEquals(899_999, backoff.delay(1_000_000, nearlyAll).toMillis());
  }

  @Test
  void noDoublingOverflows() {
    var longest = new Backoff(Duration.ofMillis(1L << 33), Duration.ofMillis(1L << 62));
    assertEquals(1L << 61, longest.delay(30, 0.5).toMillis(), "2^63 is beyond");
    assertEquals(1L << 61, longest.delay(39, 0.5).toMillis(), "and 2^72 more so");
    assertEquals(1L << 60, longest.delay(28, 0.5).toMillis());
    assertEquals(1L << 32, longest.delay(0, 0.5).toMillis());
  }

  @RepeatedTest(50)
  void everyDelayIsAboveNothingAndWithinItsCeiling(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      Duration base = Duration.ofMillis(1 + random.nextLong(1L << random.nextInt(1, 40)));
      Duration cap = base.plusMillis(random.nextLong(1L << random.nextInt(1, 40)));
      int tries = random.nextInt(0, 200);
      Duration delay = new Backoff(base, cap).delay(tries, random.nextDouble());
      assertTrue(delay.compareTo(Backoff.SHORTEST) >= 0, "seed " + seed);
      Duration most = cap.compareTo(Backoff.SHORTEST) > 0 ? cap : Backoff.SHORTEST;
      assertTrue(delay.compareTo(most) <= 0, "seed " + seed + ": " + delay + " > " + cap);
    }
  }

  @Test
  void jitterIsFull() {
    var random = new SplittableRandom(7);
    double mean =
        random.doubles(10_000).mapToLong(r -> backoff.delay(3, r).toMillis()).average().orElse(0);
    assertEquals(4_000, mean, 150, "drawn evenly from nothing to 8 s (seed 7)");
  }

  @Test
  void senselessBoundsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, CAP));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(CAP, BASE));
  }
}
