package io.bailiwick.replay;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.CaseResult.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs fixtures through a rulebook, the very one that would serve: leads at their frozen instant
 * beside the fixture territories, stories on a virtual clock. Writes nothing; the same fixtures and
 * rules give the same result. Blocks while it runs.
 */
public final class Replay {

  /** Territories without a creation time count as first seen this long before a fixture's clock. */
  public static final Duration SEEN_BEFORE = Duration.ofDays(1);

  private final Fixtures fixtures;
  private final FiredRules rules;
  private final List<CaseResult> results = new ArrayList<>();

  private Replay(Fixtures fixtures, Rulebook rulebook) {
    this.fixtures = fixtures;
    this.rules = new FiredRules(rulebook);
  }

  /** Runs all leads and stories; {@code worlds} makes a world for each story. */
  public static ReplayResult run(Fixtures fixtures, Rulebook rulebook, StoryWorld.Maker worlds) {
    return new Replay(fixtures, rulebook).run(worlds);
  }

  /** The fixture territories as a snapshot at that instant, as if read a day before. */
  public static TerritorySnapshot snapshot(TerritoriesJson.World territories, Instant at) {
    return territories.reading().snapshot(null, at.minus(SEEN_BEFORE));
  }

  private ReplayResult run(StoryWorld.Maker worlds) {
    results.addAll(fixtures.unreadable());
    Map<Instant, List<LeadCase>> byInstant = new LinkedHashMap<>();
    fixtures
        .leads()
        .forEach(one -> byInstant.computeIfAbsent(one.at(), at -> new ArrayList<>()).add(one));
    byInstant.forEach(this::runLeads);
    fixtures
        .stories()
        .forEach(story -> results.add(StoryRunner.run(story, worlds, fixtures, rules)));
    return new ReplayResult(rules.hash(), results, rules.coverage(fixtures.unfired()));
  }

  private void runLeads(Instant at, List<LeadCase> cases) {
    List<Lead> leads = cases.stream().map(LeadCase::lead).toList();
    List<Decision> decisions;
    try {
      TerritorySnapshot snapshot = snapshot(fixtures.territories(), at);
      decisions = rules.decide(leads, snapshot, at).toCompletableFuture().join();
    } catch (RuntimeException e) {
      cases.forEach(
          one -> results.add(CaseResult.error(Kind.LEAD, one.place(), one.name(), "" + e)));
      return;
    }
    for (int i = 0; i < cases.size(); i++) {
      LeadCase one = cases.get(i);
      List<String> differences = one.expectation().differences(decisions.get(i));
      results.add(CaseResult.of(Kind.LEAD, one.place(), one.name(), differences));
    }
  }
}
