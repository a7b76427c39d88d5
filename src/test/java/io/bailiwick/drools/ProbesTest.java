package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Mutant;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.WhyNot;
import io.bailiwick.lead.WhyNot.Flip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How far rules came, what would flip a decision, and what mutants say. */
class ProbesTest {

  private static final int PAIRS = Integer.getInteger("probes.pairs", 10_000);

  private static final String RULES =
      """
      rule "Accounts" salience 90
      when Accounts( $o : owner ) $t : Territory( name == $o )
      then route.to($t); end
      rule "Enterprise" salience 60
      when Lead( country == "US", region in ("CA", "OR"), employees >= 30, industry == "Software" )
        $t : Territory( name == "Enterprise" )
      then route.to($t); end
      rule "Middle" salience 55
      when Lead( employees > 12, employees <= 20 || annualRevenue >= 25 )
        $t : Territory( name == "Middle" )
      then route.to($t); end
      rule "West" salience 50
      when Lead( country == "US", region in ("CA", "OR") ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "Gold" salience 45
      when Lead( tier == "gold", seats >= 7 ) $t : Territory( name == "Partners" )
      then route.to($t); end
      rule "No country" salience 40
      when Lead( country == null, employees < 9 ) $t : Territory( name == "Inbound" )
      then route.to($t); end
      rule "Review" salience 70
      when Lead( company contains "test" )
      then route.queue("review"); end
      """;

  private static final Map<String, String> FILES =
      Map.of(
          "main.drl",
          RULES,
          "accounts.csv",
          "domain: key emailDomain, owner: territory\nglobex.example, West\nacme.example, Middle\n",
          "fields.yaml",
          "tier: text\nseats: number\n");

  private static final String[] TERRITORIES = {
    "West", "Enterprise", "Middle", "Partners", "Inbound"
  };

  @Test
  void aTraceSaysOfEachConditionWhetherItHoldsAndWhatTheLeadHas() {
    try (Rulebook rulebook = RulesForTests.rulebook(FILES, RulesForTests.SETTINGS)) {
      Lead lead =
          new LeadForm()
              .set(LeadField.COUNTRY, "US")
              .set(LeadField.REGION, "CA")
              .set(LeadField.EMPLOYEES, "28")
              .set(LeadField.INDUSTRY, "Software")
              .lead();
      WhyNot why = probes(rulebook).whyNot(lead, snapshot(), NOON, "Enterprise");
      assertEquals("assign West", told(why.decision()));
      RuleTrace nearest = why.rules().get(0);
      assertEquals("Enterprise", nearest.rule().rule());
      assertEquals("passed 3 of 4: employees >= 30, employees was 28", nearest.told());
      assertEquals(
          List.of("employees 30 in place of 28"), why.flips().stream().map(Flip::told).toList());
      assertEquals("assign Enterprise", told(why.flips().get(0).decision()));
      List<RuleTrace> all = probes(rulebook).trace(lead, snapshot(), NOON);
      assertEquals(7, all.size());
      assertEquals(
          "passed 0 of 2: Accounts( $o : owner ), the lead has no row of Accounts",
          all.get(0).told());
    }
  }

  /** Every single change of a field, tried one by one, finds no smaller one than was told. */
  @Test
  void whyNotAgreesWithBruteForce() {
    long seed = Long.getLong("probes.seed", new Random().nextLong());
    System.out.println("why not against brute force: seed " + seed + ", " + PAIRS + " pairs");
    var random = new Random(seed);
    try (Rulebook rulebook = RulesForTests.rulebook(FILES, RulesForTests.SETTINGS)) {
      Probes probes = probes(rulebook);
      for (int i = 0; i < PAIRS; i++) {
        Lead lead = lead(random);
        String territory = TERRITORIES[random.nextInt(TERRITORIES.length)];
        WhyNot why = probes.whyNot(lead, snapshot(), NOON, territory);
        String which = "seed " + seed + ": " + lead + " to " + territory + " " + why.flips();
        if (!why.goesThere()) {
          compare(rulebook, lead, territory, why, which);
        }
      }
    }
  }

  private static void compare(
      Rulebook rulebook, Lead lead, String territory, WhyNot why, String which) {
    List<Lead> told = why.flips().stream().map(Flip::changed).toList();
    decided(rulebook, told).forEach(decision -> assertEquals(territory, name(decision), which));
    Long told30 = change(why, "employees");
    long bound = told30 == null ? 60 : distance(lead.employees(), told30);
    List<Lead> smaller =
        IntStream.range(0, 60)
            .filter(size -> lead.employees() == null || size != lead.employees())
            .filter(size -> distance(lead.employees(), size) < bound)
            .mapToObj(size -> LeadForm.of(lead).set(LeadField.EMPLOYEES, "" + size).lead())
            .toList();
    decided(rulebook, smaller).forEach(d -> assertFalse(territory.equals(name(d)), which));
    boolean byRegion = why.flips().stream().anyMatch(flip -> flip.field().equals("region"));
    List<Lead> regions = new ArrayList<>();
    for (String region : List.of("CA", "OR", "NY", "ZZ")) {
      regions.add(LeadForm.of(lead).set(LeadField.REGION, region).lead());
    }
    regions.add(LeadForm.of(lead).clear(LeadField.REGION).lead());
    boolean any = decided(rulebook, regions).stream().anyMatch(d -> territory.equals(name(d)));
    assertEquals(any, byRegion, which);
  }

