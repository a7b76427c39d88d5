package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Left;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Realigned;
import io.bailiwick.lead.Realigned.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The part of the journal that keeps jobs, each with how far it has come. */
public interface JobBook {

  /**
   * One step of a job.
   *
   * @param moves of the leads it came to
   * @param left those that it came to and left where they are
   * @param next behind which lead it goes on; null where this is the last step
   */
  record Step(Job job, List<Move> moves, Left left, @Nullable String next) {

    /** One that leaves none. */
    public Step(Job job, List<Move> moves, @Nullable String next) {
      this(job, moves, Left.NONE, next);
    }

    public Step {
      moves = List.copyOf(moves);
    }
  }

  /** The job after a step, and what became of each move. */
  record Stepped(Job job, List<Recorded> recorded) {}

  /** Another instance sees this job through, or it was ended there. */
  final class Elsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of the job of that id. */
    public Elsewhere(String job) {
      super("job " + job + " is another instance's, or was ended by one");
    }
  }

  /** One change with the lead as it stands now, and the cursor behind it. */
  record Change(Realigned realigned, Entry entry, String cursor) {}

  /** Some changes in the order they were made, and whether there are more behind them. */
  record Changes(List<Change> changes, boolean more) {

    public Changes {
      changes = List.copyOf(changes);
    }
  }

  /** Keeps a job, in place of what was kept of it. */
  CompletionStage<Void> keep(Job job);

  /**
   * Writes the moves whose {@code before} is still current and the job's progress in one commit, so
   * that however it ends, no lead is left out or moved twice. Of a job that can be undone, each
   * written move is kept as a change in the same commit. Fails with {@link Elsewhere}, and writes
   * nothing, where the job is not this instance's any more.
   */
  CompletionStage<Stepped> step(Step step);

  /** The job of that id. */
  CompletionStage<Optional<Job>> find(String id);

  /**
   * A page of what a job changed. Fails with IllegalArgumentException for a cursor that is none.
   */
  CompletionStage<Changes> changes(String job, @Nullable String cursor, int limit);

  /** How many of a job's changes came to which end; those of which there are none are left out. */
  CompletionStage<Map<Result, Long>> results(String job);

  /** The last jobs, newest first. */
  CompletionStage<List<Job>> latest(int limit);

  /**
   * Those that are not done and not stopped, oldest first; where instances share the journal, those
   * that no other sees through, which are then this instance's.
   */
  CompletionStage<List<Job>> running();
}
