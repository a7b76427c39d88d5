package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.PROPAGATION;
import static io.bailiwick.drools.RulesForTests.lead;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.territory;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.drools.facts.LeadFacts;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.DrlPrinter;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** What the guard would never let pass, given to the engine all the same. */
class SessionTest {

  private static final String HEAD =
      """
      package rules
      import io.bailiwick.lead.Flag;
      import io.bailiwick.lead.Placement;
      import io.bailiwick.lead.Territory;
      global io.bailiwick.drools.Route route;
      """;
  private static final String WEST =
      """
      rule "0" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      """;
  private static final Lead US = lead(LeadField.COUNTRY, "US");

  @Test
  void aRuleThatThrowsIsNamedAndTheNextLeadIsDecidedRight() throws Exception {
    String throwing =
        """
        rule "1" when Lead( city == "Boom" )
        then throw new IllegalStateException("ana@acme.example"); end
        """;
    try (var judge = new Judge(compiled(WEST + throwing, 2), settings(100))) {
      var snapshot = territories("West");
      assertEquals("assign West", told(judge.decide(US, snapshot, NOON)));
      Lead boom = lead(LeadField.COUNTRY, "US", LeadField.CITY, "Boom");
      Decision decision = judge.decide(boom, snapshot, NOON);
      assertEquals("queue rule_error", told(decision));
      assertEquals(
          "rule \"Rule 1\" (main.drl:2) failed with IllegalStateException",
          decision.receipt().detail());
      assertEquals("assign West", told(judge.decide(US, snapshot, NOON)));
    }
  }

  @Test
  void aConditionThatThrowsIsARuleErrorAndTheNextLeadIsDecidedRight() throws Exception {
    String throwing =
        "rule \"1\" when Lead( city.length() > 3 ) then route.queue(\"a\", \"b\"); end";
    try (var judge = new Judge(compiled(WEST + throwing, 2), settings(100))) {
      var snapshot = territories("West");
      Decision decision = judge.decide(US, snapshot, NOON);
      assertEquals("queue rule_error", told(decision));
      String detail = String.valueOf(decision.receipt().detail());
      assertTrue(detail.endsWith("failed with NullPointerException"), detail);
      Lead city = lead(LeadField.COUNTRY, "US", LeadField.CITY, "Rom");
      assertEquals("assign West", told(judge.decide(city, snapshot, NOON)));
    }
  }

  @Test
  void rulesThatFireWithoutEndAreCutAndTheNextLeadIsDecidedRight() throws Exception {
    String endless =
        """
        rule "1" when Lead( city == "Loop" ) then insert(Territory.missing("x")); end
        rule "2" when Lead( city == "Loop" ) Territory( name == "x" )
        then insert(Territory.missing("x")); end
        """;
    try (var judge = new Judge(compiled(WEST + endless, 3), settings(100))) {
      var snapshot = territories("West");
      Lead loop = lead(LeadField.COUNTRY, "US", LeadField.CITY, "Loop");
      Decision decision = judge.decide(loop, snapshot, NOON);
      assertEquals("queue rule_error", told(decision));
      String detail = String.valueOf(decision.receipt().detail());
      assertTrue(detail.startsWith("100 rules fired for one lead"), detail);
      assertEquals("assign West", told(judge.decide(US, snapshot, NOON)));
    }
  }

  @Test
  void anotherSnapshotChangesOnlyTheFactsThatDiffer() throws Exception {
    List<Territory> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(territory("T" + i));
    }
    var first = new TerritorySnapshot(many, Flag.YES);
    many.set(7, territory("id-T7", "T7", Flag.NO, NOON.minus(Duration.ofDays(30))));
    many.remove(999);
    many.add(territory("West"));
    var second = new TerritorySnapshot(many, Flag.NO);
    try (var session = new Session(compiled(WEST, 1), 100)) {
      assertEquals(1001, session.hold(first), "and the missing West");
      assertEquals(0, session.hold(new TerritorySnapshot(first.territories(), Flag.YES)));
      assertEquals(5, session.hold(second), "T7 twice, T999, West twice");
      assertEquals(0, session.hold(second));
      assertEquals(5, session.hold(first));
    }
  }

  @Test
  void theReceiptNamesTheVersionOfDroolsThatRuns() throws IOException {
    URL type = org.kie.api.KieBase.class.getResource("KieBase.class");
    String jar = type.toString().replaceAll("!.*", "!/META-INF/MANIFEST.MF");
    try (InputStream in = new URL(jar).openStream()) {
      var version = new Manifest(in).getMainAttributes().getValue("Implementation-Version");
      assertEquals(version, ReceiptDraft.DROOLS);
    }
  }

  private static JudgeSettings settings(int fireLimit) {
    return new JudgeSettings(
        PROPAGATION, 0, fireLimit, JudgeSettings.DEFAULT_DEADLINE, false, "test");
  }

  static Compiled compiled(String drl, int count) throws KieBases.NotCompiled {
    List<CheckedRule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(
          new CheckedRule(
              "Rule " + i,
              "main.drl",
              i + 1,
              0,
              null,
              null,
              List.of(),
              new CheckedRule.Action.To("$t"),
              i == 0 ? List.of("West") : List.of()));
    }
    Schema schema = Schema.read(new RuleFiles(Map.of()));
    LeadFacts facts = LeadFacts.of(schema, SessionTest.class.getClassLoader());
    var base = KieBases.build(HEAD + drl, facts.loader());
    return new Compiled(
        base, rules, DrlPrinter.names(rules.size()), false, facts, schema, "0".repeat(64));
  }
}
