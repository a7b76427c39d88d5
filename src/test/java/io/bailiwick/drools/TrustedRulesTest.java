package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.lead;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Receipt.RuleHit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code rules.trust: full}: rules as their team wrote them, with places and names kept. */
class TrustedRulesTest {

  private static final JudgeSettings TRUSTING = RulesForTests.SETTINGS.trusting(true);
  private static final String OURS =
      """
      import java.util.Locale
      rule "West" salience 10
      when
        Lead( country == "US", company != null, company.toUpperCase(Locale.ROOT) == "ACME" )
        $t : Territory( name == "West" )
      then
        String told = $t.name();
        route.to($t);
      end
      """;
  private static final String THEIRS =
      """
      package com.acme.routing;
      rule "West"
      when Lead( country == "US" ) $t : Territory( name == "East" )
      then route.to($t); end
      """;

  @Test
  void codeIsCompiledAsItStandsInAnyPackage() {
    Lead acme = lead(LeadField.COUNTRY, "US", LeadField.COMPANY, "Acme");
    Lead other = lead(LeadField.COUNTRY, "US", LeadField.COMPANY, "Other");
    try (var rulebook = RulesForTests.rulebook(Map.of("a.drl", OURS, "b.drl", THEIRS), TRUSTING)) {
      var snapshot = territories("West", "East");
      var decision = RulesForTests.decide(rulebook, acme, snapshot);
      assertEquals("assign West", told(decision));
      assertEquals(new RuleHit("West", "a.drl", 2, 10, "West"), decision.receipt().winner());
      assertEquals("assign East", told(RulesForTests.decide(rulebook, other, snapshot)));
      Set<String> named =
          rulebook.rules().stream().map(RuleHit::territory).collect(Collectors.toSet());
      assertEquals(Set.of("West", "East"), named);
    }
  }

  @Test
  void theSameIsRefusedWhereRulesAreGuarded() {
    String flaws = RulesForTests.flaws(Map.of("a.drl", OURS));
    assertTrue(flaws.contains("nothing can be imported"), flaws);
  }

  @Test
  void whatIsNoDrlAndASalienceThatIsNotWrittenAreToldWithTheFile() {
    assertTrue(
        flaws("rule \"A\" salience (1 + 1) when Lead() then end")
            .contains("salience is a written number even with rules.trust: full"));
    assertTrue(flaws("rule when").startsWith("a.drl:1:1: this is not DRL"));
    assertTrue(
        flaws("rule \"A\" when Lead( nothing == 1 ) then end").contains("did not take the rules"));
  }

  @Test
  void nothingIsClaimedOfCodeByTheAnalysis() {
    try (var rulebook = RulesForTests.rulebook(Map.of("a.drl", OURS), TRUSTING)) {
      var findings =
          rulebook.check(territories("West"), RulesForTests.NOON).toCompletableFuture().join();
      assertEquals(List.of(), findings.stream().filter(finding -> finding.kind().error()).toList());
    }
  }

  private static String flaws(String drl) {
    var compiled =
        RulebookCompiler.compile(new io.bailiwick.lead.RuleFiles(Map.of("a.drl", drl)), TRUSTING);
    return compiled instanceof Compilation.Refused refused
        ? refused.flaws().get(0).told()
        : "compiled";
  }
}
