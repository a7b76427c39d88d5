package io.bailiwick.drools;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Compiles rulebooks on a thread handed in, and ends each on a thread of its own. */
public final class DroolsRulebooks implements Rulebooks {

  private final JudgeSettings settings;
  private final Executor compiler;

  /** {@code compiler} runs one compilation after the other; none may be dropped by it. */
  public DroolsRulebooks(JudgeSettings settings, Executor compiler) {
    this.settings = settings;
    this.compiler = compiler;
  }

  @Override
  public CompletionStage<Compilation> compile(RuleFiles files) {
    return CompletableFuture.supplyAsync(() -> compiled(files), compiler)
        .exceptionally(
            failure -> refused("the compiler failed, which is a mistake of ours", failure));
  }

  /** Waits for the leads under way, which no other thread is to do. */
  @Override
  public void retire(Rulebook rulebook) {
    var thread = new Thread(rulebook::close, "rulebook-retires");
    thread.setDaemon(true);
    thread.start();
  }

  private Compilation compiled(RuleFiles files) {
    var compilation = RulebookCompiler.compile(files, settings);
    if (compilation instanceof io.bailiwick.drools.Compilation.Ready ready) {
      return new Compilation.Compiled(ready.rulebook(), ready.warnings());
    }
    return new Compilation.Refused(((io.bailiwick.drools.Compilation.Refused) compilation).flaws());
  }

  private static Compilation refused(String what, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new Compilation.Refused(
        List.of(new RuleFlaw("rules", 0, 0, null, what + ": " + cause, "")));
  }
}
