package io.bailiwick.bench.measure;

import io.bailiwick.bench.LeadStreaming;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Figure.Pair;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import java.io.IOException;

/** A file of leads through base and candidate, in 512 MiB; over only parsing the same file. */
public final class Replaying implements Measure {

  private static final String PARSING = "parsing";

  /** Nothing read yet. */
  public Replaying() {}

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String says() {
    return "a replay of many leads, base and candidate; over only parsing them";
  }

  @Override
  public Results run(Ground ground) throws IOException {
    int leads = ground.plan().leads().replayed();
    LeadStreaming.Times times = LeadStreaming.times(leads, ground.plan().rounds());
    var parsed = new Series(times.parsed());
    String what = "replay of %,d leads, ".formatted(leads);
    return Results.of(
        Figure.over(
            "replay",
            what + "base and candidate",
            "s",
            new Pair(new Series(times.compared()), PARSING, parsed),
            Goal.most(3)),
        Figure.over(
            "replay-decided",
            what + "one rulebook",
            "s",
            new Pair(new Series(times.decided()), PARSING, parsed),
            Goal.none(Goal.Better.LOWER)));
  }
}
