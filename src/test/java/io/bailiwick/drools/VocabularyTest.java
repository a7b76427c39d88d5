package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Declared fields, business hours and lookup tables: what rules see of them, and their mistakes.
 */
class VocabularyTest {

  private static final String FIELDS =
      """
      # what our forms send besides
      tier: {type: text, aliases: [Partner_Tier]}
      seats: {type: number, aliases: ["Seats wanted", seat_count]}
      customer: yes-no
      """;

  private static final String ACCOUNTS =
      """
      domain: key emailDomain, segment, owner: territory, seats: number
      globex.example, strategic, West, 100
      # a comment
      "initech.example", "small, but nice", East,
      """;

  private static final String POSTCODES =
      """
      country: key country;from: from postalCode;to: to postalCode;owner: territory
      DE;10000;19999;Berlin
      DE;20000;29999;Hamburg
      DE;15000;15999;Potsdam
      FR;;49999;West
      """;

  @Test
  void aDeclaredFieldIsReadFromItsAliasesInAnyCaseAndAsItsType() {
    String rules =
        rule("Gold", "Lead( tier == \"gold\" )", "West")
            + rule("Many seats", "Lead( seats >= 50 )", "East")
            + rule("Customer", "Lead( customer == true )", "North");
    var files = Map.of("main.drl", rules, "fields.yaml", FIELDS);
    assertEquals("assign West", decided(files, lead("partner_tier", "gold")));
    assertEquals("assign East", decided(files, lead("SEATS WANTED", "1,200")));
    assertEquals("queue no_match", decided(files, lead("seat_count", "many")));
    assertEquals("assign North", decided(files, lead("customer", "Yes")));
    assertEquals("queue no_match", decided(files, lead("customer", "no")));
    assertEquals("queue no_match", decided(files, lead("other", "gold")));
  }

  @Test
  void aSourceMaySendADeclaredFieldByItsNameAndIsNotWarned() throws IOException {
    var files =
        Map.of("main.drl", rule("Gold", "Lead( tier == \"gold\" )", "West"), "fields.yaml", FIELDS);
    try (var rulebook = RulesForTests.rulebook(files, RulesForTests.SETTINGS)) {
      var mapping = SourceMapping.PLAIN.knowing(rulebook.declaredAttributes());
      var node = Json.read("{\"Partner_Tier\":\"gold\",\"other\":1}".getBytes(UTF_8));
      LeadJson.Read read = LeadJson.read(node, "", mapping, false);
      assertEquals("gold", read.lead().attributes().get("Partner_Tier"));
      assertEquals(1, read.warnings().size(), "only the other one is not known");
      assertEquals(1, LeadJson.read(node, "", mapping, true).flaws().size());
      assertEquals(
          "assign West", told(RulesForTests.decide(rulebook, read.lead(), territories("West"))));
    }
  }

  @Test
  void aDeclaredFieldThatMayBeAbsentIsGuardedLikeEveryOther() {
    var files =
        Map.of(
            "main.drl",
            rule("Not gold", "Lead( tier != \"gold\" )", "West"),
            "fields.yaml",
            FIELDS);
    assertEquals(
        """
        main.drl:4:9: rule "Not gold": tier may be absent, and then != is true; write tier != null, \
        tier != "gold"
          Lead( tier != "gold" )
                ^^^^""",
        RulesForTests.flaws(files));
  }

