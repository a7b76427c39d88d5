package io.bailiwick.replay.compare;

import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Compares two rulebooks lead by lead: the leads come in batches, both rulebooks judge a batch
 * while the next is read, and what came of it is counted in the leads' order. Memory does not grow
 * with the leads, and the result is the same whatever the number of threads. Used by one thread.
 */
public final class Comparer {

  /** Batches that are judged while others are read. */
  private static final int AHEAD = 4;

  /**
   * What is compared.
   *
   * @param worldBefore the territories of before, where the world changed too; null where not
   */
  public record Sides(Rulebook base, Rulebook candidate, @Nullable TerritorySnapshot worldBefore) {}

  private record Pending(
      List<Row> rows,
      TerritorySnapshot snapshot,
      Instant at,
      @Nullable CompletableFuture<List<Decision>> world,
      CompletableFuture<List<Decision>> before,
      CompletableFuture<List<Decision>> after) {}

  private final Sides sides;
  private final Tally tally;
  private final Deque<Pending> pending = new ArrayDeque<>();

  /** {@code changed} is told each changed lead, in the leads' order. */
  public Comparer(Sides sides, Consumer<Changed> changed) {
    this.sides = sides;
    this.tally = new Tally(changed);
  }

  /** Compares a batch beside these territories at this instant. */
  public void take(List<Row> rows, TerritorySnapshot snapshot, Instant at) {
    List<Lead> leads = rows.stream().map(Row::lead).toList();
    TerritorySnapshot world = sides.worldBefore();
    pending.add(
        new Pending(
            rows,
            snapshot,
            at,
            world == null ? null : asked(sides.base(), leads, world, at),
            asked(sides.base(), leads, snapshot, at),
            asked(sides.candidate(), leads, snapshot, at)));
    while (pending.size() > AHEAD) {
      count(pending.remove());
    }
  }

  /** What came of all batches. */
  public Comparison finish() {
    while (!pending.isEmpty()) {
      count(pending.remove());
    }
    Probes base = sides.base().probes().orElse(null);
    Probes candidate = sides.candidate().probes().orElse(null);
    List<Hunk> hunks = base == null || candidate == null ? List.of() : candidate.hunks(base);
    var causes = base == null || candidate == null ? null : new Causes(base, candidate, hunks);
    return tally.comparison(sides.base().hash(), sides.candidate().hash(), hunks, causes);
  }

  private static CompletableFuture<List<Decision>> asked(
      Rulebook rulebook, List<Lead> leads, TerritorySnapshot snapshot, Instant at) {
    return rulebook.decide(leads, snapshot, at).toCompletableFuture();
  }

  private void count(Pending batch) {
    List<Decision> before = batch.before.join();
    List<Decision> after = batch.after.join();
    List<Decision> world = batch.world == null ? before : batch.world.join();
    for (int i = 0; i < batch.rows.size(); i++) {
      var when = new Tally.When(batch.snapshot, batch.at);
      tally.world(batch.rows.get(i), world.get(i), before.get(i), when);
      tally.rules(batch.rows.get(i), before.get(i), after.get(i), when);
    }
  }
}
