package io.bailiwick.store;

import io.bailiwick.flow.AuditLog;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The reading side of a SQLite journal, on a connection that cannot write and a thread of its own;
 * it may stand beside a running service.
 */
public final class SqliteReader implements JournalReader {

  /** How long closing waits for a read under way, in seconds. */
  private static final int CLOSE_SECONDS = 10;

  private final Path place;
  private final Connection connection;
  private final ExecutorService thread;

  SqliteReader(Path place) {
    this.place = place;
    this.connection = SqliteFile.readConnection(place);
    this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "journal-reader"));
  }

  /** Opens an existing journal; throws {@link JournalRefused} where there is none to read. */
  public static SqliteReader open(Path path) {
    if (!Files.isReadable(path)) {
      throw new JournalRefused(
          "there is no journal "
              + path
              + " to read; journal.url or --demo says which one is meant");
    }
    JournalLook.atItsBeginning(path);
    return new SqliteReader(path);
  }

  @Override
  public CompletionStage<Optional<Entry>> find(String id) {
    return read(reading -> Optional.ofNullable(LeadTable.find(reading, id)));
  }

  @Override
  public CompletionStage<List<HistoryLine>> history(String id) {
    return read(reading -> Lists.history(reading, id));
  }

  @Override
  public CompletionStage<Page> list(LeadFilter which, @Nullable String cursor, int limit) {
    return read(reading -> Lists.page(reading, which, cursor, limit));
  }

  @Override
  public CompletionStage<Page> oldest(LeadFilter which, @Nullable String cursor, int limit) {
    return read(reading -> Lists.oldest(reading, which, cursor, limit));
  }

  @Override
  public CompletionStage<Long> count(LeadFilter which) {
    return read(reading -> Lists.count(reading, which));
  }

  @Override
  public CompletionStage<Optional<Pause>> pause() {
    return read(Versions::pause);
  }

  @Override
  public CompletionStage<Page> since(Instant accepted, @Nullable String cursor, int limit) {
    return read(reading -> AcceptedLeads.page(reading, accepted, cursor, limit));
  }

  @Override
  public CompletionStage<Boolean> anyQueued(QueueReason reason) {
    return read(reading -> Lists.anyQueued(reading, reason));
  }

  @Override
  public CompletionStage<Backlog> backlog() {
    return read(Backlogs::read);
  }

  @Override
  public CompletionStage<Optional<KeptSnapshot>> latestSnapshot() {
    return read(Versions::latestSnapshot);
  }

  @Override
  public CompletionStage<Optional<TerritorySnapshot>> snapshot(String id) {
    return read(reading -> Versions.snapshot(reading, id));
  }

  @Override
  public CompletionStage<Optional<RuleVersion>> version(String hash) {
    return read(reading -> RuleVersions.find(reading, hash));
  }

  @Override
  public CompletionStage<List<Publication>> publications(int limit) {
    return read(reading -> RuleVersions.log(reading, limit));
  }

  @Override
  public CompletionStage<Optional<String>> taken() {
    return read(RuleVersions::taken);
  }

  @Override
  public AuditLog audits() {
    return new SqliteAuditLog(this);
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new JournalRefused("a read of the journal does not end; closing without it");
      }
      connection.close();
    } catch (SQLException e) {
      throw new JournalRefused("cannot close the journal: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes after what was asked before; does not wait for it. */
  void closeSoon() {
    thread.execute(
        () -> {
          try {
            connection.close();
          } catch (SQLException e) {
            throw new JournalRefused("cannot close the journal: " + e.getMessage(), e);
          }
        });
    thread.shutdown();
  }

  <T> CompletionStage<T> read(GroupCommit.Work<T> work) {
    var answer = new CompletableFuture<T>();
    thread.execute(
        () -> {
          try {
            answer.complete(work.run(connection));
          } catch (SQLException e) {
            answer.completeExceptionally(explained(e, place));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** A command may read a journal that no service of this version has opened yet. */
  private static Exception explained(SQLException e, Path place) {
    if (JournalLook.saysDamaged(e)) {
      return JournalLook.damaged(place, String.valueOf(e.getMessage()));
    }
    return String.valueOf(e.getMessage()).contains("no such table")
        ? new JournalRefused(
            "the journal is of an older schema; start the service once, which brings it up to date",
            e)
        : e;
  }
}
