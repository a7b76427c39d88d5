package io.bailiwick.watch.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * When the audit of each local day is due: at a local time, or where clocks jump over it, as soon
 * as they have jumped; where it comes twice, the first time. A date that a zone left out altogether
 * has no audit. Pure.
 */
record AuditDays(LocalTime at, ZoneId zone) {

  /** A local day and when its audit is due. */
  record Day(LocalDate date, Instant due) {}

  /** The last day whose audit is due at this instant. */
  Day last(Instant now) {
    LocalDate date = now.atZone(zone).toLocalDate().plusDays(1);
    while (!exists(date) || due(date).isAfter(now)) {
      date = date.minusDays(1);
    }
    return new Day(date, due(date));
  }

  /** The day after it that exists. */
  Day after(Day day) {
    LocalDate date = day.date().plusDays(1);
    while (!exists(date)) {
      date = date.plusDays(1);
    }
    return new Day(date, due(date));
  }

  /** How many days there were from this date on and before that day. */
  long between(LocalDate first, Day day) {
    return first.isBefore(day.date())
        ? first.datesUntil(day.date()).filter(this::exists).count()
        : 0;
  }

  private Instant due(LocalDate date) {
    LocalDateTime local = date.atTime(at);
    ZoneOffsetTransition jump = zone.getRules().getTransition(local);
    return jump != null && jump.isGap() ? jump.getInstant() : local.atZone(zone).toInstant();
  }

  private boolean exists(LocalDate date) {
    ZoneOffsetTransition jump = zone.getRules().getTransition(date.atTime(LocalTime.NOON));
    return jump == null
        || !jump.isGap()
        || jump.getDateTimeBefore().isAfter(date.atStartOfDay())
        || jump.getDateTimeAfter().isBefore(date.plusDays(1).atStartOfDay());
  }
}
