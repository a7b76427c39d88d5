package io.bailiwick.sandbox;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A small world for the sandbox's own tests. */
final class Samples {

  static final String WEST = "3652397000001234567";
  static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

  private Samples() {}

  static TerritoryReading start() {
    Listed root = new Listed("1", "Root", null, null, Flag.YES, Flag.YES, LONG_AGO, Staff.UNKNOWN);
    Listed west =
        new Listed(WEST, "West Region", "1", "Pat", Flag.YES, Flag.YES, LONG_AGO, Staff.UNKNOWN);
    Listed shut =
        new Listed("4", "No Access", "1", null, Flag.YES, Flag.NO, LONG_AGO, Staff.UNKNOWN);
    return new TerritoryReading(List.of(root, west, shut), Set.of("1"), Flag.YES);
  }

  static SandboxModel model(boolean adopt) {
    var settings = SandboxSettings.STANDARD.withPort(0).withAdopt(adopt);
    return new SandboxModel(settings, start(), "77", new SettableClock());
  }
}
