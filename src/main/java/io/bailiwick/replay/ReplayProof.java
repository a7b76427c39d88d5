package io.bailiwick.replay;

import io.bailiwick.flow.Proof;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.replay.CaseResult.Outcome;
import io.bailiwick.replay.compare.Comparison;
import io.bailiwick.replay.compare.FixtureComparison;
import io.bailiwick.replay.compare.Guardrails;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Proves a rulebook by replaying fixtures, as {@code replay} does. A fixture that fails or cannot
 * be run keeps the rulebook from serving; a rule that none fires is only said, since nothing shows
 * that it is wrong.
 */
public final class ReplayProof implements Proof {

  private static final String FIXTURES = "fixtures";

  private final StoryWorld.Maker worlds;
  private final Executor thread;

  /** {@code worlds} makes the worlds of stories; {@code thread} runs the fixtures. */
  public ReplayProof(StoryWorld.Maker worlds, Executor thread) {
    this.worlds = worlds;
    this.thread = thread;
  }

  @Override
  public CompletionStage<Proven> prove(
      RuleVersion version, Rulebook rulebook, @Nullable Rulebook serving) {
    return CompletableFuture.supplyAsync(() -> proven(version, rulebook, serving), thread)
        .exceptionally(
            failure -> cannot(failure.getCause() == null ? failure : failure.getCause()));
  }

  private Proven proven(RuleVersion version, Rulebook rulebook, @Nullable Rulebook serving) {
    Guardrails guardrails = Guardrails.of(version.files());
    if (version.fixtures().isEmpty()) {
      return new Proven(0, List.of(), List.of("no fixture proves these rules"));
    }
    Fixtures fixtures = FixtureReader.read(version.fixtures());
    ReplayResult result = Replay.run(fixtures, rulebook, worlds);
    List<Failing> failing = new ArrayList<>();
    for (CaseResult one : result.results()) {
      if (one.outcome() != Outcome.PASS) {
        failing.add(new Failing(one.place(), one.name(), one.details()));
      }
    }
    if (serving != null) {
      Comparison comparison = FixtureComparison.of(fixtures, serving, rulebook, one -> {});
      for (Guardrails.Seen seen : guardrails.seen(comparison, result.coverage())) {
        if (!seen.kept()) {
          failing.add(new Failing(Guardrails.FILE, "guardrail", List.of(seen.told())));
        }
      }
    }
    return new Proven(result.results().size(), failing, warnings(result));
  }

  private static List<String> warnings(ReplayResult result) {
    if (result.results().isEmpty()) {
      return List.of("no fixture proves these rules");
    }
    List<String> warnings = new ArrayList<>();
    result
        .coverage()
        .neverFired()
        .forEach(
            rule ->
                warnings.add(
                    "%s: rule \"%s\" is fired by no fixture".formatted(rule.place(), rule.rule())));
    result
        .coverage()
        .falselyDeclared()
        .forEach(what -> warnings.add("unfired.json is not true: " + what));
    return warnings;
  }

  private static Proven cannot(Throwable failure) {
    String why = failure instanceof IllegalArgumentException ? failure.getMessage() : "" + failure;
    return new Proven(
        0, List.of(new Failing(FIXTURES, FIXTURES, List.of(String.valueOf(why)))), List.of());
  }
}
