package io.bailiwick.flow;

import io.bailiwick.flow.ShadowStanding.Difference;
import io.bailiwick.flow.ShadowStanding.Group;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a shadow decides otherwise; in memory, and bounded whatever the number of leads. */
final class ShadowTally {

  /** The most differing leads that are kept; the eldest gives way. */
  static final int MOST_DIFFERENCES = 1_000;

  /** The most groups; what comes after them is counted, and not grouped. */
  static final int MOST_GROUPS = 1_000;

  /** Where a lead stands whose judge broke, as the dispatcher would park it. */
  private static final Standing BROKEN = new Standing(null, "internal");

  /** A lead's decision, to be held against the shadow's. */
  record Asked(String lead, Instant at, Decision decision) {}

  private record Key(Change change, Standing from, Standing to) {}

  private final Map<Change, Long> counts = new EnumMap<>(Change.class);
  private final Map<Key, Long> groups = new HashMap<>();
  private final Map<String, Difference> differences = new LinkedHashMap<>();
  private long number;
  private long skipped;

  ShadowTally() {
    for (Change change : Change.values()) {
      counts.put(change, 0L);
    }
  }

  void skip(int leads) {
    skipped += leads;
  }

  /** Counts one lead; the shadow's decision is null where its judge broke. */
  Change count(Asked asked, @Nullable Decision shadow) {
    Change change = shadow == null ? Change.ERROR : Change.of(asked.decision(), shadow);
    counts.merge(change, 1L, Long::sum);
    if (change != Change.SAME) {
      Standing from = Standing.of(asked.decision());
      Standing to = shadow == null ? BROKEN : Standing.of(shadow);
      var key = new Key(change, from, to);
      if (groups.size() < MOST_GROUPS || groups.containsKey(key)) {
        groups.merge(key, 1L, Long::sum);
      }
      RuleHit rule = shadow == null ? null : shadow.receipt().settledBy();
      keep(
          new Difference(
              ++number,
              asked.lead(),
              asked.at(),
              change,
              from,
              to,
              asked.decision().receipt().settledBy(),
              rule));
    }
    return change;
  }

  ShadowStanding standing(ShadowRun run) {
    List<Group> largestFirst = new ArrayList<>();
    groups.forEach((key, n) -> largestFirst.add(new Group(key.change, key.from, key.to, n)));
    largestFirst.sort(
        Comparator.comparingLong((Group group) -> -group.count())
            .thenComparing(Group::change)
            .thenComparing(Group::from)
            .thenComparing(Group::to));
    List<Difference> newestFirst = new ArrayList<>(differences.values());
    Collections.reverse(newestFirst);
    return new ShadowStanding(run, counts, skipped, largestFirst, newestFirst);
  }

  private void keep(Difference difference) {
    differences.remove(difference.lead());
    differences.put(difference.lead(), difference);
    if (differences.size() > MOST_DIFFERENCES) {
      differences.remove(differences.keySet().iterator().next());
    }
  }
}
