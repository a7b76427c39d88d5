package io.bailiwick.publishing;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.HeardRulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Real rulebooks, of which one is in trouble from a moment on; a retired one is never asked. */
final class TroubledRulebooks implements Rulebooks {

  /** What judging by it comes to. */
  enum Trouble {
    NONE,
    THROWS,
    FAILS,
    IS_SLOW,
    IS_GIVEN_UP,
    NEVER_ENDS
  }

  static final Duration SLOW = Duration.ofMinutes(1);

  private final Rulebooks real;
  private final Timers timers;
  private Trouble trouble = Trouble.NONE;
  private String troubled = "";
  private Runnable meanwhile = () -> {};
  private int open;

  TroubledRulebooks(Rulebooks real, Timers timers) {
    this.real = real;
    this.timers = timers;
  }

  /** This happens just before the next one is compiled. */
  void meanwhile(Runnable what) {
    meanwhile = what;
  }

  void trouble(String hash, Trouble kind) {
    troubled = hash;
    trouble = kind;
  }

  /** How many were compiled and not retired. */
  int open() {
    return open;
  }

  @Override
  public CompletionStage<Compilation> compile(RuleFiles files) {
    Runnable now = meanwhile;
    meanwhile = () -> {};
    now.run();
    return real.compile(files)
        .thenApply(
            compilation ->
                compilation instanceof Compilation.Compiled ready
                    ? new Compilation.Compiled(new Troubled(ready.rulebook()), ready.warnings())
                    : compilation);
  }

  @Override
  public void retire(Rulebook rulebook) {
    rulebook.close();
  }

  private final class Troubled extends HeardRulebook {
    private boolean closed;

    Troubled(Rulebook real) {
      super(real);
      open++;
    }

    @Override
    public CompletionStage<List<Decision>> judge(
        List<Asked> asked, TerritorySnapshot snapshot, Instant at) {
      if (closed) {
        throw new AssertionError("a lead was given to a rulebook that was retired");
      }
      CompletionStage<List<Decision>> decided = rulebook.judge(asked, snapshot, at);
      return switch (hash().equals(troubled) ? trouble : Trouble.NONE) {
        case NONE -> decided;
        case THROWS -> throw new IllegalStateException("thrown");
        case FAILS -> CompletableFuture.failedStage(new IllegalStateException("failed"));
        case IS_GIVEN_UP ->
            decided.thenApply(
                all -> all.stream().map(one -> Decision.giveUp(one.receipt())).toList());
        case NEVER_ENDS -> new CompletableFuture<>();
        case IS_SLOW -> {
          var later = new CompletableFuture<List<Decision>>();
          timers.after(SLOW, () -> decided.thenAccept(later::complete));
          yield later;
        }
      };
    }

    @Override
    public void close() {
      open -= closed ? 0 : 1;
      closed = true;
      rulebook.close();
    }
  }
}
