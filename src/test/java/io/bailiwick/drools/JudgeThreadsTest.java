package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.PROPAGATION;
import static io.bailiwick.drools.RulesForTests.lead;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watchdog over judging threads, with rules that the guard would never let pass. */
@Timeout(60)
class JudgeThreadsTest {

  private static final String ENDLESS =
      """
      rule "0" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "1" when Lead( city == "Loop" ) then while (io.bailiwick.drools.EndlessRule.goesOn()) { } end
      """;
  private static final Lead US = lead(LeadField.COUNTRY, "US");
  private static final Lead LOOP = lead(LeadField.COUNTRY, "US", LeadField.CITY, "Loop");

  @BeforeEach
  void begin() {
    EndlessRule.on(true);
  }

  @AfterEach
  void letThemEnd() {
    EndlessRule.on(false);
  }

  @Test
  void aJudgementThatDoesNotEndCostsItsOwnLeadAndNoOther() throws Exception {
    var settings = new JudgeSettings(PROPAGATION, 2, 1000, Duration.ofMillis(200), false, "test");
    try (var rulebook = new DroolsRulebook(SessionTest.compiled(ENDLESS, 2), settings)) {
      List<Lead> leads = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        leads.add(i % 40 == 7 ? LOOP : US);
      }
      List<Decision> decisions =
          rulebook.decide(leads, territories("West"), NOON).toCompletableFuture().join();
      for (int i = 0; i < leads.size(); i++) {
        Decision decision = decisions.get(i);
        if (leads.get(i) == US) {
          assertEquals("assign West", told(decision));
        } else {
          assertEquals(Decision.Action.GIVE_UP, decision.action());
          String detail = String.valueOf(decision.receipt().detail());
          assertTrue(detail.startsWith("judging did not end within PT0.2S"), detail);
          assertTrue(detail.endsWith("rule \"Rule 1\" (main.drl:2)"), detail);
        }
      }
      assertEquals(
          "assign West",
          told(
              rulebook
                  .decide(List.of(US), territories("West"), NOON)
                  .toCompletableFuture()
                  .join()
                  .get(0)));
    }
  }

  /** A thread that takes another's place is not late before it has begun. */
  @Test
  void noLeadIsGivenUpForAnother() throws Exception {
    var settings = new JudgeSettings(PROPAGATION, 1, 1000, Duration.ofMillis(250), false, "test");
    try (var rulebook = new DroolsRulebook(SessionTest.compiled(ENDLESS, 2), settings)) {
      for (int round = 0; round < 4; round++) {
        EndlessRule.on(true);
        var decisions =
            rulebook
                .decide(List.of(US, LOOP, US), territories("West"), NOON)
                .toCompletableFuture()
                .join();
        EndlessRule.on(false);
        assertEquals(Decision.Action.GIVE_UP, decisions.get(1).action());
        assertEquals("assign West", told(decisions.get(2)), "round " + round);
      }
    }
  }

  @Test
  void closingWaitsForAJudgementThatDoesNotEndNoLongerThanItsDeadline() throws Exception {
    var settings = new JudgeSettings(PROPAGATION, 1, 1000, Duration.ofMillis(100), false, "test");
    var rulebook = new DroolsRulebook(SessionTest.compiled(ENDLESS, 2), settings);
    var asked = rulebook.decide(List.of(LOOP, US), territories("West"), NOON).toCompletableFuture();
    rulebook.close();
    assertEquals(Decision.Action.GIVE_UP, asked.join().get(0).action());
    assertEquals("assign West", told(asked.join().get(1)));
  }
}
