package io.bailiwick.bench.measure;

import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.measure.Contestant.Sample;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import java.util.List;

/**
 * What can be switched on costs: keys, a trace of every lead sent to a collector, the sampled
 * read-back; from end to end, over the same without them.
 */
public final class Features implements Measure {

  private static final String ON = "all on";
  private static final String OFF = "all off";

  /** Nothing started yet. */
  public Features() {}

  @Override
  public String name() {
    return "features";
  }

  @Override
  public String says() {
    return "end to end with keys, traces and read-back; over the same without them";
  }

  @Override
  public Results run(Ground ground) {
    try (Crm first = ground.crm(5);
        Crm second = ground.crm(5);
        Served on = ground.served(Setting.full(first.url(), 256, 0));
        Served off = ground.served(Setting.full(second.url(), 256, 0).bare())) {
      List<Contestant> both =
          List.of(
              Contestant.assigning(on, first).named(ON),
              Contestant.assigning(off, second).named(OFF));
      Load load = Assigning.flood();
      Turns turns = Turns.take(ground, "features", both, load);
      return Results.of(
          Figure.over(
              "features",
              "end to end, every feature on",
              "leads/s",
              turns.pair(ON, OFF, Sample::perSecond),
              Goal.least(0.85)),
          Figure.over(
              "features-cpu",
              "end to end, every feature on, CPU time",
              "s per 1,000",
              turns.pair(ON, OFF, Sample::cpuPerThousand),
              Goal.none(Goal.Better.LOWER)));
    }
  }
}
