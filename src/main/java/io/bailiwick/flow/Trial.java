package io.bailiwick.flow;

import io.bailiwick.flow.Proof.Failing;
import io.bailiwick.flow.Proof.Proven;
import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.flow.Rulebooks.Compilation.Compiled;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What every version goes through before it may serve: compiled beside, then proved by its own
 * fixtures. Answers come on the flow's thread.
 */
final class Trial {

  /** How it ended. */
  sealed interface Verdict {

    /** It may serve. Whoever asked retires the rulebook. */
    record Passed(Rulebook rulebook, List<String> warnings) implements Verdict {}

    /** It may not; its rulebook, if it came to one, is retired. */
    record Refused(List<RuleFlaw> flaws, List<Failing> failing) implements Verdict {}
  }

  private final Rulebooks rulebooks;
  private final Proof proof;
  private final Timers timers;

  Trial(Rulebooks rulebooks, Proof proof, Timers timers) {
    this.rulebooks = rulebooks;
    this.proof = proof;
    this.timers = timers;
  }

  /** The whole trial; {@code compiled} is run when only the proof is left. Never fails. */
  CompletionStage<Verdict> of(RuleVersion version, Runnable compiled) {
    return compile(version)
        .thenComposeAsync(
            compilation -> {
              if (compilation instanceof Compiled ready) {
                compiled.run();
                return examined(version, ready);
              }
              var flaws = ((Compilation.Refused) compilation).flaws();
              return CompletableFuture.completedFuture(new Verdict.Refused(flaws, List.of()));
            },
            timers);
  }

  /** Compiles and no more: a version that has served was proved when it came to. */
  CompletionStage<Compilation> compile(RuleVersion version) {
    return rulebooks.compile(version.files()).thenApplyAsync(done -> done, timers);
  }

  /**
   * The one place where a compiled rulebook is looked at before it may serve. Findings of analysis
   * join here: those that must keep it from serving as flaws, the others as warnings.
   */
  private CompletionStage<Verdict> examined(RuleVersion version, Compiled compiled) {
    return proof
        .prove(version.fixtures(), compiled.rulebook())
        .thenApplyAsync(proven -> verdict(compiled, proven), timers);
  }

  private Verdict verdict(Compiled compiled, Proven proven) {
    if (!proven.failing().isEmpty()) {
      rulebooks.retire(compiled.rulebook());
      return new Verdict.Refused(List.of(), proven.failing());
    }
    List<String> warnings = new ArrayList<>();
    compiled.warnings().forEach(flaw -> warnings.add(flaw.told()));
    warnings.addAll(proven.warnings());
    return new Verdict.Passed(compiled.rulebook(), List.copyOf(warnings));
  }
}
