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
    try (Crm crm = ground.crm(5);
        Served served = ground.served(Setting.full(crm.url(), 256, 0))) {
      var portion = new Portion(ground, served, crm);
      WarmUp.of(ground, Contestant.assigning(served, crm), Assigning.flood());
      List<Double> acceptedEmpty = new ArrayList<>();
      List<Double> sentEmpty = new ArrayList<>();
      for (int round = 0; round < ground.plan().rounds(); round++) {
        served.pause();
        acceptedEmpty.add(portion.accepted(PORTION));
        sentEmpty.add(portion.released(PORTION));
        ground.settle(served.child());
      }
      ground.say("  nothing waits: accepts %s, sends %s".formatted(acceptedEmpty, sentEmpty));
      served.pause();
      List<Double> accepted = grow(ground, served, portion, Heap.live(served.child(), log(ground)));
      served.resume();
      List<Double> sent = new ArrayList<>();
      for (int round = 0; round < ground.plan().rounds(); round++) {
        sent.add(portion.assigned(PORTION));
      }
      ground.say("  many wait: accepts %s, sends %s".formatted(accepted, sent));
      long most = ground.plan().leads().waiting();
      return results(
          most,
          beside("accept", "accepted beside %,d waiting".formatted(most), accepted, acceptedEmpty),
          beside("send", "sent of %,d waiting".formatted(most), sent, sentEmpty));
    }
  }

  private static Figure beside(String name, String title, List<Double> many, List<Double> none) {
    return Figure.over(
        "waiting-" + name,
        title,
        "leads/s",
        new Figure.Pair(new Series(many), "none waiting", new Series(none)),
        Goal.least(1 / WITHIN));
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

  private Results results(long most, Figure accept, Figure send) {
    Figure bytes =
        Figure.alone(
            "waiting-heap",
            "heap of %,d waiting leads".formatted(most),
            "bytes each",
            Series.of(heap.get(heap.size() - 1).cost()),
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
