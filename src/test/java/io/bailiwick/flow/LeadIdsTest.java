package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Samples;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeadIdsTest {

  /** RFC 9562, 5.7. */
  @Test
  void eachIsAUuidOfTheSeventhVersionThatBeginsWithTheMillisecond() {
    var ids = new LeadIds(InstantSource.fixed(Samples.NOON), new Random(1));
    Set<String> all = new HashSet<>();
    long bits = 0;
    for (int i = 0; i < 10_000; i++) {
      String id = ids.next();
      var uuid = UUID.fromString(id);
      assertEquals(7, uuid.version());
      assertEquals(2, uuid.variant());
      assertEquals(Samples.NOON.toEpochMilli(), uuid.getMostSignificantBits() >>> 16);
      bits |= uuid.getMostSignificantBits() & 0xFFF;
      all.add(id);
    }
    assertEquals(10_000, all.size());
    assertEquals(0xFFF, bits, "the rest is drawn");
  }

  @Test
  void theySortByTheTimeTheyWereMade() {
    var random = new Random(1);
    var early = new LeadIds(InstantSource.fixed(Samples.NOON), random);
    var late = new LeadIds(InstantSource.fixed(Samples.NOON.plusMillis(1)), random);
    for (int i = 0; i < 100; i++) {
      assertTrue(early.next().compareTo(late.next()) < 0);
    }
  }
}
