package io.bailiwick.bench.measure;

import io.bailiwick.bench.Pairs;
import io.bailiwick.bench.PartsRun;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parts of a lead's way alone, each over the least that does the like: where time goes. */
public final class Parts implements Measure {

  /** What each is, and what it is held against. */
  private static final Map<String, List<String>> TITLES =
      Map.of(
          "READ", List.of("codec: a lead read", "Jackson's tree"),
          "WRITE", List.of("codec: a lead's canonical bytes", "Jackson's bytes"),
          "BACKOFF", List.of("backoff: a delay drawn", "the random number"),
          "JOURNAL", List.of("journal: 256 leads accepted in one commit", "256 bare rows"));

  /** Nothing open yet. */
  public Parts() {}

  @Override
  public String name() {
    return "parts";
  }

  @Override
  public String says() {
    return "codec, journal and backoff alone; over Jackson, bare rows and the random number";
  }

  @Override
  public Results run(Ground ground) {
    return new Results(
        PartsRun.all(ground.plan().rounds()).stream().map(Parts::figure).toList(), List.of());
  }

  private static Figure figure(Pairs.Pair part) {
    List<String> title = TITLES.get(part.work());
    return Figure.over(
        "parts-" + part.work().toLowerCase(Locale.ROOT),
        title.get(0),
        "µs a lead",
        new Figure.Pair(new Series(part.ours()), title.get(1), new Series(part.bare())),
        Goal.none(Goal.Better.LOWER));
  }
}
