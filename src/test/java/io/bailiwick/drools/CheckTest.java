package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.territories;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Finding.Kind;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code check} finds: seeded defects, each in rules that are otherwise right. */
class CheckTest {

  private static final String RIGHT =
      """
      rule "US west" salience 50
      when Lead( country == "US", region in ("CA", "OR", "WA") ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "US large" salience 60
      when Lead( country == "US", employees >= 500 ) $t : Territory( name == "Enterprise" )
      then route.to($t); end
      rule "Accounts" salience 90
      when Accounts( $owner : owner ) $t : Territory( name == $owner )
      then route.to($t); end
      rule "All" salience -100
      when Lead( ) $t : Territory( name == "East" )
      then route.to($t); end
      """;

  private static final String ACCOUNTS =
      """
      domain: key emailDomain, segment, owner: territory
      globex.example, strategic, West
      initech.example, small, East
      """;

  /** A defect by the rules or files added, and what must be found. */
  private record Defect(String name, Map<String, String> files, String found) {}

  @Test
  void rulesThatAreRightGiveNoFinding() {
    assertEquals(List.of(), told(check(Map.of())));
  }

  @Test
  void theTerritoriesThatRulesAndLookupRowsNameAreToldWithTheirPlaces() {
    var files = Map.of("main.drl", RIGHT, "accounts.table.csv", ACCOUNTS);
    try (var rulebook = RulesForTests.rulebook(files, RulesForTests.SETTINGS)) {
      var uses = rulebook.uses();
      assertEquals(Set.of("West", "East", "Enterprise"), uses.places().keySet());
      assertEquals(
          List.of(
              new RulePlace("main.drl", 1, "US west"),
              new RulePlace("accounts.table.csv", 2, null)),
          uses.of("West"));
      assertEquals(List.of(), uses.of("North"));
      assertEquals(false, uses.any(), "a looked-up name is one of the table's");
    }
    String any =
        """
        rule "As asked" salience 50
        when Lead( $city : city, city != null ) $t : Territory( name == $city )
        then route.to($t); end
        """;
    try (var rulebook = RulesForTests.rulebook(any)) {
      assertTrue(rulebook.uses().any(), "the lead may name any");
    }
  }

  @TestFactory
  List<DynamicTest> eachSeededDefectIsFound() {
    List<Defect> defects = defects();
    assertTrue(defects.size() >= 20, defects.size() + " defects");
    return defects.stream()
        .map(
            defect ->
                DynamicTest.dynamicTest(
                    defect.name(),
                    () -> {
                      List<Finding> findings = check(defect.files());
                      List<String> told = told(findings);
                      assertTrue(
                          told.stream().anyMatch(one -> one.startsWith(defect.found())),
                          defect.found() + " is not among " + told);
                      assertTrue(
                          findings.stream().noneMatch(one -> one.kind() == Kind.UNKNOWN),
                          () -> "nothing is unknown: " + told);
                    }))
        .toList();
  }

  @Test
  void theExampleOfATieIsAmbiguousInTheEngine() {
    Map<String, String> files =
        Map.of("more.drl", rule("Software", 50, "Lead( industry == \"Software\" )", "Enterprise"));
    Finding tie =
        check(files).stream().filter(one -> one.kind() == Kind.TIE).findFirst().orElseThrow();
    assertNotNull(tie.example());
    assertNotNull(tie.at());
    try (var rulebook = RulesForTests.rulebook(all(files), RulesForTests.SETTINGS)) {
      var decision = RulesForTests.decide(rulebook, tie.example(), snapshot());
      assertEquals(QueueReason.AMBIGUOUS, decision.reason());
    }
  }

  @Test
  void conditionsOnTheInsideOfTextsMayStayUnknownAndAreNeverClaimed() {
    String two =
        rule("One", 70, "Lead( company matches \"[a-m].*x{3}\" )", "West")
            + rule("Two", 70, "Lead( company matches \"[n-z].*\" )", "Enterprise");
    List<Finding> findings = check(Map.of("more.drl", two));
    assertTrue(
        findings.stream().noneMatch(one -> one.kind().error()), () -> told(findings).toString());
  }

  @Test
  void theShippedRulesRaiseNoFalseAlarm() throws IOException {
    var settings = RulesForTests.SETTINGS;
    var compiled = RulebookCompiler.compile(RuleFolder.read(Path.of("rules")), settings);
    byte[] file = Files.readAllBytes(Path.of("fixtures/territories.json"));
    var snapshot =
        TerritoriesJson.read(file).reading().snapshot(null, NOON.minus(Duration.ofDays(1)));
    try (var rulebook = ((Compilation.Ready) compiled).rulebook()) {
      List<Finding> findings = rulebook.check(snapshot, NOON).toCompletableFuture().join();
      assertEquals(
          List.of("50-regions.drl:138: unknown_territory: rule \"Africa\""),
          told(findings).stream()
              .filter(one -> !one.contains(": gap: ") && !one.contains(": unused_"))
              .map(one -> one.substring(0, one.lastIndexOf(": ")))
              .toList());
    }
  }

