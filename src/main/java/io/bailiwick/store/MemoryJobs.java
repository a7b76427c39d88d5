package io.bailiwick.store;

import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Realigned;
import io.bailiwick.lead.Realigned.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The jobs of {@link MemoryJournal}, guarded by its lock as the leads are. */
final class MemoryJobs implements JobBook {

  private final Object lock;
  private final Function<List<Move>, List<Recorded>> record;
  private final Function<String, Entry> entries;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final List<Realigned> changes = new ArrayList<>();

  /** {@code record} writes moves, {@code entries} finds leads; called with the lock. */
  MemoryJobs(
      Object lock, Function<List<Move>, List<Recorded>> record, Function<String, Entry> entries) {
    this.lock = lock;
    this.record = record;
    this.entries = entries;
  }

  /** Notes what a move of any kind made of a change that was under way; called with the lock. */
  void settle(Move move) {
    Result result = Realigned.after(move);
    if (result != Result.UNDER_WAY) {
      changes.replaceAll(
          one ->
              one.lead().equals(move.after().id()) && one.result() == Result.UNDER_WAY
                  ? new Realigned(one.job(), one.lead(), one.before(), one.to(), result)
                  : one);
    }
  }

  @Override
  public CompletionStage<Void> keep(Job job) {
    synchronized (lock) {
      jobs.put(job.id(), job);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public CompletionStage<Stepped> step(Step step) {
    synchronized (lock) {
      List<Recorded> recorded = record.apply(step.moves());
      long moved = recorded.stream().filter(Recorded::applied).count();
      for (int i = 0; i < recorded.size(); i++) {
        if (step.job().kind().undoable() && recorded.get(i).applied()) {
          changes.add(Realigned.by(step.job().id(), step.moves().get(i)));
        }
      }
      Job after = step.job().stepped(moved, step.left(), step.next());
      jobs.put(after.id(), after);
      return CompletableFuture.completedFuture(new Stepped(after, recorded));
    }
  }

  @Override
  public CompletionStage<Optional<Job>> find(String id) {
    synchronized (lock) {
      return CompletableFuture.completedFuture(Optional.ofNullable(jobs.get(id)));
    }
  }

  @Override
  public CompletionStage<Changes> changes(String job, @Nullable String cursor, int limit) {
    synchronized (lock) {
      int behind = cursor == null ? 0 : (int) Cursors.parse(cursor);
      List<Change> found = new ArrayList<>();
      for (int i = behind; i < changes.size() && found.size() <= limit; i++) {
        Realigned one = changes.get(i);
        if (one.job().equals(job)) {
          found.add(new Change(one, entries.apply(one.lead()), Integer.toString(i + 1)));
        }
      }
      boolean more = found.size() > limit;
      List<Change> page = more ? found.subList(0, limit) : found;
      return CompletableFuture.completedFuture(new Changes(page, more));
    }
  }

  @Override
  public CompletionStage<Map<Result, Long>> results(String job) {
    synchronized (lock) {
      Map<Result, Long> counts = new EnumMap<>(Result.class);
      changes.stream()
          .filter(one -> one.job().equals(job))
          .forEach(one -> counts.merge(one.result(), 1L, Long::sum));
      return CompletableFuture.completedFuture(counts);
    }
  }

  @Override
  public CompletionStage<List<Job>> latest(int limit) {
    synchronized (lock) {
      List<Job> all = new ArrayList<>(jobs.values());
      Collections.reverse(all);
      return CompletableFuture.completedFuture(all.stream().limit(limit).toList());
    }
  }

  @Override
  public CompletionStage<List<Job>> running() {
    synchronized (lock) {
      return CompletableFuture.completedFuture(
          jobs.values().stream().filter(job -> job.state() == Job.State.RUNNING).toList());
    }
  }
}
