package io.bailiwick.bench.measure;

import io.bailiwick.bench.limit.Echo;
import io.bailiwick.bench.limit.GroupCommit;
import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.measure.Contestant.Sample;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import java.util.List;

/**
 * How many leads a second are accepted, on disk before the 202, while sending is paused: over the
 * bare group commit, and over the bare echo.
 */
public final class Accepting implements Measure {

  private static final String OURS = "Bailiwick";
  private static final String COMMIT = "group commit";
  private static final String ECHO = "echo";
  private static final double OF_COMMIT = 0.80;

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public String says() {
    return "accepted leads a second, fsynced, sending paused; over group commit and over the echo";
  }

  @Override
  public Results run(Ground ground) {
    Results results = Results.of();
    String file = ground.folder("commit").resolve("rows.db").toString();
    try (Crm crm = ground.crm(5);
        Served served = ground.served(Setting.full(crm.url(), 10, 0));
        Child echo = ground.limit(Echo.class);
        Child commit = ground.limit(GroupCommit.class, file)) {
      served.pause();
      List<Contestant> all =
          List.of(
              Contestant.of(ECHO, echo),
              Contestant.of(COMMIT, commit),
              Contestant.accepting(served));
      for (int connections : new int[] {32, 256}) {
        results = results.and(at(ground, connections, all));
      }
    }
    return results;
  }

  /** A driver that took more than the echo would be what is measured. */
  private static Figure driver(String name, Turns turns) {
    return Figure.over(
        name + "-driver",
        "the driver itself, CPU time",
        "s per 1,000",
        new Figure.Pair(
            turns.series(ECHO, Sample::driverPerThousand),
            ECHO,
            turns.series(ECHO, Sample::cpuPerThousand)),
        Goal.most(1));
  }

  private static Results at(Ground ground, int connections, List<Contestant> all) {
    Load load = Load.closed("", connections, 0);
    Turns turns = Turns.take(ground, "accept, %d connections".formatted(connections), all, load);
    String what = "accepted, %d connections".formatted(connections);
    String name = "accept-" + connections;
    return Results.of(
        Figure.over(
            name + "-commit",
            what,
            "leads/s",
            turns.pair(OURS, COMMIT, Sample::perSecond),
            Goal.least(OF_COMMIT)),
        Figure.over(
            name + "-echo",
            what,
            "leads/s",
            turns.pair(OURS, ECHO, Sample::perSecond),
            Goal.none(Goal.Better.HIGHER)),
        Figure.over(
            name + "-cpu",
            what + " and judged, CPU time",
            "s per 1,000",
            turns.pair(OURS, COMMIT, Sample::cpuPerThousand),
            Goal.none(Goal.Better.LOWER)),
        driver(name, turns));
  }
}
