package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code waiting.yaml} makes of leads that wait, and what it says of mistakes. */
class WaitingLimitsTest {

  private static final String RULES =
      """
      rule "West" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "East" when Lead( country == "CA" ) $t : Territory( name == "East" )
      then route.to($t); end
      rule "Look" when Lead( country == "FR" ) then route.queue("odd"); end
      rule "Missing" when Placement( listed == Flag.NO )
      then route.queue("territory_not_ready", "not_found"); end
      rule "Closed" when Placement( apiEnabled == Flag.NO )
      then route.queue("territory_not_ready", "api_disabled"); end
      """;

  private static final String LIMITS =
      """
      Known soon:
        after: 1h
        then: tell
      Closed for long:
        reason: territory_not_ready
        territory: [West, North]
        after: 4h
        fallback: East
      """;

  @Test
  void aLeadIsFirstToldOfAndThenGoesToTheFallbackTerritory() {
    try (var rulebook = rulebook(LIMITS)) {
      Decision fresh = decide(rulebook, us(), waited(Duration.ofMinutes(30)), closed("West"));
      assertEquals("queue territory_not_ready api_disabled", told(fresh));
      assertNull(fresh.receipt().overdue());
      assertEquals(
          NOON.plus(Duration.ofMinutes(30)), fresh.receipt().waited().next(), "the next limit");

      Decision told = decide(rulebook, us(), waited(Duration.ofHours(1)), closed("West"));
      assertEquals("queue territory_not_ready api_disabled", told(told));
      assertEquals("Known soon", told.receipt().overdue().rule());
      assertEquals("waiting.yaml:1", told.receipt().overdue().place());
      assertNull(told.receipt().overdue().territory());
      assertEquals(NOON.plus(Duration.ofHours(3)), told.receipt().waited().next());

      Decision sent = decide(rulebook, us(), waited(Duration.ofHours(4)), closed("West"));
      assertEquals("assign East", told(sent));
      assertEquals("Closed for long", sent.receipt().settledBy().rule());
      assertEquals("waiting.yaml:4", sent.receipt().settledBy().place());
      assertEquals("West", sent.receipt().winner().rule(), "what the rules said stands there, too");
      assertEquals(List.of("api_disabled"), sent.receipt().blockers());
      assertEquals(
          "it waits since 2026-01-15T08:00:00Z, longer than 4h: limit \"Closed for long\""
              + " (waiting.yaml:4) sends it to \"East\" in place of \"West\"",
          sent.receipt().detail());
    }
  }

  @Test
  void theSameReceiptGivesTheSameDecisionByteForByte() {
    try (var rulebook = rulebook(LIMITS)) {
      for (int minutes = 0; minutes < 360; minutes += 15) {
        Waiting waiting = waited(Duration.ofMinutes(minutes));
        Decision decision = decide(rulebook, us(), waiting, closed("West"));
        Asked again = Asked.of(us(), decision.receipt());
        assertEquals(
            Json.write(decision),
            Json.write(judge(rulebook, again, closed("West"))),
            () -> "after " + waiting);
      }
    }
  }

  @Test
  void aLeadThatNeedNotWaitAnyMoreGoesWhereTheRulesSay() {
    try (var rulebook = rulebook(LIMITS)) {
      var open = RulesForTests.territories("West", "East");
      Decision decision = decide(rulebook, us(), waited(Duration.ofDays(9)), open);
      assertEquals("assign West", told(decision));
      assertNull(decision.receipt().waited());
    }
  }

  @Test
  void aFallbackThatIsNotReadyEitherLeavesItWaitingAndSaysSo() {
    try (var rulebook = rulebook(LIMITS)) {
      Decision decision =
          decide(rulebook, us(), waited(Duration.ofHours(5)), closed("West", "East"));
      assertEquals("queue territory_not_ready api_disabled", told(decision));
      assertEquals("West", decision.territory().name());
      assertEquals("Closed for long", decision.receipt().overdue().rule());
      assertTrue(
          decision.receipt().detail().endsWith("\"East\" is not ready either (api_disabled)"));
      Decision missing =
          decide(rulebook, us(), waited(Duration.ofHours(5)), closedOf(List.of("West")));
      assertTrue(missing.receipt().detail().endsWith("is not ready either (not_found)"));
    }
  }

