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
import java.util.function.Function;

/**
 * What leads of the past cost those of the present: accepting and sending beside a history, over
 * the same service with only the leads that warmed it up. Nothing of a lead's way may grow with it.
 */
public final class History implements Measure {

  private static final int PORTION = 10_000;

  /** The history is at least so many times what the service was warmed up with. */
  private static final int GROWTH = 3;

  /**
   * Leads of the past, and how many a second were accepted and sent beside them, round by round.
   */
  private record Beside(long past, List<Double> accepted, List<Double> sent) {}

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
    List<Beside> all = new ArrayList<>();
    try (Crm crm = ground.crm(0);
        Served served = ground.served(Setting.full(crm.url(), 10, 100))) {
      var portion = new Portion(ground, served, crm);
      WarmUp.of(ground, Contestant.assigning(served, crm), Assigning.flood());
      all.add(beside(ground, served, portion, crm));
      long most = Math.max(ground.plan().leads().history(), GROWTH * crm.written().records());
      for (long size : Sizes.upTo(most)) {
        long past = crm.written().records();
        if (size > past) {
          crm.until(past + portion.fill(size - past));
          all.add(beside(ground, served, portion, crm));
        }
      }
    }
    return new Results(
        List.of(
            figure("accept", "accepted", all, Beside::accepted),
            figure("send", "sent", all, Beside::sent)),
        List.of(
            curve("accept", "Accepting", all, Beside::accepted),
            curve("send", "Sending", all, Beside::sent)));
  }

  private static Beside beside(Ground ground, Served served, Portion portion, Crm crm) {
    ground.settle(served.child());
    var beside = new Beside(crm.written().records(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < ground.plan().rounds(); round++) {
      served.pause();
      beside.accepted().add(portion.accepted(PORTION));
      beside.sent().add(portion.released(PORTION));
      ground.settle(served.child());
    }
    ground.say(
        "  beside %,d: accepts %,.0f/s, sends %,.0f/s"
            .formatted(
                beside.past(),
                new Series(beside.accepted()).median(),
                new Series(beside.sent()).median()));
    return beside;
  }

  private static Figure figure(
      String name, String title, List<Beside> all, Function<Beside, List<Double>> what) {
    Beside last = all.get(all.size() - 1);
    return Figure.over(
        "history-" + name,
        "%s beside %,d leads of the past".formatted(title, last.past()),
        "leads/s",
        new Figure.Pair(
            new Series(what.apply(last)),
            "beside %,d".formatted(all.get(0).past()),
            new Series(what.apply(all.get(0)))),
        Goal.least(1 / Waiting.WITHIN));
  }

  private static Curve curve(
      String name, String title, List<Beside> all, Function<Beside, List<Double>> what) {
    return new Curve(
        "history-" + name,
        title + " beside leads of the past",
        "leads of the past",
        "µs a lead",
        all.stream()
            .map(one -> new Curve.Point(one.past(), 1e6 / new Series(what.apply(one)).median()))
            .toList());
  }
}
