package io.bailiwick.flow;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.ShadowStanding.Difference;
import io.bailiwick.flow.ShadowStanding.Group;
import io.bailiwick.flow.ShadowTally.Asked;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.TerritoryRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShadowTallyTest {

  private final ShadowTally tally = new ShadowTally();
  private int leads;

  @Test
  void whatDiffersIsGroupedTheLargestFirstAndNumbered() {
    assertEquals(Change.SAME, count("West", "West"));
    assertEquals(Change.MOVED, count("West", "East"));
    assertEquals(Change.MOVED, count("West", "North"));
    assertEquals(Change.MOVED, count("West", "North"));
    assertEquals(Change.ERROR, tally.count(new Asked("broken", NOON, to("West")), null));
    var standing = standing();
    assertEquals("North", standing.groups().get(0).to().told());
    assertEquals(List.of(2L, 1L, 1L), standing.groups().stream().map(Group::count).toList());
    assertEquals(
        List.of(4L, 3L, 2L, 1L), standing.differences().stream().map(Difference::number).toList());
    assertEquals("broken", standing.differences().get(0).lead());
    assertEquals(5, standing.compared());
  }

  @Test
  void noMoreThanAThousandGroupsAreKeptAndTheirFiguresGoOn() {
    for (int i = 0; i < 1_100; i++) {
      count("West", "T" + i);
    }
    count("West", "T7");
    count("West", "T1099");
    var standing = standing();
    assertEquals(1_000, standing.groups().size());
    assertEquals(2, standing.groups().get(0).count(), "that of T7, which was known");
    assertEquals(1_102, standing.counts().get(Change.MOVED));
  }

  private Change count(String before, String after) {
    return tally.count(new Asked("lead-" + ++leads, NOON, to(before)), to(after));
  }

  private static Decision to(String territory) {
    return Decision.assign(new TerritoryRef(territory, territory), Samples.receipt("snapshot"));
  }

  private ShadowStanding standing() {
    return tally.standing(new ShadowRun("summer", "hash", "serving", NOON));
  }
}
