package io.bailiwick.replay.compare;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Hunk;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What two rulebooks make of the same leads.
 *
 * @param base hash of the older rulebook
 * @param candidate hash of the newer
 * @param hunks what differs between them
 * @param counts how many leads changed how, because of the rules
 * @param groups the changes because of the rules, the largest first
 * @param world the changes because of the territories alone, under the older rules
 * @param territories leads assigned to each territory before and after, by name
 * @param changed the first changed leads, in their order, for tables
 */
public record Comparison(
    String base,
    String candidate,
    List<Hunk> hunks,
    Map<Change, Long> counts,
    List<Group> groups,
    List<Group> world,
    SortedMap<String, Volume> territories,
    List<Changed> changed) {

  /** How many leads a territory is assigned before and after. */
  public record Volume(long before, long after) {}

  public Comparison {
    hunks = List.copyOf(hunks);
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    groups = List.copyOf(groups);
    world = List.copyOf(world);
    territories = Collections.unmodifiableSortedMap(new TreeMap<>(territories));
    changed = List.copyOf(changed);
  }

  /** How many leads were compared. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many leads changed so. */
  public long count(Change change) {
    return counts.getOrDefault(change, 0L);
  }

  /** How many leads changed at all because of the rules. */
  public long changes() {
    return total() - count(Change.SAME);
  }
}