  @Test
  void everyMutantDiffersFromItsRuleInOneThingAndAllAreDecided() {
    try (Rulebook rulebook = RulesForTests.rulebook(FILES, RulesForTests.SETTINGS)) {
      Probes probes = probes(rulebook);
      List<Mutant> mutants = probes.mutants();
      List<String> changes = mutants.stream().map(Mutant::change).toList();
      assertTrue(changes.contains("employees >= 30 → employees > 30"), changes.toString());
      assertTrue(changes.contains("employees >= 30 → employees >= 29"), changes.toString());
      assertTrue(changes.contains("employees >= 30 → left out"), changes.toString());
      assertTrue(
          changes.contains("region in (\"CA\", \"OR\") → region in (\"OR\")"), changes.toString());
      assertTrue(changes.contains("country == \"US\" → country != \"US\""), changes.toString());
      assertTrue(changes.contains("salience 50 ↔ \"Middle\" 55"), changes.toString());
      assertEquals(
          changes.size(),
          IntStream.range(0, changes.size()).filter(i -> mutants.get(i).number() == i).count());
      List<Lead> leads = new ArrayList<>();
      var random = new Random(7);
      IntStream.range(0, 300).forEach(i -> leads.add(lead(random)));
      List<String> as = decided(rulebook, leads).stream().map(RulesForTests::told).toList();
      long noticed =
          mutants.stream()
              .filter(
                  mutant ->
                      !probes.decide(mutant, leads, snapshot(), NOON).stream()
                          .map(RulesForTests::told)
                          .toList()
                          .equals(as))
              .count();
      assertTrue(noticed > mutants.size() / 2, noticed + " of " + mutants.size());
    }
  }

  @Test
  void edgesHoldEachBoundFromBothSidesAndAbsentAndUnknownValues() {
    try (Rulebook rulebook = RulesForTests.rulebook(FILES, RulesForTests.SETTINGS)) {
      List<Lead> edges = probes(rulebook).edges(NOON);
      for (long size : new long[] {30, 29, 13, 12, 20, 21, 8, 9}) {
        assertTrue(
            edges.stream().anyMatch(lead -> Long.valueOf(size).equals(lead.employees())),
            size + " is on no edge: " + edges);
      }
      assertTrue(edges.stream().anyMatch(lead -> "Other".equals(lead.industry())));
      assertTrue(edges.stream().anyMatch(lead -> "globex.example".equals(lead.emailDomain())));
      assertTrue(edges.stream().anyMatch(lead -> "6".equals(lead.attributes().get("seats"))));
    }
  }

  private static Long change(WhyNot why, String field) {
    return why.flips().stream()
        .filter(flip -> flip.field().equals(field) && flip.to() != null)
        .map(flip -> Long.valueOf(flip.to()))
        .findFirst()
        .orElse(null);
  }

  /** An absent number is as far as from none. */
  private static long distance(Long from, long to) {
    return Math.abs((from == null ? 0 : from) - to);
  }

  private static Probes probes(Rulebook rulebook) {
    return rulebook.probes().orElseThrow();
  }

  private static TerritorySnapshot snapshot() {
    return territories(TERRITORIES);
  }

  private static List<Decision> decided(Rulebook rulebook, List<Lead> leads) {
    return rulebook.decide(leads, snapshot(), NOON).toCompletableFuture().join();
  }

  private static String name(Decision decision) {
    TerritoryRef ref = decision.territory();
    return ref == null ? "" : ref.name();
  }

  private static Lead lead(Random random) {
    var form = new LeadForm();
    set(form, random, LeadField.COUNTRY, "US", "DE");
    set(form, random, LeadField.REGION, "CA", "OR", "NY");
    set(form, random, LeadField.INDUSTRY, "Software", "Steel");
    set(form, random, LeadField.EMAIL, "a@globex.example", "a@acme.example", "a@x.example");
    set(form, random, LeadField.COMPANY, "Acme", "A test");
    set(form, random, LeadField.EMPLOYEES, Integer.toString(random.nextInt(50)));
    set(form, random, LeadField.ANNUAL_REVENUE, Integer.toString(random.nextInt(40)));
    if (random.nextInt(3) == 0) {
      form.setAttribute("tier", random.nextBoolean() ? "gold" : "silver");
      form.setAttribute("seats", Integer.toString(random.nextInt(12)));
    }
    return form.lead();
  }

  private static void set(LeadForm form, Random random, LeadField field, String... values) {
    if (random.nextInt(3) > 0) {
      form.set(field, values[random.nextInt(values.length)]);
    }
  }
}
