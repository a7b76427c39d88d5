package io.bailiwick.bench.measure;

import io.bailiwick.bench.limit.Echo;
import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.measure.Contestant.Sample;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Heap;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Goal.Better;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * Leads from end to end: from the first request until the CRM has the last accepted lead's
 * territory, over the bare echo. Beside it what that takes: CPU time, allocation; and for one PUT a
 * lead memory, and the latency of the 202 at half of that rate.
 */
public final class Assigning implements Measure {

  static final int CONNECTIONS = 32;

  private static final String OURS = "Bailiwick";
  private static final String ECHO = "echo";
  private static final double MEGA = 1e6;
  private static final int CRM_MILLIS = 5;

  private final String name;
  private final String title;
  private final int inFlight;
  private final int batch;
  private final double goal;
  private final boolean onePut;

  private Assigning(String name, String title, int inFlight, int batch, double goal) {
    this.name = name;
    this.title = title;
    this.inFlight = inFlight;
    this.batch = batch;
    this.goal = goal;
    this.onePut = batch == 0;
  }

  /** One PUT a lead, 256 of them at a time. */
  public static Assigning onePut() {
    return new Assigning("put", "end to end, one PUT a lead", 256, 0, 0.20);
  }

  /** A hundred records a PUT, as many calls at a time as are shipped. */
  public static Assigning bulk() {
    return new Assigning("bulk", "end to end, bulk 100", 10, 100, 0.25);
  }

  /** As fast as the answers come. */
  static Load flood() {
    return Load.closed("", CONNECTIONS, 0);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String says() {
    String more = onePut ? ", with CPU time, memory and latency" : ", with CPU time";
    return title + ", CRM of 5 ms; over the echo" + more;
  }

  @Override
  public Results run(Ground ground) {
    try (Crm crm = ground.crm(CRM_MILLIS);
        Served served = ground.served(Setting.full(crm.url(), inFlight, batch));
        Child echo = ground.limit(Echo.class)) {
      ground.rest(served.child());
      double idle = served.child().residentBytes() / MEGA;
      var ours = Contestant.assigning(served, crm);
      var limit = Contestant.of(ECHO, echo);
      Turns turns = Turns.take(ground, name, List.of(limit, ours), flood());
      Results results = figures(turns);
      if (onePut) {
        results = results.and(memory(idle, served.child().peakBytes() / MEGA));
        double sustained = turns.series(OURS, Sample::perSecond).median();
        results = results.and(Latency.at(ground, sustained, limit, ours));
      }
      return results.and(allocation(ground, ours, flood()));
    }
  }

  private Results figures(Turns turns) {
    return Results.of(
        Figure.over(
            name, title, "leads/s", turns.pair(OURS, ECHO, Sample::perSecond), Goal.least(goal)),
        Figure.alone(
            name + "-cpu",
            title + ", CPU time",
            "s per 1,000",
            turns.series(OURS, Sample::cpuPerThousand),
            onePut ? Goal.most(0.08) : Goal.none(Better.LOWER)),
        Figure.over(
            name + "-cpu-echo",
            title + ", CPU time",
            "s per 1,000",
            turns.pair(OURS, ECHO, Sample::cpuPerThousand),
            Goal.none(Better.LOWER)),
        // Tells whether it was warm.
        Figure.alone(
            name + "-compiling",
            title + ", CPU time that the JVM's compilers take",
            "of it",
            turns.series(OURS, Sample::compiling),
            Goal.none(Better.LOWER).ofInstrument()),
        // It has one event loop: at a whole core it would be what is measured.
        Figure.alone(
            name + "-stub",
            title + ", the CRM stub itself",
            "cores",
            turns.series(OURS, Sample::crmCores),
            Goal.most(0.8).ofInstrument()));
  }

  private static Results memory(double idle, double peak) {
    return Results.of(
        Figure.alone("memory-idle", "resident memory, idle", "MB", Series.of(idle), Goal.most(220)),
        Figure.alone(
            "memory-load",
            "resident memory, the most under that load",
            "MB",
            Series.of(peak),
            Goal.most(400)));
  }

  /** Last of all: whoever is asked by JMX is not quite the same any more. */
  private Results allocation(Ground ground, Contestant ours, Load load) {
    List<Double> samples = new ArrayList<>();
    Heap.allocated(ours.child());
    for (int i = 0; i < 3; i++) {
      long before = Heap.allocated(ours.child());
      Sample sample = ours.round(ground, load.lasting(ground.plan().seconds()));
      long taken = Heap.allocated(ours.child()) - before;
      samples.add(taken / 1e3 / sample.loaded().leads());
    }
    return Results.of(
        Figure.alone(
            name + "-allocated",
            title + ", allocated",
            "kB a lead",
            new Series(samples),
            Goal.none(Better.LOWER)));
  }
}
