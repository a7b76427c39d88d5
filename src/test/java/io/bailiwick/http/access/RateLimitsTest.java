package io.bailiwick.http.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Rate;
import io.bailiwick.lead.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private static final Rate SIX_A_MINUTE = new Rate(6, Duration.ofMinutes(1));

  private Instant now = Samples.NOON;
  private final RateLimits limits = new RateLimits(() -> now);

  @Test
  void aWholeAmountMayComeAtOnceAndThenOneByOne() {
    for (int i = 5; i >= 0; i--) {
      assertEquals(i, limits.take("web", SIX_A_MINUTE, 1).left());
    }
    RateLimits.Left refused = limits.take("web", SIX_A_MINUTE, 1);
    assertFalse(refused.allowed());
    assertEquals(Duration.ofSeconds(10), refused.time());
    now = now.plusSeconds(10);
    assertTrue(limits.take("web", SIX_A_MINUTE, 1).allowed());
    assertFalse(limits.take("web", SIX_A_MINUTE, 1).allowed());
    assertTrue(limits.take("fair", SIX_A_MINUTE, 1).allowed(), "another source has its own");
  }

  @Test
  void aRefusedRequestTakesNothingAndOneOfMoreThanTheAmountTakesAllOfIt() {
    assertTrue(limits.take("web", SIX_A_MINUTE, 4).allowed());
    assertFalse(limits.take("web", SIX_A_MINUTE, 3).allowed());
    assertTrue(limits.take("web", SIX_A_MINUTE, 2).allowed());
    assertFalse(limits.look("web", SIX_A_MINUTE).allowed());
    now = now.plusSeconds(60);
    assertTrue(limits.take("web", SIX_A_MINUTE, 1_000).allowed());
    assertEquals(0, limits.look("web", SIX_A_MINUTE).left());
  }

  @Test
  void withinAnyTimeNoMoreComesThroughThanTheAmountAndWhatFlowsInMeanwhile() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    Instant began = now;
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      now = now.plusMillis(random.nextInt(3_000));
      int wanted = 1 + random.nextInt(6);
      taken += limits.take("web", SIX_A_MINUTE, wanted).allowed() ? wanted : 0;
      double most = 6 + Duration.between(began, now).toMillis() * 6 / 60_000.0;
      assertTrue(taken <= most + 1e-6, "seed %d: %d > %f".formatted(seed, taken, most));
    }
    double share = taken / (Duration.between(began, now).toMillis() * 6 / 60_000.0);
    assertTrue(share > 0.95, "seed %d: who asks often gets his rate: %f".formatted(seed, share));
  }
}
