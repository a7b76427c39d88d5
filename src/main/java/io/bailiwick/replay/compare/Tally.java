package io.bailiwick.replay.compare;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Standing;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.compare.Comparison.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts changes and gathers them in groups; keeps a few leads of each, never all. */
final class Tally {

  private static final int SAMPLES = 5;
  private static final int MAX_GROUPS = 5_000;
  private static final int MAX_CHANGED = 2_000;

  /** Beside which territories and when a lead was decided. */
  record When(TerritorySnapshot snapshot, Instant at) {}

  private record Key(
      Change change,
      Standing from,
      Standing to,
      @Nullable String ruleBefore,
      @Nullable String ruleAfter) {}

  private static final class Gathered {
    private long count;
    private final List<Changed> samples = new ArrayList<>();
    private final List<When> when = new ArrayList<>();
  }

  private final Consumer<Changed> listener;
  private final Map<Change, Long> counts = new EnumMap<>(Change.class);
  private final Map<Key, Gathered> rules = new HashMap<>();
  private final Map<Key, Gathered> world = new HashMap<>();
  private final SortedMap<String, Volume> volumes = new TreeMap<>();
  private final List<Changed> changed = new ArrayList<>();

  Tally(Consumer<Changed> listener) {
    this.listener = listener;
  }

  void rules(Row row, Decision before, Decision after, When when) {
    Change change = Change.of(before, after);
    counts.merge(change, 1L, Long::sum);
    volume(before, true);
    volume(after, false);
    if (change != Change.SAME) {
      var one = new Changed(row, change, before, after);
      listener.accept(one);
      if (changed.size() < MAX_CHANGED) {
        changed.add(one);
      }
      gather(rules, one, when);
    }
  }

  void world(Row row, Decision before, Decision after, When when) {
    Change change = Change.of(before, after);
    if (change != Change.SAME) {
      gather(world, new Changed(row, change, before, after), when);
    }
  }

  Comparison comparison(String base, String candidate, List<Hunk> hunks, @Nullable Causes causes) {
    List<Group> groups = groups(rules, causes);
    return new Comparison(
        base, candidate, hunks, counts, groups, groups(world, null), volumes, changed);
  }

  private void volume(Decision decision, boolean before) {
    Standing standing = Standing.of(decision);
    if (standing.waits() == null && standing.territory() != null) {
      volumes.merge(
          standing.territory(),
          before ? new Volume(1, 0) : new Volume(0, 1),
          (a, b) -> new Volume(a.before() + b.before(), a.after() + b.after()));
    }
  }

  private static void gather(Map<Key, Gathered> into, Changed one, When when) {
    var key =
        new Key(
            one.change(),
            Standing.of(one.before()),
            Standing.of(one.after()),
            rule(one.before()),
            rule(one.after()));
    if (into.size() >= MAX_GROUPS && !into.containsKey(key)) {
      key = new Key(one.change(), key.from, key.to, null, null);
    }
    Gathered gathered = into.computeIfAbsent(key, k -> new Gathered());
    gathered.count++;
    if (gathered.samples.size() < SAMPLES) {
      gathered.samples.add(one);
      gathered.when.add(when);
    }
  }

  private static List<Group> groups(Map<Key, Gathered> all, @Nullable Causes causes) {
    List<Group> groups = new ArrayList<>();
    all.forEach((key, gathered) -> groups.add(group(key, gathered, causes)));
    groups.sort(
        Comparator.comparingLong((Group g) -> -g.count())
            .thenComparing(Group::change)
            .thenComparing(Group::from)
            .thenComparing(Group::to)
            .thenComparing(g -> String.valueOf(g.ruleBefore()))
            .thenComparing(g -> String.valueOf(g.ruleAfter())));
    return groups;
  }

  private static Group group(Key key, Gathered gathered, @Nullable Causes causes) {
    var found =
        causes == null
            ? new Causes.Found(List.of(), false)
            : causes.of(gathered.samples.get(0), gathered.when.get(0));
    return new Group(
        key.change,
        key.from,
        key.to,
        key.ruleBefore,
        key.ruleAfter,
        gathered.count,
        gathered.samples,
        found.hunks(),
        found.together());
  }

  private static @Nullable String rule(Decision decision) {
    RuleHit hit = decision.receipt().settledBy();
    return hit == null ? null : "\"%s\" %s".formatted(hit.rule(), hit.place());
  }
}
