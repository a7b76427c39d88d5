package io.bailiwick.drools.analysis;

import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * A set of texts or of whole numbers as disjoint stretches in their order, each from its first
 * value to just before its end. A single value is a stretch too, since each value has a next one: a
 * number plus one, a text with one NUL more.
 */
final class Intervals {

  /** One stretch; {@code end} is no part of it, null for no end. */
  record Stretch(Object from, @Nullable Object end) {

    boolean holds(Object value) {
      return compare(from, value) <= 0 && (end == null || compare(value, end) < 0);
    }

    /** Whether it holds one value only. */
    boolean single() {
      return end != null && end.equals(next(from));
    }
  }

  private final List<Stretch> stretches;
  private @Nullable Boolean countable;

  private Intervals(List<Stretch> stretches) {
    this.stretches = stretches;
  }

  static Intervals none() {
    return new Intervals(List.of());
  }

  /** From a value to just before the end; null for no end. */
  static Intervals between(Object from, @Nullable Object end) {
    boolean some = end == null || compare(from, end) < 0;
    return some ? new Intervals(List.of(new Stretch(from, end))) : none();
  }

  /** These values and no other. */
  static Intervals of(Collection<?> values) {
    List<Stretch> stretches = new ArrayList<>();
    for (Object value : new TreeSet<>(values)) {
      stretches.add(new Stretch(value, next(value)));
    }
    return new Intervals(stretches);
  }

  List<Stretch> stretches() {
    return stretches;
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }

  /** Whether its values can be counted. */
  boolean countable() {
    if (countable == null) {
      countable = stretches.stream().allMatch(Stretch::single);
    }
    return countable;
  }

  boolean holds(Object value) {
    int low = 0;
    int high = stretches.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Stretch stretch = stretches.get(middle);
      if (stretch.holds(value)) {
        return true;
      }
      if (compare(stretch.from(), value) > 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return false;
  }

  /** Whether some value is in both. */
  boolean meets(Intervals other) {
    if (this == other) {
      return !isEmpty();
    }
    boolean fewer = stretches.size() <= other.stretches.size();
    Intervals many = fewer ? other : this;
    for (Stretch stretch : fewer ? stretches : other.stretches) {
      if (many.meets(stretch)) {
        return true;
      }
    }
    return false;
  }

  private boolean meets(Stretch stretch) {
    int low = 0;
    int high = stretches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Object end = stretches.get(middle).end();
      if (end != null && compare(end, stretch.from()) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    // The first that ends behind the stretch's beginning.
    return low < stretches.size()
        && (stretch.end() == null || compare(stretches.get(low).from(), stretch.end()) < 0);
  }

  Intervals and(Intervals other) {
    if (this == other) {
      return this;
    }
    if (stretches.size() <= other.stretches.size() && countable()) {
      return held(other, true);
    }
    if (other.stretches.size() <= stretches.size() && other.countable()) {
      return other.held(this, true);
    }
    List<Stretch> both = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < stretches.size() && j < other.stretches.size()) {
      Stretch mine = stretches.get(i);
      Stretch theirs = other.stretches.get(j);
      Object from = later(mine.from(), theirs.from());
      Object end = sooner(mine.end(), theirs.end());
      if (end == null || compare(from, end) < 0) {
        both.add(new Stretch(from, end));
      }
      if (sooner(mine.end(), theirs.end()) == mine.end()) {
        i++;
      } else {
        j++;
      }
    }
    return new Intervals(both);
  }

  /** What of this is not in the other. */
  Intervals minus(Intervals other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    boolean fewer = stretches.size() <= other.stretches.size();
    return fewer && countable() ? held(other, false) : and(other.outside(lowest()));
  }

  /** Of single values those that another set holds, or does not. */
  private Intervals held(Intervals other, boolean held) {
    List<Stretch> left = new ArrayList<>();
    for (Stretch stretch : stretches) {
      if (other.holds(stretch.from()) == held) {
        left.add(stretch);
      }
    }
    return left.size() == stretches.size() ? this : new Intervals(left);
  }

  /** Those of all of them. */
  static Intervals union(List<Intervals> some) {
    List<Stretch> all = new ArrayList<>();
    some.forEach(one -> all.addAll(one.stretches));
    all.sort((a, b) -> compare(a.from(), b.from()));
    List<Stretch> merged = new ArrayList<>();
    for (Stretch next : all) {
      Stretch last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || (last.end() != null && compare(last.end(), next.from()) < 0)) {
        merged.add(next);
      } else {
        merged.set(merged.size() - 1, new Stretch(last.from(), longer(last.end(), next.end())));
      }
    }
    return new Intervals(merged);
  }

  private Intervals outside(Object lowest) {
    List<Stretch> gaps = new ArrayList<>();
    Object from = lowest;
    for (Stretch stretch : stretches) {
      if (compare(from, stretch.from()) < 0) {
        gaps.add(new Stretch(from, stretch.from()));
      }
      if (stretch.end() == null) {
        return new Intervals(gaps);
      }
      from = later(from, stretch.end());
    }
    gaps.add(new Stretch(from, null));
    return new Intervals(gaps);
  }

  private Object lowest() {
    return stretches.get(0).from();
  }

  /** The value that follows in the order. */
  static Object next(Object value) {
    return value instanceof Long number ? (Object) (number + 1) : value + "\0";
  }

  private static Object later(Object one, Object other) {
    return compare(one, other) >= 0 ? one : other;
  }

  private static @Nullable Object sooner(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return compare(one, other) <= 0 ? one : other;
  }

  private static @Nullable Object longer(@Nullable Object one, @Nullable Object other) {
    return one == null || other == null ? null : later(one, other);
  }

  /** Values of one set are all texts or all numbers. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  static int compare(Object one, Object other) {
    return ((Comparable) one).compareTo(other);
  }
}