  @Test
  void aTerritoryThatTheCrmRefusesThoughItIsReadyCountsAsWaitingForIt() {
    try (var rulebook = rulebook(LIMITS)) {
      var open = RulesForTests.territories("West", "East");
      var refused = waiting(Duration.ofHours(4), QueueReason.TERRITORY_NOT_READY, "refused");
      assertEquals("assign East", told(decide(rulebook, us(), refused, open)));
      var soon = waiting(Duration.ofHours(3), QueueReason.TERRITORY_NOT_READY, "refused");
      Decision again = decide(rulebook, us(), soon, open);
      assertEquals("assign West", told(again));
      assertEquals("Known soon", again.receipt().overdue().rule());
      var down = waiting(Duration.ofHours(9), QueueReason.CRM_UNAVAILABLE, null);
      Decision told = decide(rulebook, us(), down, open);
      assertEquals("assign West", told(told), "another territory does not help");
      assertEquals("Known soon", told.receipt().overdue().rule());
    }
  }

  @Test
  void everyReasonCanHaveItsLimit() {
    try (var rulebook =
        rulebook(
            """
            Nobody's: {reason: no_match, after: 1d, fallback: East}
            Odd: {reason: by_rule, blocker: odd, after: 2h, fallback: West}
            """)) {
      var open = RulesForTests.territories("West", "East");
      Lead nobody = RulesForTests.lead(LeadField.COUNTRY, "JP");
      Lead odd = RulesForTests.lead(LeadField.COUNTRY, "FR");
      assertEquals("queue no_match", told(decide(rulebook, nobody, hours(23), open)));
      assertEquals("assign East", told(decide(rulebook, nobody, hours(24), open)));
      assertEquals("queue by_rule odd", told(decide(rulebook, odd, hours(1), open)));
      assertEquals("assign West", told(decide(rulebook, odd, hours(2), open)));
    }
  }

  @Test
  void whatIsToBeDecidedAgainIsLookedAtEachTimeSoLongHasPassed() {
    try (var rulebook = rulebook("Odd: {reason: by_rule, after: 10m, then: re-decide}")) {
      Lead odd = RulesForTests.lead(LeadField.COUNTRY, "FR");
      var open = RulesForTests.territories("West", "East");
      for (int minutes : new int[] {0, 9, 10, 25}) {
        Decision decision = decide(rulebook, odd, waited(Duration.ofMinutes(minutes)), open);
        assertEquals(
            NOON.plus(Duration.ofMinutes(10 - minutes % 10)), decision.receipt().waited().next());
        assertNull(decision.receipt().overdue());
      }
    }
  }

  @Test
  void aLeadThatABrokenRuleKeepsIsToldOfAndGoesToTheFallback() {
    try (var rulebook =
        RulesForTests.rulebook(
            Map.of(
                "main.drl",
                "rule \"Two\" when Lead( country == \"US\" ) $t : Territory( name == \"West\" )"
                    + " then route.to($t); end",
                "waiting.yaml",
                "Broken: {reason: rule_error, after: 1h, then: tell}\n"
                    + "Given up: {reason: rule_error, after: 3h, fallback: East}"),
            new JudgeSettings(
                RulesForTests.PROPAGATION, 0, 1, Duration.ofSeconds(2), false, "test"))) {
      var open = RulesForTests.territories("West", "East");
      Decision decision = decide(rulebook, us(), hours(2), open);
      assertEquals("queue rule_error", told(decision));
      assertEquals("Broken", decision.receipt().overdue().rule());
      assertTrue(decision.receipt().detail().contains("; it waits since"));
      assertEquals("assign East", told(decide(rulebook, us(), hours(3), open)));
    }
  }

  @Test
  void anAssignedLeadThatNobodyWorksOnGoesToTheFallback() {
    try (var rulebook = rulebook("Cold: {untouched: 24h, territory: West, fallback: East}")) {
      var open = RulesForTests.territories("West", "East");
      assertEquals(Optional.of(Duration.ofHours(24)), rulebook.untouched("West"));
      assertEquals(Optional.empty(), rulebook.untouched("East"));
      Waiting cold = new Waiting(NOON.minus(Duration.ofHours(24)), null, null, "West", true);
      Decision decision = decide(rulebook, us(), cold, open);
      assertEquals("assign East", told(decision));
      assertEquals(
          "nobody has worked on it in \"West\" since 2026-01-14T12:00:00Z, longer than 24h:"
              + " limit \"Cold\" (waiting.yaml:1) sends it to \"East\"",
          decision.receipt().detail());
      assertEquals(
          Json.write(decision),
          Json.write(judge(rulebook, Asked.of(us(), decision.receipt()), open)));
      assertEquals("assign West", told(decide(rulebook, us(), hours(48), open)));
    }
  }

