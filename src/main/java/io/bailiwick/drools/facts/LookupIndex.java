package io.bailiwick.drools.facts;

import io.bailiwick.drools.facts.LookupTable.Role;
import io.bailiwick.drools.facts.LookupTable.Row;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the rows of a lookup table that belong to a lead: by one hash of its keys, then within the
 * range by a search that looks at no row far from the value. Immutable once built and shared by all
 * sessions, since a table inside each would cost tens of megabytes a session.
 *
 * @param <R> what a row is found as
 */
final class LookupIndex<R> {

  private static final Object ABSENT = new Object();

  /**
   * The rows of one key by their lower bounds; {@code highest} is the largest upper bound so far.
   */
  private static final class Group<R> {
    private final List<Bounded<R>> rows = new ArrayList<>();
    private @Nullable Object[] highest = {};
  }

  private record Bounded<R>(@Nullable Object from, @Nullable Object to, R found) {}

  private final int[] keys;
  private final int rangeOf;
  private final Map<Object, Group<R>> groups = new HashMap<>();

  LookupIndex(LookupTable table, Function<Row, R> found) {
    List<Integer> keyColumns = table.columns(Role.KEY);
    this.keys = keyColumns.stream().mapToInt(i -> table.columns().get(i).ofLead()).toArray();
    int from = table.columns(Role.FROM).stream().findFirst().orElse(-1);
    int to = table.columns(Role.TO).stream().findFirst().orElse(-1);
    int range = Math.max(from, to);
    this.rangeOf = range < 0 ? -1 : table.columns().get(range).ofLead();
    for (Row row : table.rows()) {
      @Nullable Object[] values = row.values();
      Object[] parts = keyColumns.stream().map(i -> values[i]).toArray();
      groups
          .computeIfAbsent(parts.length == 1 ? parts[0] : Arrays.asList(parts), g -> new Group<>())
          .rows
          .add(
              new Bounded<>(
                  from < 0 ? null : values[from], to < 0 ? null : values[to], found.apply(row)));
    }
    groups.values().forEach(LookupIndex::order);
  }

  /** Whether no lead can have two rows. */
  boolean isSingle() {
    return groups.values().stream().allMatch(this::isSingle);
  }

  private boolean isSingle(Group<R> group) {
    for (int i = 1; i < group.rows.size(); i++) {
      Object from = group.rows.get(i).from();
      Object before = group.highest[i - 1];
      if (rangeOf < 0 || from == null || before == null || compare(from, before) <= 0) {
        return false;
      }
    }
    return true;
  }

  /** The first row that belongs to a lead of these values; null where none does. */
  @Nullable
  R first(@Nullable Object[] lead) {
    Object key = key(lead);
    Group<R> group = key == ABSENT ? null : groups.get(key);
    if (group == null) {
      return null;
    }
    Object value = rangeOf < 0 ? null : lead[rangeOf];
    if (value == null) {
      return rangeOf < 0 ? group.rows.get(0).found() : null;
    }
    int last = lastFrom(group, value);
    return last >= 0 && reaches(group.rows.get(last).to(), value)
        ? group.rows.get(last).found()
        : null;
  }

  /** Adds the rows that belong to a lead of these values, in the order of their lower bounds. */
  void collect(@Nullable Object[] lead, List<? super R> into) {
    Object key = key(lead);
    Group<R> group = key == ABSENT ? null : groups.get(key);
    if (group == null) {
      return;
    }
    if (rangeOf < 0) {
      group.rows.forEach(row -> into.add(row.found()));
      return;
    }
    Object value = lead[rangeOf];
    if (value != null) {
      collect(group, value, into);
    }
  }

  private static <R> void collect(Group<R> group, Object value, List<? super R> into) {
    int first = into.size();
    for (int i = lastFrom(group, value); i >= 0; i--) {
      if (!reaches(group.highest[i], value)) {
        break;
      }
      if (reaches(group.rows.get(i).to(), value)) {
        into.add(group.rows.get(i).found());
      }
    }
    java.util.Collections.reverse(into.subList(first, into.size()));
  }

  /** The last row whose lower bound is not above the value; -1 where there is none. */
  private static <R> int lastFrom(Group<R> group, Object value) {
    int low = 0;
    int high = group.rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Object from = group.rows.get(middle).from();
      if (from == null || compare(from, value) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private static boolean reaches(@Nullable Object to, Object value) {
    return to == null || compare(to, value) >= 0;
  }

  private static <R> void order(Group<R> group) {
    group.rows.sort(
        Comparator.comparing(Bounded::from, Comparator.nullsFirst(LookupIndex::compare)));
    group.highest = new Object[group.rows.size()];
    for (int i = 0; i < group.rows.size(); i++) {
      Object to = group.rows.get(i).to();
      Object before = i == 0 ? to : group.highest[i - 1];
      if (to == null || before == null) {
        group.highest[i] = null;
      } else {
        group.highest[i] = compare(to, before) > 0 ? to : before;
      }
    }
  }

  /** The key of a lead's values; ABSENT where it lacks one. */
  private Object key(@Nullable Object[] lead) {
    if (keys.length == 1) {
      Object only = lead[keys[0]];
      return only == null ? ABSENT : only;
    }
    @Nullable Object[] parts = new Object[keys.length];
    for (int i = 0; i < keys.length; i++) {
      parts[i] = lead[keys[i]];
      if (parts[i] == null) {
        return ABSENT;
      }
    }
    return Arrays.asList(parts);
  }

  /** Values of one column are of one kind, a text or a number. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object one, Object other) {
    return ((Comparable) one).compareTo(other);
  }
}
