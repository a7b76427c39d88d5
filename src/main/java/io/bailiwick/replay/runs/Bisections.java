package io.bailiwick.replay.runs;

import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.lead.Publication;
import io.bailiwick.replay.compare.Bisection;
import io.bailiwick.replay.runs.BisectionRun.Wish;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Runs bisections one after the other and keeps the last few. Any thread may call. */
public final class Bisections {

  /** How many are kept. */
  public static final int KEPT = 8;

  private final Rulebooks rulebooks;
  private final JournalReader journal;
  private final InstantSource clock;
  private final Executor thread;
  private final LastRuns<BisectionRun> runs = new LastRuns<>(KEPT, BisectionRun::id, left -> {});

  /** {@code thread} runs one after the other, beside what leads need. */
  public Bisections(
      Rulebooks rulebooks, JournalReader journal, InstantSource clock, Executor thread) {
    this.rulebooks = rulebooks;
    this.journal = journal;
    this.clock = clock;
    this.thread = thread;
  }

  /** Begins one as soon as those before it have ended. */
  public BisectionRun start(Wish wish) {
    BisectionRun run = runs.begin(n -> new BisectionRun("b" + n, wish, clock.instant()));
    thread.execute(() -> run(run));
    return run;
  }

  /** The one of that id, while it is kept. */
  public Optional<BisectionRun> find(String id) {
    return runs.find(id);
  }

  private void run(BisectionRun run) {
    try {
      run.become(ReplayRun.State.RUNNING);
      var heard =
          new Bisection.Heard() {
            @Override
            public void version(boolean compiled) {
              run.version(compiled);
            }

            @Override
            public void moved(Bisection.Moved one) {
              run.add(one);
            }
          };
      new Bisection(new Kept(), run.wish().leads(), heard)
          .walk(journal.publications(run.wish().versions()).toCompletableFuture().join());
      run.become(ReplayRun.State.DONE);
    } catch (RuntimeException e) {
      run.failed(String.valueOf(e.getMessage()));
    }
  }

  /** The versions that the journal keeps, compiled as they are needed. */
  private final class Kept implements Bisection.Versions {

    @Override
    public Optional<Rulebook> compiled(Publication publication) {
      return journal
          .version(publication.hash())
          .toCompletableFuture()
          .join()
          .map(version -> rulebooks.compile(version.files()).toCompletableFuture().join())
          .filter(Compilation.Compiled.class::isInstance)
          .map(compilation -> ((Compilation.Compiled) compilation).rulebook());
    }

    @Override
    public void leave(Rulebook rulebook) {
      rulebooks.retire(rulebook);
    }
  }
}