  @Test
  void declarationsThatBreakTheCompilerOrSayNothingAreRefusedAtTheirLine() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put(
        "alpha: text", "1:1: alpha is a word of the rule engine; write for example alphaCode");
    wrong.put("bind: text", "1:1: bind is a word of the rule engine; write for example bindCode");
    wrong.put(
        "class: text", "1:1: class is a word of the rule engine; write for example classCode");
    wrong.put("country: text", "1:1: a lead has a field country already");
    wrong.put(
        "tier: txet",
        "1:7: \"txet\" is no type; there are number, text, yes-no; did you mean \"text\"?");
    wrong.put(
        "Tier: text",
        "1:1: a field's name is a small letter and 1 to 39 letters or digits; write for example tier");
    wrong.put("tier:\n  aliases: [x1]", "1:1: say the type: text, number or yes-no");
    wrong.put("tier: {type: text, alias: [x1]}", "1:20: a field has a type and aliases, no alias");
    wrong.put("tier: text\ntier: text", "2:1: tier stands here twice");
    wrong.put(
        "tier: text\nrank: {type: text, aliases: [TIER]}",
        "2:30: the attribute TIER is tier already");
    wrong.put("tier: [text", "1:12: this is not YAML: expected ',' or ']', but got <stream end>");
    wrong.forEach(
        (yaml, told) -> {
          String flaws =
              RulesForTests.flaws(
                  Map.of("main.drl", rule("All", "Lead( )", "West"), "fields.yaml", yaml));
          assertEquals("fields.yaml:" + told, flaws.lines().findFirst().orElse(""), yaml);
        });
  }

  @Test
  void onlyTheRowsThatBelongToALeadAreFacts() {
    String rules =
        rule("Owned", "Accounts( $owner : owner )", "$owner")
            + rule("Large", 10, "Accounts( segment == \"strategic\", seats >= 100 )", "North")
            + rule("Nobody's", "Lead( country == \"US\" ) not Accounts( )", "South");
    var files = Map.of("main.drl", rules, "accounts.csv", ACCOUNTS);
    assertEquals("assign North", decided(files, mail("a@globex.example")));
    assertEquals("assign East", decided(files, mail("a@initech.example")));
    assertEquals("queue no_match", decided(files, mail("a@other.example")));
    Lead other =
        new LeadForm().set(LeadField.EMAIL, "a@x.example").set(LeadField.COUNTRY, "US").lead();
    assertEquals("assign South", decided(files, other));
  }

  @Test
  void rangesBelongFromTheirLowerToTheirUpperBoundAndAllThatHoldAValueCount() {
    String rules = rule("By postcode", "Postcodes( $owner : owner )", "$owner");
    var files = Map.of("main.drl", rules, "postcodes.csv", POSTCODES);
    assertEquals("assign Berlin", decided(files, postcode("DE", "10000")));
    assertEquals("assign Berlin", decided(files, postcode("DE", "19999")));
    assertEquals("assign Hamburg", decided(files, postcode("DE", "20000")));
    assertEquals("queue ambiguous", decided(files, postcode("DE", "15500")));
    assertEquals("queue no_match", decided(files, postcode("DE", "30000")));
    assertEquals("assign West", decided(files, postcode("FR", "00001")));
    assertEquals("queue no_match", decided(files, postcode("FR", "50000")));
    assertEquals(
        "queue no_match", decided(files, new LeadForm().set(LeadField.COUNTRY, "DE").lead()));
  }

  @Test
  void aTerritoryThatOnlyARowNamesAndTheCrmLacksIsNotFoundAndNotHandedOn() {
    String rules =
        rule("Owned", 10, "Accounts( $owner : owner )", "$owner") + rule("All", "Lead( )", "West");
    var files =
        Map.of(
            "main.drl",
            rules,
            "accounts.csv",
            "domain: key emailDomain,owner: territory\nx.example,Nowhere\n");
    assertEquals("queue territory_not_ready not_found", decided(files, mail("a@x.example")));
  }

  @Test
  void aTablesMistakesAreToldWithLineAndColumn() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("", "1:1: a table begins with a header; write for example domain: key emailDomain");
    wrong.put(
        "domain,owner\na,b",
        "1:1: say which rows are a lead's: head a column \"domain: key emailDomain\" or the like");
    wrong.put(
        "domain: key emailDomian\na",
        "1:1: Lead has no field \"emailDomian\"; did you mean \"emailDomain\"?");
    wrong.put(
        "domain: key emailDomain, seats: number\na.example, 5\nb.example, many",
        "3:11: \"many\" is not a whole number");
    wrong.put(
        "c: key country\nUS\nQQ",
        "1:1: a field's name is a small letter and 1 to 39 letters or digits; write for example tier");
    wrong.put("land: key country\nUS\nQQ", "3:1: \"QQ\" is not a value that a lead can have here");
    wrong.put("land: key country, owner: territory\nUS", "2:1: this row has 1 cells, the header 2");
    wrong.put("land: key country, owner: territory\n,West", "2:1: a key is never empty");
    wrong.put("land: key country, land: text\nUS,x", "1:19: there is a column land already");
    wrong.put(
        "low: from employees, low2: from employees\n1,2",
        "1:21: a table has one range; make a second table");
    wrong.forEach(
        (csv, told) -> {
          String flaws =
              RulesForTests.flaws(
                  Map.of("main.drl", rule("All", "Lead( )", "West"), "areas.csv", csv));
          assertEquals("areas.csv:" + told, flaws.lines().findFirst().orElse(""), csv);
        });
  }

  @Test
  void moreRowsOfOneLeadThanASessionShouldHoldAreRefused() {
    var csv = new StringBuilder("land: key country, owner: territory\n");
    csv.append("US,West\n".repeat(101));
    assertEquals(
        "areas.csv:2:1: more than 100 rows belong to the same lead; make the keys or ranges narrower",
        RulesForTests.flaws(
                Map.of("main.drl", rule("All", "Lead( )", "West"), "areas.csv", csv.toString()))
            .lines()
            .findFirst()
            .orElse(""));
  }

  @Test
  void businessHoursFollowTheZoneTheWeekAndTheHolidays() {
    String hours =
        """
        zone: Europe/Berlin
        hours:
          mon-fri: ["09:00-12:00", "13:00-17:00"]
          sat: "10:00-14:00"
        holidays: [2026-01-06]
        """;
    String rules =
        rule("Open", "Lead( businessHours == true )", "West")
            + """
            rule "Closed on Sunday" salience 5
            when
              Lead( weekday == "Sunday", $at : opensAt )
            then
              route.queueUntil("by_rule", "sunday", $at);
            end
            """
            + rule("Closed", "Lead( businessHours == false )", "East");
    var files = Map.of("main.drl", rules, "hours.yaml", hours);
    assertEquals("assign West", decidedAt(files, "2026-01-15T08:00:00Z"));
    assertEquals("assign East", decidedAt(files, "2026-01-15T11:00:00Z"));
    assertEquals("assign East", decidedAt(files, "2026-01-15T16:00:00Z"));
    assertEquals("assign West", decidedAt(files, "2026-07-15T07:00:00Z"), "summer time");
    assertEquals("assign East", decidedAt(files, "2026-01-06T09:00:00Z"), "a holiday");
    assertEquals("queue by_rule sunday", decidedAt(files, "2026-01-18T09:00:00Z"));
    try (var rulebook = RulesForTests.rulebook(files, RulesForTests.SETTINGS)) {
      Instant sunday = Instant.parse("2026-01-18T09:00:00Z");
      var decision =
          rulebook
              .decide(List.of(new LeadForm().lead()), territories("West"), sunday)
              .toCompletableFuture()
              .join()
              .get(0);
      assertEquals(Instant.parse("2026-01-19T08:00:00Z"), decision.lookAgain());
    }
  }

  @Test
  void hoursAreRefusedAtTheirLineAndTheirFieldsAreThereOnlyWithThem() {
    assertEquals(
        "main.drl:4:9: rule \"Open\": Lead has no field \"businessHours\"; write one that it has, for"
            + " example country",
        RulesForTests.flaws(Map.of("main.drl", rule("Open", "Lead( businessHours == true )", "W")))
            .lines()
            .findFirst()
            .orElse(""));
    Map<String, String> wrong = new HashMap<>();
    wrong.put("hours: {mon: closed}", "1:1: say the zone and the hours; write zone: Europe/Berlin");
    wrong.put(
        "zone: Berlin\nhours: {mon: \"9-5\"}",
        "1:7: this is no zone; write for example Europe/Berlin");
    wrong.put(
        "zone: UTC\nhours: {mon: \"9-5\"}", "2:14: write the hours as \"09:00-17:30\", or closed");
    wrong.put(
        "zone: UTC\nhours: {mon: closed}",
        "2:1: at least one day has hours; write mon-fri: 09:00-17:00");
    wrong.put("zone: UTC\nhours: {moon: closed}", "2:9: write days as mon, sat or mon-fri");
    wrong.put(
        "zone: UTC\nhours: {mon: \"09:00-10:00\", mon-fri: closed}",
        "2:29: Monday has hours already");
    wrong.forEach(
        (yaml, told) -> {
          String flaws =
              RulesForTests.flaws(
                  Map.of("main.drl", rule("All", "Lead( )", "West"), "hours.yaml", yaml));
          assertEquals("hours.yaml:" + told, flaws.lines().findFirst().orElse(""), yaml);
        });
  }

  private static String rule(String name, String when, String territory) {
    return rule(name, 0, when, territory);
  }

  private static String rule(String name, int salience, String when, String territory) {
    String named = territory.startsWith("$") ? territory : '"' + territory + '"';
    return """
        rule "%s"
          salience %d
        when
          %s
          $t : Territory( name == %s )
        then
          route.to($t);
        end
        """
        .formatted(name, salience, when, named);
  }

  private static String decided(Map<String, String> files, Lead lead) {
    String readiness =
        "rule \"r\" when Placement( listed == Flag.NO )"
            + " then route.queue(\"territory_not_ready\", \"not_found\"); end";
    Map<String, String> all = new HashMap<>(files);
    all.put("readiness.drl", readiness);
    try (var rulebook = RulesForTests.rulebook(all, RulesForTests.SETTINGS)) {
      var snapshot = territories("West", "East", "North", "South", "Berlin", "Hamburg", "Potsdam");
      return told(RulesForTests.decide(rulebook, lead, snapshot));
    }
  }

  private static String decidedAt(Map<String, String> files, String at) {
    try (var rulebook = RulesForTests.rulebook(files, RulesForTests.SETTINGS)) {
      var leads = List.of(new LeadForm().lead());
      var snapshot = territories("West", "East");
      Instant instant = at.isEmpty() ? NOON : Instant.parse(at);
      return told(rulebook.decide(leads, snapshot, instant).toCompletableFuture().join().get(0));
    }
  }

  private static Lead lead(String attribute, String value) {
    return new LeadForm().setAttribute(attribute, value).lead();
  }

  private static Lead mail(String address) {
    return new LeadForm().set(LeadField.EMAIL, address).lead();
  }

  private static Lead postcode(String country, String code) {
    return new LeadForm().set(LeadField.COUNTRY, country).set(LeadField.POSTAL_CODE, code).lead();
  }
}
