package io.bailiwick.drools.analysis;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes a lead of a box and lets the engine decide it, beside territories that are all ready. */
final class Examples {

  /** A lead that shows something, and what the engine said of it. */
  record Shown(Lead lead, Instant at, Decision decision) {}

  private static final int MAX_SNAPSHOTS = 1_000;

  private final Samples samples;
  private final Moments moments;
  private final Analysis.Engine engine;
  private final Set<String> names;
  private final boolean byLead;
  private final TerritorySnapshot ready;
  private final Map<Set<String>, TerritorySnapshot> more = new HashMap<>();

  /** {@code byLead}: some rule takes the name of its territory from a lead. */
  Examples(
      Samples samples, Moments moments, Analysis.Engine engine, Set<String> names, boolean byLead) {
    this.samples = samples;
    this.moments = moments;
    this.engine = engine;
    this.names = names;
    this.byLead = byLead;
    this.ready = ready(names, moments.begins().get(0));
  }

  /** Decides a lead of the box; null where none can be made. */
  @Nullable
  Shown decided(Box box, Instant begin) {
    Lead lead = samples.of(box);
    Instant at = moments.within(box, begin);
    return lead == null || at == null
        ? null
        : new Shown(lead, at, engine.decide(lead, territories(lead), at));
  }

  /** All that rules name, and where a rule names them by the lead, those that this lead names. */
  private TerritorySnapshot territories(Lead lead) {
    if (!byLead) {
      return ready;
    }
    Set<String> named = new TreeSet<>();
    lead.values().values().forEach(value -> named.add(value.toString()));
    named.removeAll(names);
    if (more.size() >= MAX_SNAPSHOTS) {
      more.clear();
    }
    return more.computeIfAbsent(
        named,
        some -> {
          Set<String> all = new TreeSet<>(names);
          all.addAll(some);
          return ready(all, moments.begins().get(0));
        });
  }

  private static TerritorySnapshot ready(Set<String> names, Instant now) {
    Instant longAgo = now.minus(Duration.ofDays(365));
    List<Territory> territories = new ArrayList<>();
    for (String name : names) {
      territories.add(
          new Territory(
              "id " + name,
              name,
              null,
              null,
              Flag.YES,
              Flag.YES,
              longAgo,
              longAgo,
              Staff.UNKNOWN,
              Flag.YES,
              true));
    }
    return new TerritorySnapshot(territories, Flag.YES);
  }
}
