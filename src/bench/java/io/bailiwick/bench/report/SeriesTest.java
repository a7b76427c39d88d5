package io.bailiwick.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  @Test
  void theMedianIsTheMiddleWhateverTheOrder() {
    assertEquals(3, Series.of(9, 1, 3).median());
    assertEquals(2.5, Series.of(4, 1, 2, 3).median());
    assertEquals(7, Series.of(7).median());
  }

  @Test
  void theSpreadIsFromTheLeastToTheMostInPartsOfTheMedian() {
    assertEquals(0.5, Series.of(100, 80, 130).spread(), 1e-9);
    assertEquals(0, Series.of(42).spread());
  }

  @Test
  void aRatioIsTakenRoundByRoundSoThatWhatSlowsBothCancels() {
    // The machine halves its speed in the second round, for both alike.
    Series ours = Series.of(80, 40, 82);
    Series limit = Series.of(100, 50, 100);
    Series ratio = ours.over(limit);
    assertEquals(List.of(0.8, 0.8, 0.82), ratio.samples());
    assertEquals(0.025, ratio.spread(), 1e-9);
  }

  @Test
  void samplesThatWereNotTakenInTurnHaveNoRatio() {
    assertThrows(IllegalArgumentException.class, () -> Series.of(1, 2).over(Series.of(1)));
  }

  @Test
  void noSampleAndWhatIsNoNumberAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Series(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Series.of(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Series.of(1).over(Series.of(0)));
  }
}
