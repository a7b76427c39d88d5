package io.bailiwick.lead;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The territory that the routing rules chose, laid flat as a fact for the readiness rules.
 *
 * @param territory its name
 * @param listed NO where a rule named a territory that the CRM does not list
 * @param propagated NO until the propagation time after creation has passed
 * @param member whether the API user is a member of it or of an ancestor
 * @param permitted whether the API user's profile may manage territories
 * @param ageMinutes whole minutes since creation, or since we first saw it
 * @param readyAt when propagation ends; absent where it has ended
 * @param readiness all of the above read together
 */
public record Placement(
    String territory,
    Flag listed,
    Flag active,
    Flag apiEnabled,
    Flag propagated,
    Flag member,
    Flag permitted,
    @Nullable Long ageMinutes,
    @Nullable Instant readyAt,
    Readiness readiness) {

  /** The placement of a lead in a territory at one instant; bounds as {@link Readiness#of}. */
  public static Placement of(
      Territory territory, Flag permitted, Instant now, Duration propagation) {
    Readiness readiness = Readiness.of(territory, permitted, now, propagation);
    boolean propagating = readiness.blockers().contains(Blocker.PROPAGATING);
    return new Placement(
        territory.name(),
        Flag.of(territory.listed()),
        territory.active(),
        territory.apiEnabled(),
        territory.listed() ? Flag.of(!propagating) : Flag.UNKNOWN,
        territory.member(),
        permitted,
        territory.listed() ? Duration.between(territory.since(), now).toMinutes() : null,
        readiness.liftsAt(),
        readiness);
  }

  /** Looked up for each lead; the name and the age tell nearly all of them apart. */
  @Override
  public int hashCode() {
    return 31 * territory.hashCode() + Objects.hashCode(ageMinutes);
  }
}
