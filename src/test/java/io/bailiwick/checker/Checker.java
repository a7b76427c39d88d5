package io.bailiwick.checker;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Holds what a run left behind against each promise. */
public final class Checker {

  private static final int TOLD = 3;

  private Checker() {}

  /** What was not kept, by the promise; empty where all was. */
  public static Map<Condition, List<String>> broken(Evidence evidence) {
    Map<Condition, List<String>> broken = new EnumMap<>(Condition.class);
    for (Condition condition : Condition.values()) {
      List<String> found = condition.broken(evidence);
      if (!found.isEmpty()) {
        broken.put(condition, found);
      }
    }
    return broken;
  }

  /** Throws AssertionError that names each promise that was not kept. */
  public static void check(Evidence evidence) {
    Map<Condition, List<String>> broken = broken(evidence);
    if (!broken.isEmpty()) {
      var told = new StringBuilder();
      broken.forEach(
          (condition, found) -> {
            told.append("%n%s: %s".formatted(condition, condition.promise()));
            found.stream().limit(TOLD).forEach(one -> told.append("%n  ".formatted()).append(one));
            if (found.size() > TOLD) {
              told.append("%n  and %d more".formatted(found.size() - TOLD));
            }
          });
      throw new AssertionError(told.toString());
    }
  }
}
