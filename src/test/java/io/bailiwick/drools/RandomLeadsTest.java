package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.lead;
import static io.bailiwick.drools.RulesForTests.rulebook;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The engine against the same rules written by hand, and its threads against each other. */
class RandomLeadsTest {

  private static final String RULES =
      """
      rule "Key account" salience 100
      when Lead( emailDomain in ("globex.example", "initech.example") )
        $t : Territory( name == "Key" ) then route.to($t); end
      rule "Enterprise" salience 80
      when Lead( country == "US", employees >= 1000 ) $t : Territory( name == "Enterprise" )
      then route.to($t); end
      rule "Rich" salience 80
      when Lead( country == "US", annualRevenue > 5000000000 ) $t : Territory( name == "Rich" )
      then route.to($t); end
      rule "West" salience 50
      when Lead( country == "US", region in ("CA", "OR", "WA") ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "Not west" salience 50
      when Lead( country == "US", region != null, region not in ("CA", "OR", "WA") )
        $t : Territory( name == "East" ) then route.to($t); end
      rule "Europe" salience 50
      when (Lead( country in ("DE", "FR") ) or Lead( language == "de", country == null ))
        $t : Territory( name == "Europe" ) then route.to($t); end
      rule "Mid Europe" salience 60
      when Lead( country == "DE", employees >= 100 && employees < 1000 )
        $t : Territory( name == "Europe" ) then route.to($t); end
      rule "Free mail" salience 90
      when Lead( company == null, email matches ".*@(mail|post)[.]example" )
      then route.queue("needs_review"); end
      """;

  @Test
  void twentyThousandRandomLeadsAreDecidedAsByHand() {
    long seed = new Random().nextLong();
    System.out.println("random leads: seed " + seed);
    List<Lead> leads = leads(new Random(seed), 20_000);
    TerritorySnapshot snapshot = territories("Key", "Enterprise", "Rich", "West", "East", "Europe");
    try (var rules = rulebook(RULES)) {
      List<Decision> decisions = rules.decide(leads, snapshot, NOON).toCompletableFuture().join();
      for (int i = 0; i < leads.size(); i++) {
        assertEquals(byHand(leads.get(i)), told(decisions.get(i)), leads.get(i).toString());
      }
    }
  }

  @Test
  void manyThreadsAndBothSnapshotsAtOnceGiveTheSameReceipts() {
    long seed = new Random().nextLong();
    System.out.println("many threads: seed " + seed);
    List<Lead> leads = leads(new Random(seed), 3_000);
    List<TerritorySnapshot> snapshots =
        List.of(territories("Key", "West"), territories("Enterprise", "East", "Europe"));
    var threaded =
        new JudgeSettings(
            RulesForTests.PROPAGATION, 4, 1000, JudgeSettings.DEFAULT_DEADLINE, false, "test");
    try (var one = rulebook(RULES);
        var four = rulebook(Map.of("main.drl", RULES), threaded)) {
      List<CompletableFuture<List<Decision>>> asked = new ArrayList<>();
      for (int round = 0; round < 6; round++) {
        asked.add(four.decide(leads, snapshots.get(round % 2), NOON).toCompletableFuture());
      }
      for (int round = 0; round < 6; round++) {
        assertEquals(
            one.decide(leads, snapshots.get(round % 2), NOON).toCompletableFuture().join(),
            asked.get(round).join());
      }
    }
  }

  @Test
  void closingFinishesTheLeadsUnderWay() {
    var threaded =
        new JudgeSettings(
            RulesForTests.PROPAGATION, 2, 1000, JudgeSettings.DEFAULT_DEADLINE, false, "test");
    Rulebook rules = rulebook(Map.of("main.drl", RULES), threaded);
    List<Lead> leads = leads(new Random(1), 2_000);
    var asked = rules.decide(leads, territories("West"), NOON).toCompletableFuture();
    rules.close();
    assertEquals(2_000, asked.join().size());
  }

  private static List<Lead> leads(Random random, int count) {
    List<Lead> leads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> values = new ArrayList<>();
      add(values, LeadField.COUNTRY, pick(random, "US", "US", "DE", "FR", "JP", null));
      add(values, LeadField.REGION, pick(random, "CA", "OR", "NY", null));
      add(values, LeadField.LANGUAGE, pick(random, "de", "en", null));
      add(values, LeadField.COMPANY, pick(random, "Acme", null));
      add(values, LeadField.EMPLOYEES, pick(random, "99", "100", "999", "1000", null));
      add(
          values,
          LeadField.ANNUAL_REVENUE,
          pick(random, "5000000000", "5000000001", "7", null, null));
      String domain = pick(random, "globex.example", "mail.example", "post.example", "x.example");
      add(values, LeadField.EMAIL, random.nextInt(5) == 0 ? null : "a" + i + "@" + domain);
      leads.add(lead(values.toArray()));
    }
    return leads;
  }

  private static void add(List<Object> values, LeadField field, String value) {
    if (value != null) {
      values.add(field);
      values.add(value);
    }
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  private static String byHand(Lead lead) {
    boolean us = Objects.equals(lead.country(), "US");
    String domain = lead.emailDomain();
    if ("globex.example".equals(domain) || "initech.example".equals(domain)) {
      return "assign Key";
    }
    if (lead.company() == null
        && ("mail.example".equals(domain) || "post.example".equals(domain))) {
      return "queue by_rule needs_review";
    }
    boolean enterprise = us && lead.employees() != null && lead.employees() >= 1000;
    boolean rich = us && lead.annualRevenue() != null && lead.annualRevenue() > 5_000_000_000L;
    if (enterprise || rich) {
      return enterprise && rich
          ? "queue ambiguous"
          : enterprise ? "assign Enterprise" : "assign Rich";
    }
    if (us && lead.region() != null) {
      boolean west = List.of("CA", "OR", "WA").contains(lead.region());
      return west ? "assign West" : "assign East";
    }
    boolean europe = "DE".equals(lead.country()) || "FR".equals(lead.country());
    boolean german = lead.country() == null && "de".equals(lead.language());
    return europe || german ? "assign Europe" : "queue no_match";
  }
}
