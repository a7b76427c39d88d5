package io.bailiwick.store;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The journal in one SQLite file: WAL, {@code synchronous=FULL}, one writer with group commit, one
 * reader. A write that completed survives a killed process and a power cut of an honest disk.
 */
public final class SqliteJournal extends ReadJournal {

  private final ServiceLock lock;
  private final SqliteFile file;
  private final GroupCommit writer;
  private final SqliteOutbox outbox;
  private final AuditBook audits;
  private final JobBook jobs;
  private final AccessBook access;
  private final TokenBook tokens;
  private final ErasureBook erasures;
  private final DueLeads due = new DueLeads();

  private SqliteJournal(ServiceLock lock, SqliteFile file, CommitWatch watch) {
    super(new SqliteReader(file.path()));
    this.lock = lock;
    this.file = file;
    this.writer = new GroupCommit(file.writeConnection(), "journal-writer", watch);
    this.outbox = new SqliteOutbox(writer, reader);
    this.audits = new SqliteAudits(writer, reader.audits());
    this.jobs = new SqliteJobs(writer, reader, due, outbox);
    var seal = new Seal(file.keyFile());
    this.access = new SqliteAccess(writer, reader, seal);
    this.tokens = new SqliteTokens(writer, reader, seal);
    this.erasures = new SqliteErasures(file.path(), writer, reader);
  }

  /**
   * Opens the journal for the service, creating and migrating it as needed. Throws {@link
   * JournalRefused} where another service holds it, its schema is newer, or it remembers another
   * CRM.
   *
   * @param crm what names the CRM: base URL and organisation
   */
  public static SqliteJournal open(Path path, String crm) {
    return open(path, crm, CommitWatch.NONE);
  }

  /** The same, and {@code watch} hears of each commit. */
  public static SqliteJournal open(Path path, String crm, CommitWatch watch) {
    return open(path, watch, file -> file.claimFor(crm));
  }

  /** The same for work that concerns no CRM: it may be any CRM's journal, or a new one. */
  public static SqliteJournal open(Path path) {
    return open(path, CommitWatch.NONE, file -> {});
  }

  private static SqliteJournal open(Path path, CommitWatch watch, Consumer<SqliteFile> claim) {
    SqliteFile.makeFolder(path);
    ServiceLock lock = ServiceLock.take(path);
    try {
      JournalLook.beforeServing(path);
      if (Files.notExists(path)) {
        Schema.begin(path);
      } else {
        Schema.migrate(path);
      }
      SqliteFile file = SqliteFile.open(path);
      claim.accept(file);
      file.freeAudits();
      return new SqliteJournal(lock, file, watch);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Where the service that holds a journal listens, as it announced; empty where none does. Whoever
   * asks there may still find nobody.
   */
  public static Optional<Reached> service(Path path) {
    return ServiceLock.service(path);
  }

  /** Tells commands on this machine where the service listens, and what lets them in. */
  public void announce(String url, String command) {
    lock.announce(url, command);
  }

  @Override
  public CompletionStage<Acceptance> accept(List<Submission> submissions, @Nullable Key key) {
    return writer.submit(connection -> LeadTable.accept(connection, submissions, key));
  }

  @Override
  public CompletionStage<Claimed> claim(Work work, Instant now, int limit) {
    Set<String> taken = new HashSet<>();
    return writer
        .submit(connection -> due.claim(connection, work, new DueLeads.Ask(now, limit, taken)))
        .whenComplete(
            (claims, failure) -> {
              // Still on the writer's thread: what its caller never heard of is nobody's.
              if (failure != null) {
                due.release(taken);
              }
            });
  }

  @Override
  public CompletionStage<Void> release(List<Entry> entries) {
    return done(connection -> due.release(entries.stream().map(Entry::id).toList()));
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Move> moves) {
    return writer.submit(
        connection -> {
          List<Recorded> recorded = LeadTable.record(connection, moves);
          outbox.keepEvents(connection, moves, recorded);
          due.release(moves.stream().map(move -> move.after().id()).toList());
          return recorded;
        });
  }

  @Override
  public CompletionStage<Integer> wakeTerritories(Set<String> names, Instant now) {
    return writer.submit(connection -> DueLeads.wakeTerritories(connection, names, now));
  }

  @Override
  public CompletionStage<Integer> wake(QueueReason reason, Instant now) {
    return writer.submit(connection -> DueLeads.wake(connection, reason, now));
  }

  @Override
  public CompletionStage<Void> keepSnapshot(KeptSnapshot snapshot) {
    return done(connection -> Versions.keepSnapshot(connection, snapshot));
  }

  @Override
  public CompletionStage<Void> keepVersion(
      RuleVersion version, @Nullable Publication publication, @Nullable String taken) {
    return done(connection -> RuleVersions.keep(connection, version, publication, taken));
  }

  @Override
  public CompletionStage<Integer> wakeForRules(Instant now) {
    return writer.submit(connection -> RuleVersions.wake(connection, now));
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public AccessBook access() {
    return access;
  }

  @Override
  public TokenBook tokens() {
    return tokens;
  }

  @Override
  public AuditBook audits() {
    return audits;
  }

  @Override
  public JobBook jobs() {
    return jobs;
  }

  @Override
  public ErasureBook erasures() {
    return erasures;
  }

  @Override
  public CompletionStage<Void> keepPause(@Nullable Pause pause) {
    return done(connection -> Versions.keepPause(connection, pause));
  }

  @Override
  public CompletionStage<Integer> forgetKeys(Instant before) {
    return writer.submit(
        connection -> Rows.update(connection, "DELETE FROM idempotency_key WHERE at < ?", before));
  }

  @Override
  public CompletionStage<Void> probe(Instant now) {
    return done(
        connection -> Versions.remember(connection, "probe", Long.toString(now.toEpochMilli())));
  }

  @Override
  public CompletionStage<JournalCondition> condition(Instant now) {
    return probe(now).thenCompose(done -> writer.submit(file::condition));
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
    file.close();
    lock.close();
  }

  private interface Statement {
    void run(Connection connection) throws SQLException;
  }

  private CompletionStage<Void> done(Statement statement) {
    return writer.submit(
        connection -> {
          statement.run(connection);
          return null;
        });
  }
}
