package io.bailiwick.bench.measure;

import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Curve;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import io.bailiwick.store.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What more instances on one PostgreSQL are worth, where it is the CRM that takes its time: ten
 * calls at a time of each instance and sixty of the account, 100 ms a call, one PUT a lead; over
 * one instance. All leads are posted to the first of them.
 */
public final class Instances implements Measure {

  private static final int CRM_MILLIS = 100;
  private static final int CALLS = 10;
  private static final int CALLS_OF_ALL = 60;
  private static final long LEADS_EACH = 2_000;
  private static final double MOST_SECONDS = 120;
  private static final int THREE = 3;
  private static final double WORTH = 2.4;
  private static final List<Integer> SOME = List.of(1, THREE);
  private static final List<Integer> ALL = List.of(1, 2, THREE, 4);

  /** Nothing started yet. */
  public Instances() {}

  @Override
  public String name() {
    return "instances";
  }

  @Override
  public String says() {
    return "end to end of instances on one PostgreSQL, CRM of 100 ms; over one instance";
  }

  @Override
  public Results run(Ground ground) {
    SortedMap<Integer, Series> sent = new TreeMap<>();
    try (EmbeddedPostgres server = PostgresServer.start();
        Crm crm = ground.crm(CRM_MILLIS)) {
      for (int instances : ground.plan().longForm() ? ALL : SOME) {
        Setting setting = setting(crm, PostgresServer.database(server), ground.folder("key"));
        sent.put(instances, perSecond(ground, crm, setting, instances));
        ground.say("  %d of them: %s leads/s".formatted(instances, sent.get(instances)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return results(sent);
  }

  private static Setting setting(Crm crm, String journal, Path folder) {
    return Setting.full(crm.url(), CALLS_OF_ALL, 1)
        .bare()
        .with(
            Map.of(
                "BAILIWICK_JOURNAL_URL",
                journal,
                "BAILIWICK_JOURNAL_USER",
                PostgresServer.USER,
                "BAILIWICK_JOURNAL_KEY_FILE",
                folder.resolve("journal.key").toString(),
                "BAILIWICK_CRM_INSTANCE_IN_FLIGHT",
                Integer.toString(CALLS)));
  }

  /** By rounds of as many leads as all of them send in some seconds; the first is no sample. */
  private static Series perSecond(Ground ground, Crm crm, Setting setting, int instances) {
    List<Served> all = new ArrayList<>();
    try {
      for (int i = 0; i < instances; i++) {
        all.add(ground.served(setting));
      }
      var first = Contestant.assigning(all.get(0), crm);
      Load load = Assigning.flood().lasting(MOST_SECONDS).of(LEADS_EACH * instances, 1);
      first.round(ground, load);
      List<Double> rounds = new ArrayList<>();
      for (int round = 0; round < ground.plan().rounds(); round++) {
        rounds.add(first.round(ground, load).perSecond());
      }
      return new Series(rounds);
    } finally {
      all.forEach(Served::close);
    }
  }

  private static Results results(SortedMap<Integer, Series> sent) {
    List<Curve.Point> points = new ArrayList<>();
    sent.forEach((instances, rounds) -> points.add(new Curve.Point(instances, rounds.median())));
    Figure three =
        Figure.over(
            "instances-3",
            "end to end, three instances",
            "leads/s",
            new Figure.Pair(sent.get(THREE), "one instance", sent.get(1)),
            Goal.least(WORTH));
    return new Results(
        List.of(three),
        List.of(new Curve("instances", "Sending by instances", "instances", "leads/s", points)));
  }
}
