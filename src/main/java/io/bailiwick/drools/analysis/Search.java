package io.bailiwick.drools.analysis;

import io.bailiwick.lead.Nullable;
import java.util.List;
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

  private final Function<Box, @Nullable T> show;
  private int steps;
  private boolean unsure;
  private @Nullable Box found;

  /** {@code show} makes an example of a box, or null where it cannot; {@code steps} bounds it. */
  Search(Function<Box, @Nullable T> show, int steps) {
    this.show = show;
    this.steps = steps;
  }

  Result<T> inside(Box box, List<Box> outside) {
    T shown = cut(box, outside, 0);
    Box where = found;
    if (shown != null && where != null) {
      return new Result.Found<>(shown, where);
    }
    return unsure || steps <= 0 ? new Result.Unknown<>() : new Result.None<>();
  }

  private @Nullable T cut(Box box, List<Box> outside, int from) {
    if (steps-- <= 0) {
      return null;
    }
    int next = from;
    while (next < outside.size() && !box.meets(outside.get(next))) {
      next++;
    }
    if (next == outside.size()) {
      return shown(box);
    }
    Box away = outside.get(next);
    Box rest = box;
    for (ValueSet set : fewestFirst(away)) {
      for (ValueSet left : rest.of(set.field()).minus(set)) {
        T shown = cut(rest.with(left), outside, next + 1);
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
    return away.opaque() ? cut(rest.withOpaque(), outside, next + 1) : null;
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
            java.util.Comparator.comparingInt((ValueSet s) -> s.values().stretches().size())
                .thenComparing(s -> s.field().name()))
        .toList();
  }
}
