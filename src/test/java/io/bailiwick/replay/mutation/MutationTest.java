package io.bailiwick.replay.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.replay.Expectation;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.FixtureText;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.RuleFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How well the shipped fixtures test the shipped rules, and what fewer of them miss. */
class MutationTest {

  private static final Fixtures SHIPPED = FixtureFolder.read(Path.of("fixtures"));

  @Test
  void theShippedFixturesNoticeAlmostEverySmallChangeOfTheShippedRules() {
    try (Rulebook rulebook = rulebook()) {
      MutationScore score = Mutation.score(SHIPPED, rulebook);
      assertTrue(score.percent() >= 95, MutationText.of(score));
      assertEquals(
          List.of(), score.suggested(), "what is left is noticed by no lead that was tried");
    }
  }

  @Test
  void withoutItsEdgesTheSetIsWorseAndTheSuggestedFixturesMakeItGoodAgain() {
    List<LeadCase> few =
        SHIPPED.leads().stream()
            .filter(one -> !one.place().startsWith("leads/edges"))
            .filter(one -> !one.place().startsWith("leads/segments"))
            .toList();
    try (Rulebook rulebook = rulebook()) {
      MutationScore before = Mutation.score(with(few), rulebook);
      assertTrue(before.survivors().size() > 20);
      List<LeadCase> more = new ArrayList<>(few);
      more.addAll(before.suggested());
      MutationScore after = Mutation.score(with(more), rulebook);
      long hopeless = before.survivors().stream().filter(s -> s.killer() == null).count();
      assertEquals(hopeless, after.survivors().size(), MutationText.of(after));
    }
  }

  /** It comes out otherwise by every mutant, whatever that changes, and so tells nothing. */
  @Test
  void aFixtureThatFailsByTheRulesNoticesNoMutant() {
    LeadCase california =
        SHIPPED.leads().stream().filter(c -> c.name().equals("California")).toList().get(0);
    var wrong =
        new LeadCase(
            "wrong#1",
            "Wrong",
            california.at(),
            california.lead(),
            new Expectation("assign", "DACH", null, null, null));
    try (Rulebook rulebook = rulebook()) {
      MutationScore score = Mutation.score(with(List.of(california, wrong)), rulebook);
      assertTrue(score.survivors().size() > 20, score.survivors().size() + " survive");
    }
  }

  @Test
  void aConditionThatNoFixturePassesOrFailsIsNamed() {
    List<LeadCase> one =
        SHIPPED.leads().stream().filter(c -> c.name().equals("California")).toList();
    try (Rulebook rulebook = rulebook()) {
      ConditionCoverage coverage = ConditionCoverage.of(with(one), rulebook.probes().orElseThrow());
      String text = MutationText.of(coverage);
      assertTrue(
          text.contains(
              "50-regions.drl:46: rule \"Canada\": condition country == \"CA\" is passed by no"
                  + " fixture"),
          text);
      assertTrue(
          text.contains(
              "40-segments.drl:4: rule \"US enterprise, by employees\": condition country == \"US\" is failed by no fixture"),
          text);
    }
  }

  @Test
  void anAcceptedExpectationReplacesTheOldOneAndNothingElseOfTheFile() {
    String file =
        """
        {"at":"2026-01-15T12:00:00Z",
         "leads":[
           {"name":"é, kept","lead":{"country":"US"},  "expect" : {"status":"assign",
              "territory":"Old"}},
           {"expect":{"status":"queue","reason":"no_match"},"name":"Two","lead":{"company":"{}"}}
         ]}
        """;
    String replaced =
        FixtureText.replace(
            file, Map.of(1, new Expectation("assign", "New", null, null, "A \"rule\"")));
    assertEquals(
        file.replace(
            "{\"status\":\"assign\",\n      \"territory\":\"Old\"}",
            "{\"status\":\"assign\",\"territory\":\"New\",\"rule\":\"A \\\"rule\\\"\"}"),
        replaced);
  }

  private static Fixtures with(List<LeadCase> leads) {
    return new Fixtures(SHIPPED.territories(), leads, List.of(), List.of(), List.of());
  }

  private static Rulebook rulebook() {
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "test");
    var compiled = RulebookCompiler.compile(RuleFolder.read(Path.of("rules")), settings);
    return ((Compilation.Ready) compiled).rulebook();
  }
}
