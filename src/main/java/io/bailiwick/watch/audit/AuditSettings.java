package io.bailiwick.watch.audit;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The audit's knobs.
 *
 * @param at the local time it is due
 * @param zone whose local time
 * @param propagation how long after creation the CRM's API refuses a territory
 * @param staleAfter how old a reading of the territories may be
 */
public record AuditSettings(LocalTime at, ZoneId zone, Duration propagation, Duration staleAfter) {

  /** 02:00 UTC, a quarter of an hour, a day. */
  public static final AuditSettings DEFAULT =
      new AuditSettings(
          LocalTime.of(2, 0), ZoneId.of("UTC"), Duration.ofMinutes(15), Duration.ofHours(24));

  AuditDays days() {
    return new AuditDays(at, zone);
  }
}
