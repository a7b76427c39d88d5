package io.bailiwick.drools.analysis;

import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Looks for a lead inside a box and outside of others, by cutting the others away field by field.
 * It ends: each cut lies outside one box more. Where it finds none there is none; what it finds is
 * shown by an example, or else it is not known.
 *
 * @param <T> what shows a find
 */
final class Search<T> {

  /** What came of it. */
  sealed interface Result<T> {

    /** There is one. */
    record Found<T>(T shown, Box box) implements Result<T> {}

    /** There is none. */
    record None<T>() implements Result<T> {}

    /** It could not be decided. */
    record Unknown<T>() implements Result<T> {}
  }

  /** Larger sets are not taken away before it is known that they matter. */
  private static final int FEW = 1_000;

  /** Each cut is a frame on the stack. */
  private static final int MAX_DEPTH = 1_000;

  private final Function<Box, @Nullable T> show;
  private final Work work;
  private int steps;
  private boolean unsure;
  private @Nullable Box found;

  /** {@code show} makes an example of a box, or null where it cannot; {@code steps} bounds it. */
  Search(Function<Box, @Nullable T> show, int steps, Work work) {
    this.show = show;
    this.steps = steps;
    this.work = work;
  }

  Result<T> inside(Box box, List<Box> outside) {
    List<Box> several = new ArrayList<>();
    Box rest = withoutOnes(box, outside, several);
    if (rest == null) {
      return new Result.None<>();
    }
    Box aside = Aside.of(rest, several);
    T first = aside == null ? null : show.apply(aside);
    if (aside != null && first != null) {
      return new Result.Found<>(first, aside);
    }
    work.take(several.size());
    // Those that take most away come first.
    several.sort(Comparator.comparingInt(one -> one.sets().size()));
    T shown = cut(rest, several, 0, 0);
    Box where = found;
    if (shown != null && where != null) {
      return new Result.Found<>(shown, where);
    }
    return unsure ? new Result.Unknown<>() : new Result.None<>();
  }

  /**
   * The box without those that ask one field only: of each field their values are taken away at
   * once. The others are put into {@code several}; null where nothing is left.
   */
  private static @Nullable Box withoutOnes(Box box, List<Box> outside, List<Box> several) {
    Map<String, List<ValueSet>> ones = new LinkedHashMap<>();
    for (Box one : outside) {
      ValueSet only = one.sets().size() == 1 ? one.sets().values().iterator().next() : null;
      boolean few = only != null && only.values().stretches().size() <= FEW;
      if (only != null && few && !one.opaque() && only.inside().isEmpty()) {
        ones.computeIfAbsent(only.field().name(), f -> new ArrayList<>()).add(only);
      } else {
        several.add(one);
      }
    }
    Box rest = box;
    for (List<ValueSet> sets : ones.values()) {
      ValueSet away = ValueSet.union(sets);
      List<ValueSet> left = rest.of(away.field()).minus(away);
      if (left.isEmpty()) {
        return null;
      }
      rest = rest.with(left.get(0));
    }
    return rest;
  }

  private @Nullable T cut(Box box, List<Box> outside, int from, int depth) {
    if (steps-- <= 0 || work.isOver() || depth > MAX_DEPTH) {
      unsure = true;
      return null;
    }
    int next = from;
    while (next < outside.size() && !box.meets(outside.get(next))) {
      next++;
    }
    work.take(1 + next - from);
    if (next == outside.size()) {
      return shown(box);
    }
    Box away = outside.get(next);
    Box rest = box;
    for (ValueSet set : fewestFirst(away)) {
      for (ValueSet left : rest.of(set.field()).minus(set)) {
        T shown = cut(rest.with(left), outside, next + 1, depth + 1);
        if (shown != null) {
          return shown;
        }
      }
      Box narrowed = rest.and(set);
      if (narrowed == null) {
        return null;
      }
      rest = narrowed;
    }
    // What is asked besides may fail, and then the lead is outside all the same.
    return away.opaque() ? cut(rest.withOpaque(), outside, next + 1, depth + 1) : null;
  }

  private @Nullable T shown(Box box) {
    T shown = show.apply(box);
    if (shown == null) {
      unsure = true;
    } else {
      found = box;
    }
    return shown;
  }

  private static List<ValueSet> fewestFirst(Box box) {
    return box.sets().values().stream()
        .sorted(
            Comparator.comparingInt((ValueSet s) -> s.values().stretches().size())
                .thenComparing(s -> s.field().name()))
        .toList();
  }
}
