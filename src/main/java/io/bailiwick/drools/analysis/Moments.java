package io.bailiwick.drools.analysis;

import io.bailiwick.drools.facts.BusinessHours;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The instants at which rules are looked at: now, and each instant from now on at which a rule
 * begins or ceases to count. Between two of them nothing changes but the hour of the week.
 */
final class Moments {

  private static final int HOURS = 24 * 14;

  private final @Nullable BusinessHours hours;
  private final List<Instant> begins;

  Moments(List<CheckedRule> rules, @Nullable BusinessHours hours, Instant now) {
    this.hours = hours;
    var instants = new TreeSet<>(List.of(now));
    for (CheckedRule rule : rules) {
      for (Instant edge : new @Nullable Instant[] {rule.from(), rule.until()}) {
        if (edge != null && edge.isAfter(now)) {
          instants.add(edge);
        }
      }
    }
    this.begins = List.copyOf(instants);
  }

  /** When each stretch of time begins. */
  List<Instant> begins() {
    return begins;
  }

  /** An instant of the stretch at which the box's clock fields hold; null where none was found. */
  @Nullable
  Instant within(Box box, Instant begin) {
    List<ValueSet> asked = new ArrayList<>();
    for (String name : List.of("weekday", "businessHours", "opensAt")) {
      ValueSet set = box.sets().get(name);
      if (set != null) {
        asked.add(set);
      }
    }
    if (asked.isEmpty()) {
      return begin;
    }
    int index = begins.indexOf(begin);
    Instant end = index + 1 < begins.size() ? begins.get(index + 1) : Instant.MAX;
    for (int i = 0; i < HOURS; i++) {
      Instant at = begin.plus(Duration.ofHours(i));
      if (at.isBefore(end) && holds(asked, at)) {
        return at;
      }
    }
    return null;
  }

  private boolean holds(List<ValueSet> asked, Instant at) {
    if (hours == null) {
      return false;
    }
    BusinessHours.Moment moment = hours.at(at);
    return asked.stream()
        .allMatch(
            set ->
                switch (set.field().name()) {
                  case "weekday" -> set.holds(moment.weekday());
                  case "businessHours" -> set.holds(moment.businessHours());
                  default -> moment.opensAt() == null ? set.absent() : !set.values().isEmpty();
                });
  }
}
