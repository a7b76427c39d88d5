package io.bailiwick.bench.measure;

import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.measure.Contestant.Sample;
import io.bailiwick.bench.report.Figure.Pair;
import io.bailiwick.bench.report.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Rounds taken in turn, A B C A B C …, so that whatever drifts drifts for all alike. */
final class Turns {

  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  private Turns() {}

  /** Warms each up, then takes the plan's rounds. */
  static Turns take(Ground ground, String what, List<Contestant> contestants, Load load) {
    contestants.forEach(one -> WarmUp.of(ground, one, load));
    return warm(ground, what, contestants, load);
  }

  /** The rounds alone, of those that are warm. */
  static Turns warm(Ground ground, String what, List<Contestant> contestants, Load load) {
    var turns = new Turns();
    for (int round = 1; round <= ground.plan().rounds(); round++) {
      var told =
          new StringBuilder("  %s, round %d of %d:".formatted(what, round, ground.plan().rounds()));
      for (Contestant one : contestants) {
        Sample sample = one.round(ground, load.lasting(ground.plan().seconds()));
        turns.samples.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(sample);
        told.append(" %s %,.0f/s".formatted(one.name(), sample.perSecond()));
      }
      ground.say(told.toString());
    }
    return turns;
  }

  /** One value of each round of a contestant. */
  Series series(String name, ToDoubleFunction<Sample> value) {
    return new Series(samples.get(name).stream().mapToDouble(value).boxed().toList());
  }

  /** One value of the first, beside another contestant's in the same rounds. */
  Pair pair(String ours, String limit, ToDoubleFunction<Sample> value) {
    return new Pair(series(ours, value), limit, series(limit, value));
  }
}
