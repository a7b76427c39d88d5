package io.bailiwick.replay.compare;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.Replay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Compares two rulebooks over the fixtures' leads, each at its own instant. */
public final class FixtureComparison {

  private FixtureComparison() {}

  /** What came of all leads; {@code changed} is told each that changed, in their order. */
  public static Comparison of(
      Fixtures fixtures, Rulebook base, Rulebook candidate, Consumer<Changed> changed) {
    var comparer = new Comparer(new Comparer.Sides(base, candidate, null), changed);
    take(fixtures, comparer);
    return comparer.finish();
  }

  /** Gives a comparer the fixtures' leads. */
  public static void take(Fixtures fixtures, Comparer comparer) {
    Map<Instant, List<Row>> byInstant = new LinkedHashMap<>();
    for (LeadCase one : fixtures.leads()) {
      byInstant
          .computeIfAbsent(one.at(), instant -> new ArrayList<>())
          .add(new Row(one.place(), one.name(), one.lead()));
    }
    byInstant.forEach(
        (instant, rows) ->
            comparer.take(rows, Replay.snapshot(fixtures.territories(), instant), instant));
  }
}
