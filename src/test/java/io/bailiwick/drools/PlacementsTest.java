package io.bailiwick.drools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Territory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept is what would be made anew, at every instant. */
class PlacementsTest {

  private static final Duration PROPAGATION = Duration.ofSeconds(15 * 60 + 7);
  private static final Territory WEST = Samples.territory("1", "West");

  @Test
  void aPlacementIsKeptForItsMinuteAndIsNeverAnotherThanOneMadeAnew() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("placements: seed " + seed);
    var random = new Random(seed);
    var placements = new Placements(PROPAGATION);
    List<Territory> territories =
        List.of(WEST, Samples.territory("2", "West"), Territory.missing("No"));
    for (int i = 0; i < 20_000; i++) {
      Territory territory = territories.get(random.nextInt(territories.size()));
      Flag permitted = Flag.values()[random.nextInt(Flag.values().length)];
      Instant at = WEST.since().plusMillis(random.nextInt(-200_000, 1_200_000));
      assertEquals(
          Placement.of(territory, permitted, at, PROPAGATION),
          placements.of(territory, permitted, at),
          () -> "at " + at);
    }
  }

  @Test
  void withinAMinuteItIsTheSame() {
    var placements = new Placements(PROPAGATION);
    Instant at = WEST.since().plus(Duration.ofDays(1));
    Placement first = placements.of(WEST, Flag.YES, at);
    assertSame(first, placements.of(WEST, Flag.YES, at));
    assertSame(first, placements.of(WEST, Flag.YES, at.plusSeconds(59)));
    assertEquals(
        first.ageMinutes() + 1, placements.of(WEST, Flag.YES, at.plusSeconds(60)).ageMinutes());
  }
}
