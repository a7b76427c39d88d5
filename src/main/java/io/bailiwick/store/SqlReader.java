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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading side of a journal on disk, on a connection that cannot write and a thread of its own;
 * it may stand beside a running service.
 */
public final class SqlReader implements JournalReader {

  private static final Logger LOG = LoggerFactory.getLogger(SqlReader.class);

  /** How long closing waits for a read under way, in seconds. */
  private static final int CLOSE_SECONDS = 10;

  private final Database database;
  private final boolean own;
  private final ExecutorService thread;

  /** Made by the reader's thread when it is first needed, and again where it was lost. */
  private @Nullable Connection connection;

  /** {@code own} says whether the database is closed with it. */
  SqlReader(Database database, boolean own) {
    this.database = database;
    this.own = own;
    this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "journal-reader"));
  }

  /** Opens an existing journal; throws {@link JournalRefused} where there is none to read. */
  public static SqlReader open(JournalPlace place) {
    if (place instanceof JournalPlace.OnServer server) {
      return new SqlReader(PostgresDatabase.reading(server), true);
    }
    Path path = ((JournalPlace.InFile) place).path();
    if (!Files.isReadable(path)) {
      throw new JournalRefused(
          "there is no journal "
              + path
              + " to read; journal.url or --demo says which one is meant");
    }
    JournalLook.atItsBeginning(path);
    return new SqlReader(SqliteFile.reading(path), true);
  }

  /** The same of a file. */
  public static SqlReader open(Path path) {
    return open(JournalPlace.of(path));
  }

  /** Another reader of the same journal, for a reading that keeps nobody waiting. */
  SqlReader another() {
    return new SqlReader(database, false);
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
    return snapshotAfter(0);
  }

  @Override
  public CompletionStage<Optional<KeptSnapshot>> snapshotAfter(long number) {
    return read(reading -> Versions.snapshotAfter(reading, number));
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
    return new SqlAuditLog(this);
  }

  @Override
  public void close() {
    closeSoon();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new JournalRefused("a read of the journal does not end; closing without it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (own) {
      database.close();
    }
  }

  /** Closes after what was asked before; does not wait for it. */
  void closeSoon() {
    thread.execute(this::leave);
    thread.shutdown();
  }

  <T> CompletionStage<T> read(GroupCommit.Work<T> work) {
    var answer = new CompletableFuture<T>();
    thread.execute(
        () -> {
          try {
            answer.complete(reading(work));
          } catch (SQLException e) {
            answer.completeExceptionally(database.explained(e));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Once more where the connection turns out to have been lost: reading changes nothing. */
  private <T> @Nullable T reading(GroupCommit.Work<T> work) throws SQLException {
    boolean fresh = connection == null;
    try {
      return work.run(connection());
    } catch (SQLException e) {
      if (connection == null || !database.lost(connection, e)) {
        throw e;
      }
      leave();
      if (fresh) {
        throw e;
      }
      return work.run(connection());
    }
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = database.read();
      connection = open;
    }
    return open;
  }

  private void leave() {
    Connection open = connection;
    connection = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException e) {
      LOG.debug("a connection that reads did not close as it should", e);
    }
  }
}
