package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The part of the journal that keeps jobs, each with how far it has come. */
public interface JobBook {

  /**
   * One step of a job.
   *
   * @param moves of the leads it came to
   * @param next behind which lead it goes on; null where this is the last step
   */
  record Step(Job job, List<Move> moves, @Nullable String next) {

    public Step {
      moves = List.copyOf(moves);
    }
  }

  /** The job after a step, and what became of each move. */
  record Stepped(Job job, List<Recorded> recorded) {}

  /** Keeps a job, in place of what was kept of it. */
  CompletionStage<Void> keep(Job job);

  /**
   * Writes the moves whose {@code before} is still current and the job's progress in one commit, so
   * that however it ends, no lead is left out or moved twice.
   */
  CompletionStage<Stepped> step(Step step);

  /** The job of that id. */
  CompletionStage<Optional<Job>> find(String id);

  /** The last jobs, newest first. */
  CompletionStage<List<Job>> latest(int limit);

  /** Those that are not done and not stopped, oldest first. */
  CompletionStage<List<Job>> running();
}
