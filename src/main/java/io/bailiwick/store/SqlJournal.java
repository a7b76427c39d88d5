package io.bailiwick.store;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.CreditBook;
import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.Stages;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.store.Claims.Held;
import io.bailiwick.store.LeadTable.Incoming;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk, in a SQLite file or on a PostgreSQL server: one writer with group commit,
 * one reader. A write that completed survives a killed process and a power cut of an honest disk.
 */
public final class SqlJournal extends ReadJournal {

  private static final Logger LOG = LoggerFactory.getLogger(SqlJournal.class);

  private final Ground ground;
  private final GroupCommit writer;
  private final SqlOutbox outbox;
  private final SqlAudits audits;
  private final JobBook jobs;
  private final AccessBook access;
  private final TokenBook tokens;
  private final ErasureBook erasures;
  private final Claims claims;
  private final Claiming claiming;
  private final @Nullable PostgresSharing sharing;
  private final DecisionFence fence;

  private SqlJournal(Ground ground, CommitWatch watch) throws SQLException {
    super(new SqlReader(ground.database(), false));
    this.ground = ground;
    this.claims = ground.claims();
    Database database = ground.database();
    this.writer = new GroupCommit(database, "journal-writer", watch);
    this.fence = database instanceof PostgresDatabase server ? server.fence() : new DecisionFence();
    this.sharing =
        database instanceof PostgresDatabase server ? new PostgresSharing(server, writer) : null;
    this.claiming = new Claiming(writer, claims);
    this.outbox = new SqlOutbox(writer, reader, sharing);
    this.audits = new SqlAudits(writer, reader.audits());
    this.jobs = new SqlJobs(writer, reader, claims, outbox, sharing);
    var seal = new Seal(database.keyFile());
    this.access = new SqlAccess(writer, reader, seal);
    this.tokens = new SqlTokens(writer, reader, seal);
    this.erasures = new SqlErasures(database, writer, reader);
  }

  /**
   * Opens the journal for the service, creating and migrating it as needed. Throws {@link
   * JournalRefused} where another service holds a file, the schema is newer, it remembers another
   * CRM, or a server does not keep what it says it has written.
   *
   * @param crm what names the CRM: base URL and organisation
   */
  public static SqlJournal open(JournalPlace place, String crm, CommitWatch watch) {
    return open(place, watch, crm);
  }

  /** The same for work that concerns no CRM: it may be any CRM's journal, or a new one. */
  public static SqlJournal open(JournalPlace place) {
    return open(place, CommitWatch.NONE, null);
  }

  /** The same in a file, and nobody hears of commits. */
  public static SqlJournal open(Path path, String crm) {
    return open(JournalPlace.of(path), CommitWatch.NONE, crm);
  }

  private static SqlJournal open(JournalPlace place, CommitWatch watch, @Nullable String crm) {
    Ground ground = Ground.take(place, crm);
    try {
      return new SqlJournal(ground, watch);
    } catch (SQLException e) {
      ground.close();
      throw new JournalRefused("cannot write the journal " + place + ": " + e.getMessage(), e);
    }
  }

  /**
   * Where the service that holds a journal listens, as it announced; empty where none does, or
   * where instances share it. Whoever asks there may still find nobody.
   */
  public static Optional<Reached> service(JournalPlace place) {
    return place instanceof JournalPlace.InFile file
        ? ServiceLock.service(file.path())
        : Optional.empty();
  }

  /** The same of a file. */
  public static Optional<Reached> service(Path path) {
    return service(JournalPlace.of(path));
  }

  /** Tells commands on this machine where the service listens, and what lets them in. */
  public void announce(String url, String command) {
    ground.announce(url, command);
  }

  @Override
  public CompletionStage<Acceptance> accept(List<Submission> submissions, @Nullable Key key) {
    List<Incoming> leads = Incoming.of(submissions);
    return writer.arrival(leads.size(), connection -> LeadTable.accept(connection, leads, key));
  }