  @Test
  void theLimitsArePartOfTheHashAndTheirTerritoriesOfWhatRulesUse() {
    var with = new RuleFiles(Map.of("main.drl", RULES, "waiting.yaml", LIMITS));
    var without = new RuleFiles(Map.of("main.drl", RULES));
    assertNotEquals(without.hash(), with.hash());
    try (var rulebook = rulebook("Late: {after: 1h, territory: Westt, fallback: Inside Sales}")) {
      assertTrue(rulebook.uses().places().containsKey("Inside Sales"));
      String told =
          rulebook
              .check(RulesForTests.territories("West", "East"), NOON)
              .toCompletableFuture()
              .join()
              .stream()
              .map(Finding::told)
              .filter(line -> line.contains("waiting.yaml"))
              .collect(Collectors.joining("\n"));
      assertTrue(told.contains("waiting.yaml:1"), told);
      assertTrue(told.contains("no lead waits for \"Westt\""), told);
      assertTrue(told.contains("the CRM lists no territory \"Inside Sales\""), told);
    }
  }

  @Test
  void everyMistakeIsToldWithItsPlaceAndWhatToWriteInstead() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("Late: {after: 4h}", "1:1: say what then: write then: tell, then: re-decide or");
    wrong.put("Late: {then: tell}", "1:1: say after how long; write after: 4h");
    wrong.put("Late: 4h", "1:7: write name: value here");
    wrong.put("Late: {after: soon, then: tell}", "1:15: write a time from 1s to 90d");
    wrong.put("Late: {after: 0s, then: tell}", "1:15: write a time from 1s to 90d");
    wrong.put("Late: {after: 91d, then: tell}", "1:15: write a time from 1s to 90d");
    wrong.put("Late: {after: 1h, then: shout}", "1:25: write tell or re-decide");
    wrong.put("Late:\n  after: 1h\n  them: tell", "3:3: there are after, blocker, fallback,");
    wrong.put("Late: {after: 1h, then: tell, fallback: X}", "1:19: a limit has then or fallback");
    wrong.put("Late: {reason: nomatch, after: 1h, then: tell}", "1:16: there is no such reason;");
    wrong.put(
        "Late: {reason: crm_paused, after: 1h, fallback: X}",
        "1:16: the CRM takes nothing meanwhile, wherever to; write then: tell");
    wrong.put("Late: {untouched: 1h, then: tell}", "1:23: an untouched lead is assigned; write");
    wrong.put("Late: {untouched: 1h}", "1:1: say what then:");
    wrong.put("Late: {after: 1h, then: tell}\nLate: {after: 2h, then: tell}", "");
    wrong.forEach(
        (yaml, told) -> {
          String flaws =
              RulesForTests.flaws(Map.of("main.drl", RULES, "waiting.yaml", yaml))
                  .lines()
                  .findFirst()
                  .orElse("");
          assertTrue(flaws.startsWith("waiting.yaml:" + told), yaml + " → " + flaws);
        });
  }

  private static Rulebook rulebook(String limits) {
    return RulesForTests.rulebook(
        Map.of("main.drl", RULES, "waiting.yaml", limits), RulesForTests.SETTINGS);
  }

  private static Decision decide(
      Rulebook rulebook, Lead lead, Waiting waiting, TerritorySnapshot snapshot) {
    return judge(rulebook, new Asked(lead, waiting), snapshot);
  }

  private static Decision judge(Rulebook rulebook, Asked asked, TerritorySnapshot snapshot) {
    return rulebook.judge(List.of(asked), snapshot, NOON).toCompletableFuture().join().get(0);
  }

  private static Lead us() {
    return RulesForTests.lead(LeadField.COUNTRY, "US");
  }

  private static Waiting hours(int hours) {
    return waited(Duration.ofHours(hours));
  }

  private static Waiting waited(Duration time) {
    return new Waiting(NOON.minus(time), null, null, null, false);
  }

  private static Waiting waiting(Duration time, QueueReason reason, @Nullable String blocker) {
    return new Waiting(NOON.minus(time), reason, blocker, "West", false);
  }

  private static TerritorySnapshot closed(String... names) {
    List<String> shut = List.of(names);
    return new TerritorySnapshot(
        List.of("West", "East").stream().map(name -> territory(name, shut)).toList(), Flag.YES);
  }

  private static TerritorySnapshot closedOf(List<String> names) {
    return new TerritorySnapshot(
        names.stream().map(name -> territory(name, names)).toList(), Flag.YES);
  }

  private static Territory territory(String name, List<String> shut) {
    Instant old = NOON.minus(Duration.ofDays(30));
    return RulesForTests.territory("id-" + name, name, Flag.of(!shut.contains(name)), old);
  }
}
