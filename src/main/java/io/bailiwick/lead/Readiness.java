package io.bailiwick.lead;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a territory can take leads: no blockers means ready. Only what is known to be NO blocks;
 * UNKNOWN never does, since the CRM's own answer settles it.
 *
 * @param blockers in the order of {@link Blocker}; the first is the one that is told
 * @param liftsAt when propagation ends, where that is a blocker
 */
public record Readiness(List<Blocker> blockers, @Nullable Instant liftsAt) {

  public Readiness {
    blockers = List.copyOf(blockers);
  }

  /**
   * Reads a territory's signs at one instant. {@code permitted} is the API user's profile
   * permission; {@code propagation} how long after creation the CRM's API refuses a territory.
   */
  public static Readiness of(
      Territory territory, Flag permitted, Instant now, Duration propagation) {
    if (!territory.listed()) {
      return new Readiness(List.of(Blocker.NOT_FOUND), null);
    }
    List<Blocker> blockers = new ArrayList<>();
    if (territory.active() == Flag.NO) {
      blockers.add(Blocker.INACTIVE);
    }
    if (territory.apiEnabled() == Flag.NO) {
      blockers.add(Blocker.API_DISABLED);
    }
    Instant readyAt = territory.since().plus(propagation);
    boolean propagating = now.isBefore(readyAt);
    if (propagating) {
      blockers.add(Blocker.PROPAGATING);
    }
    if (territory.member() == Flag.NO) {
      blockers.add(Blocker.NOT_A_MEMBER);
    }
    if (permitted == Flag.NO) {
      blockers.add(Blocker.NOT_PERMITTED);
    }
    return new Readiness(blockers, propagating ? readyAt : null);
  }

  /** Nothing is known to stand in the way. */
  public boolean ready() {
    return blockers.isEmpty();
  }
}
