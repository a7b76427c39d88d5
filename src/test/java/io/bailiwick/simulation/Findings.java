package io.bailiwick.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.checker.Checker;
import io.bailiwick.checker.Evidence;
import io.bailiwick.checker.Evidence.Bounds;
import io.bailiwick.checker.Evidence.Stored;
import io.bailiwick.checker.Evidence.Told;
import io.bailiwick.checker.FinalJournal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a schedule left behind, held against every promise. */
final class Findings {

  /** The longest backoff, the CRM's own fifteen minutes, and as much again. */
  static final Duration CONVERGED = Duration.ofHours(1);

  /** How long leads may still be judged by rules that are being replaced. */
  private static final Duration SWAPPED = Duration.ofSeconds(10);

  /** A call whose sending was being journaled when the CRM asked for rest. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(50);

  private static final Set<Stage> RESTING = Set.of(Stage.ASSIGNED, Stage.PARKED, Stage.SUPERSEDED);

  private final Plan plan;
  private final Cluster.Ground ground;
  private final Sources sources;
  private final Instant healed;

  Findings(Plan plan, Cluster.Ground ground, Sources sources, Instant healed) {
    this.plan = plan;
    this.ground = ground;
    this.sources = sources;
    this.healed = healed;
  }

  /** Throws AssertionError that says which promise was not kept, and of which lead. */
  void check() {
    Checker.check(evidence());
    onePersonOneRecord();
    if (!rightRulesServe()) {
      throw new AssertionError("the rules that were right at last do not serve");
    }
  }

  /** Whether every lead came where it stays, and the rules that were right at last serve. */
  boolean atRest() {
    return rightRulesServe()
        && ground
            .disk()
            .oldest(LeadFilter.ANY, null, 1_000)
            .toCompletableFuture()
            .join()
            .entries()
            .stream()
            .allMatch(entry -> entry.due() == null && RESTING.contains(entry.stage()));
  }

  private boolean rightRulesServe() {
    return ground.disk().publications(1).toCompletableFuture().join().stream()
        .anyMatch(last -> last.hash().equals(SimulatedRules.RIGHT.hash()));
  }

  private Evidence evidence() {
    var journal = new FinalJournal(ground.disk(), SimulatedRules::compiled);
    Map<String, String> acked = sources.acked();
    Map<String, String> territories = new HashMap<>();
    for (JsonNode one : ground.model().state().path("territories")) {
      territories.put(one.path("name").asText(), one.path("id").asText());
    }
    List<Told> told =
        sources.posted().entrySet().stream()
            .map(
                one ->
                    new Told(
                        one.getKey(),
                        acked.get(one.getKey()),
                        territories.get(SimulatedRules.TERRITORY.get(one.getValue()))))
            .toList();
    List<Stored> leads = journal.leads();
    Map<String, String> shown = new HashMap<>();
    for (Stored lead : leads) {
      String[] record = lead.line().split("/", 2);
      ground.model().territoryOf(record[0], record[1]).ifPresent(id -> shown.put(lead.line(), id));
    }
    var bounds =
        new Bounds(
            plan.calls(),
            healed,
            ground.world().now(),
            CONVERGED,
            SWAPPED,
            ON_ITS_WAY,
            plan.clocksAreWrong() ? Cluster.CLOCK_WRONG.multipliedBy(2) : Duration.ZERO,
            true);
    WatchedCrm.Watch watch = ground.watch();
    return new Evidence(
        told, leads, watch.calls(), watch.attempts(), shown, journal.reigns(), bounds);
  }

  /** Whoever has no record when a lead comes has one in the end, and never two. */
  private void onePersonOneRecord() {
    Map<String, String> records = new HashMap<>();
    for (String id : sources.acked().values()) {
      Entry entry = entry(id);
      String email = entry.lead().email();
      String record = String.valueOf(entry.crmId());
      // A new record whose fields the CRM ignored cannot be found again.
      if (email != null
          && !plan.verifies()
          && !records.computeIfAbsent(email, e -> record).equals(record)) {
        throw new AssertionError(told(entry, "is another record than " + records.get(email)));
      }
    }
    JsonNode writes = ground.model().writes("Leads", null, 0, 1_000_000).path("writes");
    for (JsonNode write : writes) {
      boolean made = write.path("result").asText().equals("inserted");
      if (made && !plan.verifies() && !records.containsValue(write.path("id").asText())) {
        throw new AssertionError("a record was made that no lead knows: " + write);
      }
    }
  }

  private Entry entry(String id) {
    return ground
        .disk()
        .find(id)
        .toCompletableFuture()
        .join()
        .orElseThrow(() -> new AssertionError("an acknowledged lead is lost: " + id));
  }

  private String told(Entry entry, String what) {
    List<String> lines = new ArrayList<>();
    ground
        .disk()
        .history(entry.id())
        .toCompletableFuture()
        .join()
        .forEach(line -> lines.add(line.at() + " " + line.stage() + " " + line.note()));
    return "%s (%s) %s%n  %s"
        .formatted(entry.line(), entry.stage(), what, String.join("\n  ", lines));
  }
}
