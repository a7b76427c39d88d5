package io.bailiwick.flow;

import io.bailiwick.flow.Candidate.State;
import io.bailiwick.flow.Proof.Failing;
import io.bailiwick.flow.Proof.Proven;
import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.flow.Rulebooks.Compilation.Compiled;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What every version goes through before it may serve: compiled beside, analysed, and proved by its
 * own fixtures. Answers come on the flow's thread.
 */
final class Trial {

  /** How it ended. */
  sealed interface Verdict {

    /** It may serve. Whoever asked retires the rulebook. */
    record Passed(Rulebook rulebook, List<Finding> findings, List<String> warnings)
        implements Verdict {}

    /** It may not; its rulebook, if it came to one, is retired. */
    record Refused(List<RuleFlaw> flaws, List<Finding> findings, List<Failing> failing)
        implements Verdict {}
  }

  private final Rulebooks rulebooks;
  private final Proof proof;
  private final Timers timers;
  private final ServingVersion serving;

  /** {@code serving} is what the rules are held against, and the territories as last read. */
  Trial(Rulebooks rulebooks, Proof proof, Timers timers, ServingVersion serving) {
    this.rulebooks = rulebooks;
    this.proof = proof;
    this.timers = timers;
    this.serving = serving;
  }

  /** The whole trial; {@code step} is told how far it has come. Never fails. */
  CompletionStage<Verdict> of(RuleVersion version, Consumer<State> step) {
    return compile(version)
        .thenCompose(
            compilation -> {
              if (compilation instanceof Compiled ready) {
                step.accept(State.ANALYSING);
                return examined(version, ready, step);
              }
              var flaws = ((Compilation.Refused) compilation).flaws();
              return CompletableFuture.completedFuture(
                  new Verdict.Refused(flaws, List.of(), List.of()));
            });
  }

  /** Compiles and no more: a version that has served was proved when it came to. */
  CompletionStage<Compilation> compile(RuleVersion version) {
    return rulebooks.compile(version.files()).thenApplyAsync(done -> done, timers);
  }

  /** The one place where a compiled rulebook is looked at before it may serve. */
  private CompletionStage<Verdict> examined(
      RuleVersion version, Compiled compiled, Consumer<State> step) {
    return analysed(compiled.rulebook())
        .thenComposeAsync(
            findings -> {
              step.accept(State.PROVING);
              return proof
                  .prove(version, compiled.rulebook(), serving.rulebook())
                  .thenApplyAsync(proven -> verdict(compiled, findings, proven), timers);
            },
            timers);
  }

  private CompletionStage<List<Finding>> analysed(Rulebook rulebook) {
    return rulebook
        .check(serving.territories().orElse(null), timers.now())
        .exceptionally(Trial::broken);
  }

  private Verdict verdict(Compiled compiled, List<Finding> findings, Proven proven) {
    boolean wrong = findings.stream().anyMatch(finding -> finding.kind().error());
    if (wrong || !proven.failing().isEmpty()) {
      rulebooks.retire(compiled.rulebook());
      return new Verdict.Refused(List.of(), findings, proven.failing());
    }
    List<String> warnings = new ArrayList<>();
    compiled.warnings().forEach(flaw -> warnings.add(flaw.told()));
    warnings.addAll(proven.warnings());
    return new Verdict.Passed(compiled.rulebook(), findings, List.copyOf(warnings));
  }

  /** An analysis that breaks has shown nothing against the rules. */
  private static List<Finding> broken(Throwable failure) {
    String message = "the analysis broke, which is a mistake of ours: " + failure;
    return List.of(new Finding(Finding.Kind.UNKNOWN, "rules", 0, null, message, null, null));
  }
}
