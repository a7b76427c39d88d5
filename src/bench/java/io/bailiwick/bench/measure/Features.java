package io.bailiwick.bench.measure;

import io.bailiwick.bench.measure.Contestant.Sample;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Goal.Better;
import io.bailiwick.bench.report.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be switched on costs: keys, a trace of every lead sent to a collector, the sampled
 * read-back; from end to end, over the same without them. The long form takes each alone, too.
 */
public final class Features implements Measure {

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
    Map<String, Served> services = new LinkedHashMap<>();
    try (Crm crm = ground.crm(5)) {
      settings(crm.url(), ground.plan().longForm())
          .forEach((name, setting) -> services.put(name, ground.served(setting)));
      List<Contestant> all = new ArrayList<>();
      services.forEach((name, served) -> all.add(Contestant.assigning(served, crm).named(name)));
      return figures(Turns.take(ground, "features", all, Assigning.flood()), services);
    } finally {
      services.values().forEach(Served::close);
    }
  }

  private static Map<String, Setting> settings(String crm, boolean each) {
    Setting full = Setting.full(crm, 256, 0);
    Map<String, Setting> settings = new LinkedHashMap<>();
    settings.put(OFF, full.bare());
    settings.put("every feature on", full);
    if (each) {
      settings.put("keys on", new Setting(crm, 256, 0, true, false, false));
      settings.put("traces on", new Setting(crm, 256, 0, false, true, false));
      settings.put("read-back on", new Setting(crm, 256, 0, false, false, true));
    }
    return settings;
  }

  private static Results figures(Turns turns, Map<String, Served> services) {
    List<Figure> figures = new ArrayList<>();
    for (String name : services.keySet()) {
      if (!name.equals(OFF)) {
        boolean all = name.startsWith("every");
        String as = all ? "features" : "features-" + name.replaceFirst(" on$", "");
        figures.add(
            Figure.over(
                as,
                "end to end, " + name,
                "leads/s",
                turns.pair(name, OFF, Sample::perSecond),
                all ? Goal.least(0.85) : Goal.none(Better.HIGHER)));
        figures.add(
            Figure.over(
                as + "-cpu",
                "end to end, " + name + ", CPU time",
                "s per 1,000",
                turns.pair(name, OFF, Sample::cpuPerThousand),
                Goal.none(Better.LOWER)));
      }
    }
    return new Results(figures, List.of());
  }
}
