package io.bailiwick.drools;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.Territory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The placements of the territories that leads are assigned to, each kept for as long as it stays
 * the same, which is within one minute of its territory's age. One thread at a time.
 */
final class Placements {

  private record Kept(Territory territory, Placement placement, Instant from, Instant until) {

    boolean is(Territory wanted, Flag permitted, Instant at) {
      return territory.equals(wanted)
          && placement.permitted() == permitted
          && !at.isBefore(from)
          && at.isBefore(until);
    }
  }

  private final Duration propagation;

  /** By name; territories of the same name are told apart by what they are. */
  private final Map<String, Kept> kept = new HashMap<>();

  Placements(Duration propagation) {
    this.propagation = propagation;
  }

  /** As {@link Placement#of}, whose bounds it has. */
  Placement of(Territory territory, Flag permitted, Instant at) {
    Kept last = kept.get(territory.name());
    if (last != null && last.is(territory, permitted, at)) {
      return last.placement;
    }
    var placement = Placement.of(territory, permitted, at, propagation);
    Instant until = until(territory, placement, at);
    if (at.isBefore(until)) {
      kept.put(territory.name(), new Kept(territory, placement, at, until));
    }
    return placement;
  }

  /** When it is another one; not later than {@code at} where that is not known. */
  private static Instant until(Territory territory, Placement placement, Instant at) {
    Long age = placement.ageMinutes();
    if (age == null || at.isBefore(territory.since())) {
      return at;
    }
    Instant older = territory.since().plus(Duration.ofMinutes(age + 1));
    @Nullable Instant ready = placement.readyAt();
    return ready != null && ready.isBefore(older) ? ready : older;
  }
}
