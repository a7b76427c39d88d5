package io.bailiwick.store;

import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Move;
import java.util.ArrayList;
import java.util.Collections;
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
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /** {@code record} writes moves; it is called with the lock. */
  MemoryJobs(Object lock, Function<List<Move>, List<Recorded>> record) {
    this.lock = lock;
    this.record = record;
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
      Job after = step.job().stepped(moved, step.next());
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
