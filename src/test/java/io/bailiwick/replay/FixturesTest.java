package io.bailiwick.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.command.SandboxWorlds;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.RuleFlaw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped rules against the shipped fixtures, as {@code replay} runs them. */
class FixturesTest {

  private static final Duration PROPAGATION = Duration.ofMinutes(15);

  @Test
  void theShippedRulesDoWhatTheShippedFixturesExpect() {
    Fixtures fixtures = FixtureFolder.read(Path.of("fixtures"));
    assertTrue(fixtures.leads().size() >= 60, fixtures.leads().size() + " leads");
    try (Rulebook rules = shipped(0)) {
      ReplayResult result = Replay.run(fixtures, rules, new SandboxWorlds(PROPAGATION));
      assertEquals(0, result.exitStatus(), () -> ReplayText.of(result, false));
    }
  }

  @Test
  void theSameReplayGivesTheSameResultOnOtherThreads() {
    Fixtures fixtures = FixtureFolder.read(Path.of("fixtures"));
    try (Rulebook one = shipped(0);
        Rulebook two = shipped(2)) {
      assertEquals(
          Replay.run(fixtures, one, new SandboxWorlds(PROPAGATION)),
          Replay.run(fixtures, two, new SandboxWorlds(PROPAGATION)));
    }
  }

  private static Rulebook shipped(int threads) {
    var settings =
        new JudgeSettings(
            PROPAGATION, threads, 1000, JudgeSettings.DEFAULT_DEADLINE, false, "test");
    Compilation compilation = RulebookCompiler.compile(RuleFolder.read(Path.of("rules")), settings);
    if (compilation instanceof Compilation.Ready ready) {
      assertEquals(List.of(), ready.warnings());
      return ready.rulebook();
    }
    throw new AssertionError(
        ((Compilation.Refused) compilation)
            .flaws().stream().map(RuleFlaw::told).collect(Collectors.joining("\n")));
  }
}
