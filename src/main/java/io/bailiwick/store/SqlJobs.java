package io.bailiwick.store;

import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Realigned;
import io.bailiwick.lead.Realigned.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The jobs of a journal on disk: written by its one writer, read by its reader. */
record SqlJobs(
    GroupCommit writer,
    SqlReader reader,
    Claims claims,
    SqlOutbox outbox,
    @Nullable PostgresSharing sharing)
    implements JobBook {

  /** An instance that is silent for so long sees a job through no more. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final String RUNNING = "SELECT body FROM job WHERE running = 1 ORDER BY seq";

  private static final String KEEP =
      """
      INSERT INTO job (id, running, body) VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET running = excluded.running, body = excluded.body""";

  @Override
  public CompletionStage<Void> keep(Job job) {
    return writer.submit(
        connection -> {
          write(connection, job);
          if (job.state() == Job.State.RUNNING) {
            give(connection, job);
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Stepped> step(Step step) {
    List<LeadSteps> steps = LeadSteps.of(step.moves());
    return writer.submit(
        connection -> {
          if (!mine(connection, step.job())) {
            throw new Elsewhere(step.job().id());
          }
          List<Recorded> recorded = LeadTable.record(connection, steps);
          outbox.keepEvents(connection, step.moves(), recorded);
          claims.moved(step.moves().stream().map(move -> move.after().id()).toList());
          long moved = recorded.stream().filter(Recorded::applied).count();
          if (step.job().kind().undoable()) {
            keepChanges(connection, step, recorded);
          }
          Job after = step.job().stepped(moved, step.left(), step.next());
          write(connection, after);
          return new Stepped(after, recorded);
        });
  }

  @Override
  public CompletionStage<Optional<Job>> find(String id) {
    return reader.read(
        connection ->
            read(connection, "SELECT body FROM job WHERE id = ?", id).stream().findFirst());
  }

  @Override
  public CompletionStage<Changes> changes(String job, @Nullable String cursor, int limit) {
    return reader.read(connection -> JobLeads.page(connection, job, cursor, limit));
  }

  @Override
  public CompletionStage<Map<Result, Long>> results(String job) {
    return reader.read(connection -> JobLeads.results(connection, job));
  }

  @Override
  public CompletionStage<List<Job>> latest(int limit) {
    return reader.read(
        connection -> read(connection, "SELECT body FROM job ORDER BY seq DESC LIMIT ?", limit));
  }

  @Override
  public CompletionStage<List<Job>> running() {
    if (sharing == null) {
      return reader.read(connection -> read(connection, RUNNING));
    }
    return writer.submit(
        connection -> {
          List<Job> taken = new ArrayList<>();
          for (Job job : read(connection, RUNNING)) {
            if (sharing.take(connection, lease(job), LEASE)) {
              taken.add(job);
            }
          }
          return taken;
        });
  }

  /** Whether it was not ended, and is not another's; where several share it, for so long again. */
  private boolean mine(Connection connection, Job job) throws SQLException {
    String ended = "SELECT COUNT(*) FROM job WHERE id = ? AND running = 0";
    return sharing == null
        || (Rows.number(connection, ended, job.id()) == 0
            && sharing.take(connection, lease(job), LEASE));
  }

  /** Whoever begins a job or goes on with it sees it through. */
  private void give(Connection connection, Job job) throws SQLException {
    if (sharing != null) {
      Rows.update(connection, "DELETE FROM lease WHERE name = ?", lease(job));
      sharing.take(connection, lease(job), LEASE);
    }
  }

  private static String lease(Job job) {
    return "job " + job.id();
  }

  private static void keepChanges(Connection connection, Step step, List<Recorded> recorded)
      throws SQLException {
    for (int i = 0; i < recorded.size(); i++) {
      if (recorded.get(i).applied()) {
        JobLeads.keep(connection, Realigned.by(step.job().id(), step.moves().get(i)));
      }
    }
  }

  private static void write(Connection connection, Job job) throws SQLException {
    int running = job.state() == Job.State.RUNNING ? 1 : 0;
    Rows.update(connection, KEEP, job.id(), running, Json.write(job));
  }

  private static List<Job> read(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    List<Job> jobs = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        jobs.add(Json.own(rows.getString(1), Job.class));
      }
    }
    return jobs;
  }
}