  private static List<Defect> defects() {
    List<Defect> defects = new ArrayList<>();
    add(defects, "never", "an empty range", "Lead( employees >= 500, employees < 100 )");
    add(defects, "never", "two countries at once", "Lead( country == \"DE\", country == \"FR\" )");
    add(defects, "never", "absent and equal", "Lead( city == null, city == \"Rome\" )");
    add(
        defects,
        "never",
        "outside its own list",
        "Lead( country in (\"DE\", \"FR\"), country == \"US\" )");
    add(defects, "never", "no row has the value", "Accounts( segment == \"strategik\" )");
    add(defects, "never", "below zero", "Lead( employees < 0 )");
    add(defects, "never", "text that cannot fit", "Lead( country matches \"[a-z]+\" )");
    add(
        defects,
        "shadowed",
        40,
        "a part of a higher rule",
        "Lead( country == \"US\", region == \"CA\" )");
    add(defects, "shadowed", 40, "a narrower range", "Lead( country == \"US\", employees > 600 )");
    add(defects, "shadowed", 10, "an account", "Lead( emailDomain == \"globex.example\" )");
    add(defects, "shadowed", 10, "all accounts of a segment", "Accounts( segment == \"small\" )");
    add(
        defects,
        "shadowed",
        40,
        "by two together",
        "Lead( country == \"US\", region == \"CA\" || employees >= 1000 )");
    add(defects, "shadowed", -200, "below a catch-all", "Lead( country == \"FR\" )");
    add(defects, "tie", 50, "another field", "Lead( industry == \"Software\" )");
    add(defects, "tie", 60, "one number only", "Lead( employees in (10, 500) )");
    add(defects, "tie", 90, "with a lookup", "Lead( emailDomain == \"initech.example\" )");
    add(defects, "tie", 50, "through an or", "Lead( country == \"FR\" || region == \"WA\" )");
    add(defects, "tie", 60, "an open end", "Lead( country == \"US\", annualRevenue > 100 )");
    add(defects, "tie", 60, "absent", "Lead( region == null )");
    defects.add(
        new Defect(
            "rows of one table",
            Map.of("accounts.csv", ACCOUNTS + "globex.example, strategic, East\n"),
            "main.drl:7: tie: rule \"Accounts\""));
    defects.add(
        new Defect(
            "a misspelled territory",
            Map.of("more.drl", rule("New", 70, "Lead( country == \"DE\" )", "Wset")),
            "more.drl:1: unknown_territory: rule \"New\": the CRM lists no territory \"Wset\", so its"
                + " leads wait; did you mean \"West\"?"));
    defects.add(
        new Defect(
            "a row's territory is not listed",
            Map.of("accounts.csv", ACCOUNTS + "new.example, small, Nowhere\n"),
            "accounts.csv:4: unknown_territory: the CRM lists no territory \"Nowhere\""));
    defects.add(
        new Defect(
            "a table nobody asks",
            Map.of("segments.csv", "trade: key industry, segment\nSoftware, tech\n"),
            "segments.csv:1: unused_lookup: no rule asks Segments( … )"));
    defects.add(
        new Defect(
            "a field nobody asks",
            Map.of("fields.yaml", "tier: text\n"),
            "fields.yaml: unused_field: no rule asks tier"));
    defects.add(
        new Defect(
            "a rule whose time is over",
            Map.of(
                "more.drl",
                rule("Old", 70, "Lead( country == \"DE\" )", "West")
                    .replace("when", "date-expires \"2025-01-01\" when")),
            "more.drl:1: expired: rule \"Old\""));
    defects.add(
        new Defect(
            "a tie that begins later",
            Map.of(
                "more.drl",
                rule("Later", 60, "Lead( country == \"US\" )", "West")
                    .replace("when", "date-effective \"2026-03-01\" when")),
            "more.drl:1: tie: rule \"Later\""));
    return defects;
  }

  private static void add(List<Defect> defects, String kind, String name, String when) {
    add(defects, kind, 70, name, when);
  }

  private static void add(
      List<Defect> defects, String kind, int salience, String name, String when) {
    String file = rule("New", salience, when, "North");
    defects.add(
        new Defect(
            kind + ": " + name,
            Map.of("more.drl", file),
            "more.drl:1: " + kind + ": rule \"New\""));
  }

  private static String rule(String name, int salience, String when, String territory) {
    return """
        rule "%s" salience %d
        when %s $t : Territory( name == "%s" )
        then route.to($t); end
        """
        .formatted(name, salience, when, territory);
  }

  private static List<Finding> check(Map<String, String> files) {
    try (var rulebook = RulesForTests.rulebook(all(files), RulesForTests.SETTINGS)) {
      return rulebook.check(snapshot(), NOON).toCompletableFuture().join();
    }
  }

  private static Map<String, String> all(Map<String, String> files) {
    Map<String, String> all = new TreeMap<>(Map.of("main.drl", RIGHT, "accounts.csv", ACCOUNTS));
    all.putAll(files);
    return all;
  }

  private static TerritorySnapshot snapshot() {
    return territories("West", "East", "Enterprise");
  }

  private static List<String> told(List<Finding> findings) {
    return findings.stream().map(Finding::told).toList();
  }
}
