package io.bailiwick.drools;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules, leads and territories in as few words as a test needs. */
final class RulesForTests {

  static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
  static final Duration PROPAGATION = Duration.ofMinutes(15);
  static final JudgeSettings SETTINGS = JudgeSettings.onCallersThread(PROPAGATION, "test");

  private RulesForTests() {}

  /** The rulebook of one file; fails with its flaws. */
  static Rulebook rulebook(String drl) {
    return rulebook(Map.of("main.drl", drl), SETTINGS);
  }

  static Rulebook rulebook(Map<String, String> files, JudgeSettings settings) {
    Compilation compilation = RulebookCompiler.compile(new RuleFiles(files), settings);
    if (compilation instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new AssertionError(told(compilation));
  }

  /** What is wrong with the rules of one file; empty where nothing is. */
  static String flaws(String drl) {
    return flaws(Map.of("main.drl", drl));
  }

  /** What is wrong with these files; empty where nothing is. */
  static String flaws(Map<String, String> files) {
    return told(RulebookCompiler.compile(new RuleFiles(files), SETTINGS));
  }

  static Decision decide(Rulebook rulebook, Lead lead, TerritorySnapshot snapshot) {
    return rulebook.decide(List.of(lead), snapshot, NOON).toCompletableFuture().join().get(0);
  }

  /** "assign NAME", or "queue REASON BLOCKER", as far as there are such. */
  static String told(Decision decision) {
    var territory = decision.territory();
    if (decision.action() == Decision.Action.ASSIGN) {
      return "assign " + (territory == null ? "?" : territory.name());
    }
    var reason = decision.reason();
    String blocker = decision.blocker() == null ? "" : " " + decision.blocker();
    return "queue " + (reason == null ? "?" : reason.word()) + blocker;
  }

  /** A lead of values in turn: field, value, field, value. */
  static Lead lead(Object... fieldsAndValues) {
    var form = new LeadForm();
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      form.set((LeadField) fieldsAndValues[i], String.valueOf(fieldsAndValues[i + 1]));
    }
    return form.lead();
  }

  /** Territories of these names with nothing against them. */
  static TerritorySnapshot territories(String... names) {
    return new TerritorySnapshot(
        Arrays.stream(names).map(RulesForTests::territory).toList(), Flag.YES);
  }

  static Territory territory(String name) {
    return territory("id-" + name, name, Flag.YES, NOON.minus(Duration.ofDays(30)));
  }

  static Territory territory(String id, String name, Flag apiEnabled, Instant createdAt) {
    return new Territory(
        id,
        name,
        null,
        null,
        Flag.YES,
        apiEnabled,
        createdAt,
        createdAt,
        Staff.UNKNOWN,
        Flag.YES,
        true);
  }

  private static String told(Compilation compilation) {
    return compilation instanceof Compilation.Refused refused
        ? refused.flaws().stream().map(RuleFlaw::told).collect(Collectors.joining("\n"))
        : "";
  }
}
