package io.bailiwick.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void itGoesOnAsLongAsThingsBecomeQuicker() {
    var warmUp = new WarmUp(100);
    for (double rate : new double[] {100, 200, 400, 380, 600, 601, 590}) {
      assertTrue(warmUp.goesOn(rate, 3), "at " + rate);
    }
    assertFalse(warmUp.goesOn(605, 3), "three rounds in a row are no better");
  }

  @Test
  void itsPatienceEnds() {
    var warmUp = new WarmUp(5);
    assertTrue(warmUp.goesOn(100, 3));
    assertFalse(warmUp.goesOn(200, 3));
  }

  @Test
  void curvesGoUpTenfoldToTheirEnd() {
    assertEquals(List.of(1_000L, 10_000L, 100_000L), Sizes.upTo(100_000));
    assertEquals(List.of(1_000L, 5_000L), Sizes.upTo(5_000));
    assertEquals(List.of(1_000L), Sizes.upTo(1_000));
  }
}
