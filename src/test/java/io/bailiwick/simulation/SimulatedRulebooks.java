package io.bailiwick.simulation;

import io.bailiwick.flow.Proof;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.HeardRulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Compiling, proving and judging that take virtual time. The rulebooks themselves are real and
 * compiled once for all schedules; one that was retired judges no more.
 */
final class SimulatedRulebooks implements Rulebooks, Proof {

  private final Timers timers;
  private final RandomGenerator random;

  SimulatedRulebooks(Timers timers, RandomGenerator random) {
    this.timers = timers;
    this.random = random;
  }

  @Override
  public CompletionStage<Compilation> compile(RuleFiles files) {
    Rulebook real = SimulatedRules.compiled(files.hash());
    return later(3_000, () -> new Compilation.Compiled(new Slow(real), List.of()));
  }

  @Override
  public CompletionStage<Proven> prove(RuleVersion version, Rulebook rulebook, Rulebook serving) {
    return later(3_000, () -> new Proven(0, List.of(), List.of()));
  }

  @Override
  public void retire(Rulebook rulebook) {
    rulebook.close();
  }

  private <T> CompletionStage<T> later(int mostMillis, Supplier<T> what) {
    var answer = new CompletableFuture<T>();
    timers.after(Duration.ofMillis(random.nextInt(mostMillis)), () -> answer.complete(what.get()));
    return answer;
  }

  private final class Slow extends HeardRulebook {
    private boolean closed;

    Slow(Rulebook real) {
      super(real);
    }

    @Override
    public CompletionStage<List<Decision>> judge(
        List<Asked> asked, TerritorySnapshot snapshot, Instant at) {
      if (closed) {
        throw new AssertionError("a lead was given to a rulebook that was retired");
      }
      List<Decision> decisions = rulebook.judge(asked, snapshot, at).toCompletableFuture().join();
      return later(random.nextInt(4) == 0 ? 2_000 : 5, () -> decisions);
    }

    @Override
    public CompletionStage<List<Finding>> check(TerritorySnapshot snapshot, Instant at) {
      return later(3_000, List::of);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
