package io.bailiwick.drools.analysis;

import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A guess at where, inside a box, others are not: field by field, the values that none of them asks
 * for. Right where it gives an answer, and most often it does; where it gives none, there may still
 * be some place.
 */
final class Aside {

  /** Sets of more values are not put together for a guess; a table may have a million. */
  private static final int MOST = 5_000;

  private Aside() {}

  /** A part of the box that lies outside all others; null where the guess failed. */
  static @Nullable Box of(Box box, List<Box> others) {
    Box rest = box;
    List<Box> left = new ArrayList<>(others);
    Set<String> tried = new HashSet<>();
    while (!left.isEmpty()) {
      String field = mostAsked(left, tried);
      if (field == null) {
        return null;
      }
      tried.add(field);
      ValueSet unasked = unasked(rest, sets(left, field));
      if (unasked != null) {
        rest = rest.with(unasked);
        left.removeIf(one -> one.sets().containsKey(field));
      }
    }
    return rest;
  }

  /** What the box holds of a field and none of the sets does; null where nothing was found. */
  private static @Nullable ValueSet unasked(Box box, List<ValueSet> sets) {
    ValueSet all = box.of(sets.get(0).field());
    if (all.absent() && sets.stream().noneMatch(ValueSet::absent)) {
      return new ValueSet(all.field(), Intervals.none(), List.of(), true);
    }
    long size = sets.stream().mapToLong(set -> set.values().stretches().size()).sum();
    if (size > MOST) {
      return null;
    }
    List<ValueSet> left = all.minus(ValueSet.union(sets));
    return left.isEmpty() ? null : left.get(0);
  }

  private static @Nullable String mostAsked(List<Box> boxes, Set<String> tried) {
    Map<String, Integer> times = new HashMap<>();
    boxes.forEach(box -> box.sets().keySet().forEach(f -> times.merge(f, 1, Integer::sum)));
    times.keySet().removeAll(tried);
    return times.entrySet().stream()
        .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(reverseByName()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static Comparator<Map.Entry<String, Integer>> reverseByName() {
    return Map.Entry.comparingByKey(Comparator.reverseOrder());
  }

  private static List<ValueSet> sets(List<Box> boxes, String field) {
    Set<ValueSet> sets = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Box box : boxes) {
      ValueSet set = box.sets().get(field);
      if (set != null) {
        sets.add(set);
      }
    }
    return List.copyOf(sets);
  }
}
