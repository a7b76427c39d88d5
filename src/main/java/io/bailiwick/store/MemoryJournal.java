package io.bailiwick.store;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.DayBook;
import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Outbox;
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
import io.bailiwick.store.MemoryLeads.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final MemoryJobs jobs = new MemoryJobs(this, this::recorded, id -> leads.row(id).entry);
  private final ErasureBook erasures = new MemoryErasures(this, leads, this::recorded);
  private @Nullable Pause pause;
  private final Set<String> claimed = new HashSet<>();
  private final Map<String, TerritorySnapshot> snapshots = new HashMap<>();
  private @Nullable KeptSnapshot snapshot;
  private final Map<String, RuleVersion> versions = new HashMap<>();
  private final List<Publication> log = new ArrayList<>();
  private @Nullable String taken;
  private final Set<Integer> wokenFor = new HashSet<>();
  private final MemoryOutbox outbox = new MemoryOutbox();
  private final MemoryAccess access = new MemoryAccess();
  private final MemoryTokens tokens = new MemoryTokens();

  /** Forgets the claims of a service that has ended, as opening the file again does. */
  public synchronized void reopen() {
    claimed.clear();
    audits.free();
  }

  @Override
  public CompletionStage<Acceptance> accept(List<Submission> submissions, @Nullable Key key) {
    return now(() -> leads.accept(submissions, key));
  }

  @Override
  public CompletionStage<Claimed> claim(Work work, Instant at, int limit) {
    return now(
        () -> {
          List<Claim> claims =
              leads.due(work, at, limit, claimed).stream()
                  .map(row -> new Claim(row.entry, leads.newer(row)))
                  .toList();
          claims.forEach(claim -> claimed.add(claim.entry().id()));
          Instant next =
              leads
                  .underWay()
                  .filter(row -> row.is(work) && !row.isDue(at))
                  .map(Row::due)
                  .min(Comparator.naturalOrder())
                  .orElse(null);
          return new Claimed(claims, next);
        });
  }

  @Override
  public CompletionStage<Void> release(List<Entry> entries) {
    return done(() -> entries.forEach(entry -> claimed.remove(entry.id())));
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Move> moves) {
    return now(() -> recorded(moves));
  }

  private List<Recorded> recorded(List<Move> moves) {
    List<Recorded> answers = new ArrayList<>();
    for (List<Move> steps : Move.byLead(moves)) {
      boolean applied = true;
      for (Move move : steps) {
        applied = applied && leads.apply(move);
        answers.add(new Recorded(applied, leads.newer(leads.row(move.after().id()))));
        if (applied) {
          jobs.settle(move);
          outbox.keepEvent(move);
        }
        claimed.remove(move.after().id());
      }
    }
    return answers;
  }

  @Override
  public CompletionStage<Integer> wakeTerritories(Set<String> names, Instant at) {
    return now(() -> leads.wake(entry -> MemoryLeads.waitsFor(names, entry), at));
  }

  @Override
  public CompletionStage<Integer> wake(QueueReason reason, Instant at) {
    return now(() -> leads.wake(entry -> MemoryLeads.queuedFor(entry, reason), at));
  }

  @Override
  public CompletionStage<Boolean> anyQueued(QueueReason reason) {
    return now(() -> leads.all().anyMatch(row -> MemoryLeads.queuedFor(row.entry, reason)));
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
  public CompletionStage<Void> keepSnapshot(KeptSnapshot kept) {
    return done(
        () -> {
          snapshot = kept;
          snapshots.put(kept.snapshot().id(), kept.snapshot());
        });
  }

  @Override
  public CompletionStage<Optional<KeptSnapshot>> latestSnapshot() {
    return now(() -> Optional.ofNullable(snapshot));
  }

  @Override
  public CompletionStage<Optional<TerritorySnapshot>> snapshot(String id) {
    return now(() -> Optional.ofNullable(snapshots.get(id)));
  }

  @Override
  public CompletionStage<Void> keepVersion(
      RuleVersion version, @Nullable Publication publication, @Nullable String dealtWith) {
    return done(
        () -> {
          versions.put(version.hash(), version);
          if (publication != null) {
            log.add(0, publication);
          }
          taken = dealtWith == null ? taken : dealtWith;
        });
  }

  @Override
  public CompletionStage<Integer> wakeForRules(Instant at) {
    return now(() -> wokenFor.add(log.size()) ? leads.wake(MemoryLeads::rulesMove, at) : 0);
  }

  @Override
  public CompletionStage<Optional<RuleVersion>> version(String hash) {
    return now(() -> Optional.ofNullable(versions.get(hash)));
  }

  @Override
  public CompletionStage<List<Publication>> publications(int limit) {
    return now(() -> log.stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<Optional<String>> taken() {
    return now(() -> Optional.ofNullable(taken));
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
