package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.SETTINGS;
import static io.bailiwick.drools.RulesForTests.decide;
import static io.bailiwick.drools.RulesForTests.lead;
import static io.bailiwick.drools.RulesForTests.rulebook;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.territory;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Receipt.RunnerUp;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final Lead US = lead(LeadField.COUNTRY, "US", LeadField.EMPLOYEES, 1200);

  private static final String WEST =
      """
      rule "US" salience 10
      when
        Lead( country == "US" )
        $t : Territory( name == "West" )
      then
        route.to($t);
      end
      """;

  private static final String READINESS =
      """
      rule "Off" when Placement( apiEnabled == Flag.NO )
      then route.queue("territory_not_ready", "api_disabled"); end
      rule "Young" when Placement( propagated == Flag.NO )
      then route.queue("territory_not_ready", "propagating"); end
      rule "Missing" when Placement( listed == Flag.NO )
      then route.queue("territory_not_ready", "not_found"); end
      """;

  @Test
  void aMatchingRuleAssignsAndTheReceiptIsComplete() {
    try (var rules = rulebook(WEST)) {
      TerritorySnapshot snapshot = territories("West", "East");
      Decision decision = decide(rules, US, snapshot);
      assertEquals("assign West", told(decision));
      var receipt = decision.receipt();
      assertEquals(Digests.sha256(LeadJson.canonical(US)), receipt.leadDigest());
      assertEquals(new RuleHit("US", "main.drl", 1, 10, "West"), receipt.winner());
      assertNull(receipt.readiness());
      assertEquals(List.of(), receipt.runnersUp());
      assertEquals(List.of(), receipt.blockers());
      assertNull(receipt.detail());
      assertEquals(new RuleFiles(Map.of("main.drl", WEST)).hash(), receipt.rulebook());
      assertEquals(rules.hash(), receipt.rulebook());
      assertEquals(snapshot.id(), receipt.snapshot());
      assertEquals(NOON, receipt.decidedAt());
      assertEquals("test", receipt.bailiwick());
      assertEquals("10.2.0", receipt.drools());
    }
  }

  @Test
  void whereNoRuleMatchesTheLeadIsQueuedAsNoMatch() {
    try (var rules = rulebook(WEST)) {
      Decision decision = decide(rules, lead(LeadField.COUNTRY, "DE"), territories("West"));
      assertEquals("queue no_match", told(decision));
      assertNull(decision.receipt().winner());
    }
  }

  @Test
  void theHighestSalienceWinsAndEachLoserSaysWhy() {
    String more =
        """
        rule "Big" salience 80 when Lead( employees >= 1000 ) $t : Territory( name == "Big" )
        then route.to($t); end
        rule "Big too" salience 80 when Lead( employees >= 500 ) $t : Territory( name == "Big" )
        then route.to($t); end
        """;
    try (var rules = rulebook(WEST + more)) {
      Decision decision = decide(rules, US, territories("West", "Big"));
      assertEquals("assign Big", told(decision));
      assertEquals(
          List.of(
              new RunnerUp(new RuleHit("Big too", "main.drl", 10, 80, "Big"), "same territory"),
              new RunnerUp(new RuleHit("US", "main.drl", 1, 10, "West"), "salience 10 < 80")),
          decision.receipt().runnersUp());
    }
  }

  @Test
  void twoTerritoriesAtTheHighestSalienceAreAmbiguousWhateverTheFilesAreCalled() {
    String other = WEST.replace("\"US\" sal", "\"Also US\" sal").replace("West", "East");
    for (String file : List.of("a.drl", "z.drl")) {
      try (var rules = rulebook(Map.of("main.drl", WEST, file, other), SETTINGS)) {
        Decision decision = decide(rules, US, territories("West", "East"));
        assertEquals("queue ambiguous", told(decision));
        assertNull(decision.receipt().winner());
        String detail = String.valueOf(decision.receipt().detail());
        String one = "\"Also US\" (" + file + ":1) says East";
        String two = "\"US\" (main.drl:1) says West";
        assertEquals(
            (file.equals("a.drl") ? one + ", " + two : two + ", " + one) + ", at salience 10",
            detail);
        assertEquals(
            List.of("tie", "tie"),
            decision.receipt().runnersUp().stream().map(RunnerUp::why).toList());
      }
    }
  }

  @Test
  void twoTerritoriesOfOneNameAreAmbiguous() {
    var twins =
        new TerritorySnapshot(
            List.of(
                territory("1", "West", Flag.YES, NOON.minusSeconds(90_000)),
                territory("2", "West", Flag.YES, NOON.minusSeconds(90_000))),
            Flag.YES);
    try (var rules = rulebook(WEST)) {
      Decision decision = decide(rules, US, twins);
      assertEquals("queue ambiguous", told(decision));
      assertEquals(
          "\"US\" (main.drl:1) says West, at salience 10; the CRM lists several of that name",
          decision.receipt().detail());
    }
  }

  @Test
  void aRuleThatQueuesCompetesLikeOneThatRoutes() {
    String review =
        """
        rule "Review" salience 50 when Lead( company == null ) then route.queue("needs_review"); end
        """;
    try (var rules = rulebook(WEST + review)) {
      Decision decision = decide(rules, US, territories("West"));
      assertEquals("queue by_rule needs_review", told(decision));
      assertNull(decision.territory());
      assertEquals(List.of("needs_review"), decision.receipt().blockers());
      Lead named = lead(LeadField.COUNTRY, "US", LeadField.COMPANY, "Acme");
      assertEquals("assign West", told(decide(rules, named, territories("West"))));
    }
    try (var rules = rulebook(WEST + review.replace("50", "10"))) {
      assertEquals("queue ambiguous", told(decide(rules, US, territories("West"))));
    }
  }

  @Test
  void aNameTheCrmLacksIsQueuedAsNotFoundAndNeverHandedToTheNextRule() {
    String fallback =
        """
        rule "Rest" salience -10 when Lead( ) $t : Territory( name == "House" )
        then route.to($t); end
        """;
    for (String readiness : List.of(READINESS, "")) {
      try (var rules = rulebook(WEST + fallback + readiness)) {
        Decision decision = decide(rules, US, territories("House"));
        assertEquals("queue territory_not_ready not_found", told(decision));
        var territory = decision.territory();
        assertNotNull(territory);
        assertEquals("West", territory.name());
        assertNull(territory.id());
        assertEquals(List.of("not_found"), decision.receipt().blockers());
      }
    }
  }

  @Test
  void everyBlockerIsInTheReceiptAndTheFirstOfTheirOrderIsTold() {
    var young = territory("1", "West", Flag.NO, NOON.minus(Duration.ofMinutes(10)));
    try (var rules = rulebook(WEST + READINESS)) {
      Decision decision = decide(rules, US, new TerritorySnapshot(List.of(young), Flag.YES));
      assertEquals("queue territory_not_ready api_disabled", told(decision));
      assertNull(decision.lookAgain());
      assertEquals(List.of("api_disabled", "propagating"), decision.receipt().blockers());
      var told = decision.receipt().readiness();
      assertNotNull(told);
      assertEquals("Off", told.rule());
    }
    String urgent = READINESS.replace("\"Young\" when", "\"Young\" salience 5 when");
    try (var rules = rulebook(WEST + urgent)) {
      Decision decision = decide(rules, US, new TerritorySnapshot(List.of(young), Flag.YES));
      assertEquals("queue territory_not_ready propagating", told(decision));
      assertEquals(NOON.plus(Duration.ofMinutes(5)), decision.lookAgain());
      assertEquals(List.of("propagating", "api_disabled"), decision.receipt().blockers());
    }
  }

  @Test
  void unknownFlagsNeverQueue() {
    var unknown =
        new Territory(
            "1",
            "West",
            null,
            null,
            Flag.UNKNOWN,
            Flag.UNKNOWN,
            null,
            NOON.minusSeconds(3600),
            Staff.UNKNOWN,
            Flag.UNKNOWN,
            true);
    try (var rules = rulebook(WEST + READINESS)) {
      var snapshot = new TerritorySnapshot(List.of(unknown), Flag.UNKNOWN);
      assertEquals("assign West", told(decide(rules, US, snapshot)));
    }
  }

  @Test
  void aReadinessRuleMayNameWhenToLookAgain() {
    String until =
        """
        rule "Wait" when Placement( $at : readyAt, propagated == Flag.NO )
        then route.queueUntil("by_rule", "still_cooling", $at); end
        """;
    var young = territory("1", "West", Flag.YES, NOON.minus(Duration.ofMinutes(1)));
    try (var rules = rulebook(WEST + until)) {
      Decision decision = decide(rules, US, new TerritorySnapshot(List.of(young), Flag.YES));
      assertEquals("queue by_rule still_cooling", told(decision));
      assertEquals(NOON.plus(Duration.ofMinutes(14)), decision.lookAgain());
    }
  }

  @Test
  void rulesCountFromTheirFirstInstantAndNoLongerFromTheirLast() {
    String dated =
        """
        rule "Campaign" salience 50 date-effective "2026-01-15T12:00:00Z" date-expires "2026-01-16"
        when Lead( ) $t : Territory( name == "Event" ) then route.to($t); end
        """;
    try (var rules = rulebook(WEST + dated)) {
      var snapshot = territories("West", "Event");
      Map<String, String> expected =
          Map.of(
              "2026-01-15T11:59:59.999Z", "assign West",
              "2026-01-15T12:00:00Z", "assign Event",
              "2026-01-15T23:59:59.999Z", "assign Event",
              "2026-01-16T00:00:00Z", "assign West");
      expected.forEach(
          (at, outcome) ->
              assertEquals(
                  outcome,
                  told(
                      rules
                          .decide(List.of(US), snapshot, java.time.Instant.parse(at))
                          .toCompletableFuture()
                          .join()
                          .get(0)),
                  at));
    }
  }

  @Test
  void aTerritoryMayBeNamedByAFieldOfTheLead() {
    String joined =
        """
        rule "City desk" when Lead( $c : city, city != null ) $t : Territory( name == $c )
        then route.to($t); end
        """;
    try (var rules = rulebook(joined)) {
      var snapshot = territories("Paris", "Rome");
      assertEquals("assign Rome", told(decide(rules, lead(LeadField.CITY, "Rome"), snapshot)));
      assertEquals("queue no_match", told(decide(rules, lead(LeadField.CITY, "Oslo"), snapshot)));
      assertEquals("queue no_match", told(decide(rules, lead(), snapshot)));
    }
  }

  @Test
  void notAndExistsAskOfOtherTerritories() {
    String asking =
        """
        rule "Own desk" salience 2 when Lead( country == "US" )
          exists Territory( name == "Desk", apiEnabled == Flag.YES )
          $t : Territory( name == "Desk" ) then route.to($t); end
        rule "No desk" salience 1 when Lead( country == "US" )
          not Territory( name == "Desk", apiEnabled == Flag.YES )
          $t : Territory( name == "West" ) then route.to($t); end
        """;
    try (var rules = rulebook(asking)) {
      assertEquals("assign Desk", told(decide(rules, US, territories("Desk", "West"))));
      assertEquals("assign West", told(decide(rules, US, territories("West"))));
    }
  }

  @Test
  void theRulesAreListedWithTheirPlacesAndTheTerritoriesTheyName() {
    String two =
        """

        rule "Either" when Lead( ) $t : Territory( name in ("A", "B"), manager == "Kim" )
        then route.to($t); end
        """;
    try (var rules = rulebook(two + READINESS)) {
      assertEquals(
          List.of(
              new RuleHit("Either", "main.drl", 2, 0, "A"),
              new RuleHit("Either", "main.drl", 2, 0, "B"),
              new RuleHit("Off", "main.drl", 4, 0, null),
              new RuleHit("Young", "main.drl", 6, 0, null),
              new RuleHit("Missing", "main.drl", 8, 0, null)),
          rules.rules());
    }
  }
}
