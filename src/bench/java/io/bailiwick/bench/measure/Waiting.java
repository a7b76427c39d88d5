package io.bailiwick.bench.measure;

import io.bailiwick.bench.process.Heap;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Curve;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backlog costs: heap a waiting lead, and how accepting and sending slow down beside it,
 * over the same service when nothing waited.
 */
public final class Waiting implements Measure {

  private static final int PORTION = 10_000;
  static final double WITHIN = 1.3;

  private final List<Curve.Point> accepting = new ArrayList<>();
  private final List<Curve.Point> heap = new ArrayList<>();

  /** Nothing waits yet. */
  public Waiting() {}

  @Override
  public String name() {
    return "waiting";
  }

  @Override
  public String says() {
    return "heap of waiting leads, accepting and sending beside them; over an empty journal";
  }

  @Override
  public Results run(Ground ground) {
    int rounds = ground.plan().rounds();
    long most = ground.plan().leads().waiting();
    try (Crm crm = ground.crm(5);
        Served served = ground.served(Setting.full(crm.url(), 256, 0))) {
      var portion = new Portion(ground, served, crm);
      WarmUp.of(ground, Contestant.assigning(served, crm), Assigning.flood());
      List<Double> acceptedEmpty = new ArrayList<>();
      List<Double> assignedEmpty = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        served.pause();
        acceptedEmpty.add(portion.accepted(PORTION));
        served.resume();
        assignedEmpty.add(portion.assigned(PORTION));
        ground.settle(served.child());
      }
      ground.say("  nothing waits: accepts %s, sends %s".formatted(acceptedEmpty, assignedEmpty));
      served.pause();
      long empty = Heap.live(served.child(), log(ground));
      List<Double> accepted = grow(ground, served, portion, empty);
      double perLead = heap.get(heap.size() - 1).cost();
      served.resume();
      List<Double> assigned = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        assigned.add(portion.assigned(Math.max(PORTION, most / rounds / 2)));
      }
      ground.say("  %,d wait: accepts %s, sends %s".formatted(most, accepted, assigned));
      return results(
          most,
          perLead,
          Figure.over(
              "waiting-accept",
              "accepted beside %,d waiting".formatted(most),
              "leads/s",
              new Figure.Pair(new Series(accepted), "none waiting", new Series(acceptedEmpty)),
              Goal.least(1 / WITHIN)),
          Figure.over(
              "waiting-send",
              "sent of %,d waiting".formatted(most),
              "leads/s",
              new Figure.Pair(new Series(assigned), "none waiting", new Series(assignedEmpty)),
              Goal.least(1 / WITHIN)));
    }
  }

  /** Up to the most, tenfold at a time; answers how many were accepted a second beside those. */
  private List<Double> grow(Ground ground, Served served, Portion portion, long empty) {
    long waiting = 0;
    List<Double> last = new ArrayList<>();
    for (long size : Sizes.upTo(ground.plan().leads().waiting())) {
      waiting += portion.fill(size - waiting);
      double bytes = (Heap.live(served.child(), log(ground)) - empty) / (double) waiting;
      heap.add(new Curve.Point(waiting, bytes));
      last.clear();
      for (int round = 0; round < ground.plan().rounds(); round++) {
        last.add(portion.accepted(PORTION));
      }
      accepting.add(new Curve.Point(waiting, 1e6 / new Series(last).median()));
      waiting += (long) PORTION * ground.plan().rounds();
    }
    return last;
  }

  private Results results(long most, double perLead, Figure accept, Figure send) {
    Figure bytes =
        Figure.alone(
            "waiting-heap",
            "heap of %,d waiting leads".formatted(most),
            "bytes each",
            Series.of(perLead),
            Goal.most(200));
    return new Results(
        List.of(bytes, accept, send),
        List.of(
            new Curve(
                "waiting-accept",
                "Accepting beside waiting leads",
                "leads waiting",
                "µs a lead",
                List.copyOf(accepting)),
            new Curve(
                "waiting-heap",
                "Heap of waiting leads",
                "leads waiting",
                "bytes each",
                List.copyOf(heap))));
  }

  private static Path log(Ground ground) {
    return ground.folder("histogram").resolve("jcmd.log");
  }
}
