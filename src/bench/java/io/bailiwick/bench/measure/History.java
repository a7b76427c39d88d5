package io.bailiwick.bench.measure;

import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Curve;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * What leads of the past cost those of the present: accepting and sending beside a history, over
 * the same service with hardly any. Nothing that a lead's way does may grow with it.
 */
public final class History implements Measure {

  private static final int PORTION = 10_000;

  private final List<Curve.Point> accepting = new ArrayList<>();
  private final List<Curve.Point> sending = new ArrayList<>();

  /** No past yet. */
  public History() {}

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String says() {
    return "accepting and sending beside assigned leads of the past; over hardly any";
  }

  @Override
  public Results run(Ground ground) {
    try (Crm crm = ground.crm(0);
        Served served = ground.served(Setting.full(crm.url(), 10, 100))) {
      var portion = new Portion(ground, served, crm);
      var ours = Contestant.assigning(served, crm);
      WarmUp.of(ground, ours, Assigning.flood());
      List<Double> accepted = new ArrayList<>();
      List<Double> sent = new ArrayList<>();
      List<Double> acceptedFirst = List.of();
      List<Double> sentFirst = List.of();
      for (long size : Sizes.upTo(ground.plan().waiting())) {
        long past = crm.written().records();
        portion.fill(size - past);
        past = Math.max(past, size);
        crm.until(past);
        ground.settle(served.child());
        accepted = new ArrayList<>();
        sent = new ArrayList<>();
        for (int round = 0; round < ground.plan().rounds(); round++) {
          served.pause();
          accepted.add(portion.accepted(PORTION));
          served.resume();
          sent.add(portion.assigned(PORTION));
          ground.settle(served.child());
        }
        ground.say("  beside %,d: accepts %s, sends %s".formatted(past, accepted, sent));
        accepting.add(new Curve.Point(past, 1e6 / new Series(accepted).median()));
        sending.add(new Curve.Point(past, 1e6 / new Series(sent).median()));
        acceptedFirst = acceptedFirst.isEmpty() ? accepted : acceptedFirst;
        sentFirst = sentFirst.isEmpty() ? sent : sentFirst;
      }
      return results(
          figure("accept", "accepted beside a history", accepted, acceptedFirst),
          figure("send", "sent beside a history", sent, sentFirst));
    }
  }

  private static Figure figure(String name, String title, List<Double> last, List<Double> first) {
    return Figure.over(
        "history-" + name,
        title,
        "leads/s",
        new Figure.Pair(new Series(last), "hardly any", new Series(first)),
        Goal.least(1 / Waiting.WITHIN));
  }

  private Results results(Figure accept, Figure send) {
    return new Results(
        List.of(accept, send),
        List.of(
            new Curve(
                "history-accept",
                "Accepting beside a history",
                "leads assigned before",
                "µs a lead",
                List.copyOf(accepting)),
            new Curve(
                "history-send",
                "Sending beside a history",
                "leads assigned before",
                "µs a lead",
                List.copyOf(sending))));
  }
}