  @Override
  public CompletionStage<Claimed> claim(Work work, Instant now, int limit) {
    return claiming.claim(work, now, limit);
  }

  @Override
  public CompletionStage<Void> release(List<Entry> entries) {
    return writer.done(
        connection -> claims.release(connection, entries.stream().map(Held::of).toList()));
  }

  /** In several commits where leads come in meanwhile, each lead's moves in one. */
  @Override
  public CompletionStage<List<Recorded>> record(List<Move> moves) {
    List<List<Move>> portions = WriteQueue.portions(moves);
    return Stages.all(portions.stream().map(this::together).toList())
        .thenApply(all -> all.stream().flatMap(List::stream).toList());
  }

  private CompletionStage<List<Recorded>> together(List<Move> moves) {
    List<LeadSteps> steps = LeadSteps.of(moves);
    return writer.submit(
        moves.size(),
        connection -> {
          List<Recorded> recorded = fence.record(connection, steps, claims);
          outbox.keepEvents(connection, moves, recorded);
          claims.moved(moves.stream().map(move -> move.after().id()).toList());
          return recorded;
        });
  }

  @Override
  public CompletionStage<Integer> wakeTerritories(Changed changed, Instant now, Runnable some) {
    return new Waking(writer, now, some).forReading(changed);
  }

  @Override
  public CompletionStage<Integer> wake(QueueReason reason, Instant now, Runnable some) {
    return new Waking(writer, now, some).of(reason);
  }

  @Override
  public CompletionStage<Boolean> keepSnapshot(KeptSnapshot snapshot, Changed changed) {
    return writer.inOrder(
        connection -> {
          fence.changing(connection);
          return Versions.keepSnapshot(connection, snapshot, changed);
        });
  }

  @Override
  public CompletionStage<Boolean> keepVersion(
      RuleVersion version, @Nullable Succession next, @Nullable String taken) {
    return writer.inOrder(
        connection -> {
          fence.changing(connection);
          return RuleVersions.keep(connection, version, next, taken);
        });
  }

  @Override
  public CompletionStage<Integer> wakeForRules(Instant now, Runnable some) {
    return new Waking(writer, now, some).forRules();
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
  public SqlDays days() {
    return new SqlDays(writer);
  }

  @Override
  public CreditBook credits() {
    return new SqlCredits(writer);
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
  public Sharing sharing() {
    return sharing == null ? Sharing.ALONE : sharing;
  }

  /** What is to be added to this machine's clock, so that all instances have the same time. */
  public Duration ahead() {
    return ground.database() instanceof PostgresDatabase server ? server.ahead() : Duration.ZERO;
  }

  @Override
  public CompletionStage<Void> keepPause(@Nullable Pause pause) {
    return writer.done(connection -> Versions.keepPause(connection, pause));
  }

  @Override
  public CompletionStage<Integer> forgetKeys(Instant before) {
    return writer.submit(
        connection -> Rows.update(connection, "DELETE FROM idempotency_key WHERE at < ?", before));
  }

  @Override
  public CompletionStage<Void> probe(Instant now) {
    return writer.done(
        connection -> Versions.remember(connection, "probe", Long.toString(now.toEpochMilli())));
  }

  @Override
  public CompletionStage<JournalCondition> condition(Instant now) {
    return probe(now).thenCompose(done -> writer.submit(ground.database()::condition));
  }

  @Override
  public void close() {
    if (sharing != null) {
      sharing.close();
    }
    leave();
    writer.close();
    claiming.close();
    reader.close();
    ground.close();
  }

  /** What it held is anybody's at once; where that fails, when its leases have ended. */
  private void leave() {
    writer
        .done(
            connection -> {
              claims.leave(connection);
              audits.leave(connection);
              if (sharing != null) {
                sharing.leave(connection);
              }
            })
        .exceptionally(
            failure -> {
              LOG.warn("what this instance held is others' only when its leases end", failure);
              return null;
            });
  }
}
