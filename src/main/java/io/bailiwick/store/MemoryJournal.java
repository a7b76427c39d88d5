package io.bailiwick.store;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.DayBook;
import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The journal's twin in memory, for stories and simulations: the same answers as on disk, each
 * complete when its call returns, and nothing of it left when the process ends. Any thread may
 * call.
 */
public final class MemoryJournal implements Journal {

  private final MemoryLeads leads = new MemoryLeads();
  private final MemoryAudits audits = new MemoryAudits(this, leads);
  private final MemoryJobs jobs =
      new MemoryJobs(this, this::recordedAll, id -> leads.row(id).entry);
  private final ErasureBook erasures = new MemoryErasures(this, leads, this::recordedAll);
  private @Nullable Pause pause;
  private final MemoryClaims claims;
  private final MemoryVersions versions = new MemoryVersions();
  private final MemoryMoves moves;
  private final MemoryOutbox outbox = new MemoryOutbox();
  private final MemoryAccess access = new MemoryAccess();
  private final MemoryTokens tokens = new MemoryTokens();
  private final Sharing sharing;

  /** As one that a single service owns. */
  public MemoryJournal() {
    this(new MemoryClaims.OfOne());
  }

  private MemoryJournal(MemoryClaims claims) {
    this.claims = claims;
    this.moves = new MemoryMoves(leads, claims, versions, this::recorded);
    this.sharing =
        claims instanceof MemoryClaims.OfSeveral leases ? new MemorySharing(leases) : Sharing.ALONE;
  }

  /** As one that instances share: leases end by this clock. They call through {@link #as}. */
  public static MemoryJournal shared(InstantSource clock) {
    return new MemoryJournal(new MemoryClaims.OfSeveral(clock));
  }

  /** Makes a call as that instance. */
  public synchronized <T> T as(String instance, Supplier<T> call) {
    if (!(claims instanceof MemoryClaims.OfSeveral leases)) {
      return call.get();
    }
    String before = leases.caller(instance);
    try {
      return call.get();
    } finally {
      leases.caller(before);
    }
  }

  /** Forgets the claims of a service that has ended, as opening the file again does. */
  public synchronized void reopen() {
    if (claims instanceof MemoryClaims.OfOne own) {
      own.clear();
      audits.free();
    }
  }

  @Override
  public CompletionStage<Acceptance> accept(List<Submission> submissions, @Nullable Key key) {
    return now(() -> leads.accept(submissions, key));
  }

  @Override
  public CompletionStage<Claimed> claim(Work work, Instant at, int limit) {
    return now(() -> moves.claim(work, at, limit));
  }

  @Override
  public CompletionStage<Void> release(List<Entry> entries) {
    return done(() -> entries.forEach(moves::release));
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Move> moves) {
    return now(() -> this.moves.record(moves, versions.latest()));
  }

  private List<Recorded> recordedAll(List<Move> steps) {
    return moves.record(steps, null);
  }

  private void recorded(Move move) {
    jobs.settle(move);
    outbox.keepEvent(move);
  }

  @Override
  public CompletionStage<Integer> wakeTerritories(Changed changed, Instant at, Runnable some) {
    return now(() -> leads.wake(MemoryWaking.waitingFor(versions.woken(changed)), at, some));
  }

  @Override
  public CompletionStage<Integer> wake(QueueReason reason, Instant at, Runnable some) {
    return now(() -> leads.wake(entry -> MemoryWaking.queuedFor(entry, reason), at, some));
  }

  @Override
  public CompletionStage<Boolean> anyQueued(QueueReason reason) {
    return now(() -> leads.all().anyMatch(row -> MemoryWaking.queuedFor(row.entry, reason)));
  }

  @Override
  public CompletionStage<Optional<Entry>> find(String id) {
    return now(() -> Optional.ofNullable(leads.find(id)).map(row -> row.entry));
  }

  @Override
  public CompletionStage<List<HistoryLine>> history(String id) {
    return now(() -> leads.history(id));
  }

  @Override
  public CompletionStage<Page> list(LeadFilter which, @Nullable String cursor, int limit) {
    return now(() -> leads.newest(which, cursor, limit));
  }

  @Override
  public CompletionStage<Page> oldest(LeadFilter which, @Nullable String cursor, int limit) {
    return now(() -> leads.oldest(which::holds, cursor, limit));
  }

  @Override
  public CompletionStage<Page> since(Instant accepted, @Nullable String cursor, int limit) {
    return now(() -> leads.oldest(entry -> !entry.acceptedAt().isBefore(accepted), cursor, limit));
  }

  @Override
  public CompletionStage<Long> count(LeadFilter which) {
    return now(() -> leads.all().filter(row -> which.holds(row.entry)).count());
  }

  @Override
  public CompletionStage<Boolean> keepSnapshot(KeptSnapshot kept, Changed changed) {
    return now(() -> versions.keep(kept, changed));
  }

  @Override
  public CompletionStage<Optional<KeptSnapshot>> latestSnapshot() {
    return now(() -> Optional.ofNullable(versions.snapshot));
  }

  @Override
  public CompletionStage<Optional<TerritorySnapshot>> snapshot(String id) {
    return now(() -> Optional.ofNullable(versions.snapshot(id)));
  }

  @Override
  public CompletionStage<Boolean> keepVersion(
      RuleVersion version, @Nullable Succession next, @Nullable String dealtWith) {
    return now(() -> versions.keep(version, next, dealtWith));
  }

  @Override
  public CompletionStage<Integer> wakeForRules(Instant at, Runnable some) {
    return now(() -> versions.toBeWoken() ? leads.wake(MemoryWaking::rulesMove, at, some) : 0);
  }

  @Override
  public CompletionStage<Optional<RuleVersion>> version(String hash) {
    return now(() -> Optional.ofNullable(versions.version(hash)));
  }

  @Override
  public CompletionStage<List<Publication>> publications(int limit) {
    return now(() -> versions.log(limit));
  }

  @Override
  public CompletionStage<Optional<String>> taken() {
    return now(() -> Optional.ofNullable(versions.taken));
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public CompletionStage<Backlog> backlog() {
    return now(() -> Backlogs.of(leads.all().map(row -> row.entry).toList()));
  }

  @Override
  public AccessBook access() {
    return access;
  }

  @Override
  public DayBook days() {
    return tokens.days;
  }

  @Override
  public MemoryCredits credits() {
    return tokens.credits;
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
    return sharing;
  }

  @Override
  public CompletionStage<Void> keepPause(@Nullable Pause kept) {
    return done(() -> pause = kept);
  }

  @Override
  public CompletionStage<Optional<Pause>> pause() {
    return now(() -> Optional.ofNullable(pause));
  }

  @Override
  public CompletionStage<Integer> forgetKeys(Instant before) {
    return now(() -> leads.forgetKeys(before));
  }

  @Override
  public CompletionStage<Void> probe(Instant at) {
    return done(() -> {});
  }

  @Override
  public CompletionStage<JournalCondition> condition(Instant at) {
    return now(() -> new JournalCondition("memory", false, "in memory", -1));
  }

  @Override
  public void close() {}

  private synchronized <T> CompletionStage<T> now(Supplier<T> work) {
    try {
      return CompletableFuture.completedFuture(work.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized CompletionStage<Void> done(Runnable work) {
    return CompletableFuture.runAsync(work, Runnable::run);
  }
}
