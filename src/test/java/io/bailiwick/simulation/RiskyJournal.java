package io.bailiwick.simulation;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.CreditBook;
import io.bailiwick.flow.DayBook;
import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.Sharing.Topic;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Realigned;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One process's way to the disk: each call takes virtual time before it is done and again before
 * its caller hears of it, in order. When the process dies in between, the call was done or not, and
 * nobody hears.
 */
final class RiskyJournal implements Journal {

  private final MemoryJournal disk;
  private final VirtualTimers world;
  private final RandomGenerator random;
  private final InstanceFaults own;
  private final DiskFaults faults;
  private final Neighbours neighbours;
  private final String name;
  private Instant last;

  RiskyJournal(
      MemoryJournal disk,
      VirtualTimers world,
      RandomGenerator random,
      InstanceFaults own,
      DiskFaults faults,
      Neighbours neighbours) {
    this.disk = disk;
    this.faults = faults;
    this.world = world;
    this.random = random;
    this.own = own;
    this.neighbours = neighbours;
    this.name = neighbours.nextName();
    this.last = world.now();
  }

  /** What this instance wrote, the others hear of. */
  private <T> CompletionStage<T> told(Topic topic, CompletionStage<T> written) {
    return written.thenApply(
        done -> {
          neighbours.changed(topic, this);
          return done;
        });
  }

  @Override
  public Sharing sharing() {
    return !disk.sharing().shared()
        ? Sharing.ALONE
        : new Sharing() {
          @Override
          public boolean shared() {
            return true;
          }

          @Override
          public void listen(Consumer<Topic> taker) {
            neighbours.listen(RiskyJournal.this, own, taker);
          }

          @Override
          public CompletionStage<Boolean> take(String work, Duration lease) {
            return write(true, () -> disk.sharing().take(work, lease));
          }

          @Override
          public void serving(String rulebook) {
            own(sharing -> sharing.serving(rulebook));
          }

          @Override
          public void beside(String snapshot) {
            own(sharing -> sharing.beside(snapshot));
          }

          private void own(Consumer<Sharing> word) {
            disk.as(
                name,
                () -> {
                  word.accept(disk.sharing());
                  return null;
                });
          }

          @Override
          public void calls(int most, IntFunction<CompletionStage<Integer>> allow) {}
        };
  }

  @Override
  public CompletionStage<Acceptance> accept(List<Submission> submissions, @Nullable Key key) {
    return write(true, () -> told(Topic.LEADS, disk.accept(submissions, key)));
  }

  @Override
  public CompletionStage<Claimed> claim(Work work, Instant now, int limit) {
    // Who asks what is due overtakes what is still to be recorded.
    return overtaking(whatHolds(false, () -> disk.claim(work, now, limit)));
  }

  @Override
  public CompletionStage<Void> release(List<Entry> entries) {
    return write(true, () -> told(null, disk.release(entries)));
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Move> moves) {
    return write(true, () -> told(null, disk.record(moves)));
  }

  @Override
  public CompletionStage<Integer> wakeTerritories(Changed changed, Instant now, Runnable some) {
    return write(true, () -> told(null, disk.wakeTerritories(changed, now, some)));
  }

  @Override
  public CompletionStage<Integer> wake(QueueReason reason, Instant now, Runnable some) {
    return write(true, () -> told(null, disk.wake(reason, now, some)));
  }

  @Override
  public CompletionStage<Boolean> anyQueued(QueueReason reason) {
    return via(() -> disk.anyQueued(reason));
  }

  @Override
  public CompletionStage<Optional<Entry>> find(String id) {
    return via(() -> disk.find(id));
  }

  @Override
  public CompletionStage<List<HistoryLine>> history(String id) {
    return via(() -> disk.history(id));
  }

  @Override
  public CompletionStage<Page> list(LeadFilter which, @Nullable String cursor, int limit) {
    return via(() -> disk.list(which, cursor, limit));
  }

  @Override
  public CompletionStage<Page> oldest(LeadFilter which, @Nullable String cursor, int limit) {
    return via(() -> disk.oldest(which, cursor, limit));
  }

  @Override
  public CompletionStage<Long> count(LeadFilter which) {
    return via(() -> disk.count(which));
  }

  @Override
  public CompletionStage<Optional<Pause>> pause() {
    return via(disk::pause);
  }

  @Override
  public CompletionStage<Void> keepPause(@Nullable Pause pause) {
    return write(true, () -> told(Topic.PAUSE, disk.keepPause(pause)));
  }

  @Override
  public AccessBook access() {
    return disk.access();
  }

  @Override
  public DayBook days() {
    return disk.days();
  }

  @Override
  public CreditBook credits() {
    return disk.credits();
  }

  @Override
  public TokenBook tokens() {
    return disk.tokens();
  }

  /** Steps of jobs die with their process as other writes do. */
  @Override
  public ErasureBook erasures() {
    return disk.erasures();
  }

  @Override
  public JobBook jobs() {
    return new JobBook() {
      @Override
      public CompletionStage<Void> keep(Job job) {
        return via(() -> disk.jobs().keep(job));
      }

      @Override
      public CompletionStage<Stepped> step(Step step) {
        return via(() -> disk.jobs().step(step));
      }

      @Override
      public CompletionStage<Optional<Job>> find(String id) {
        return via(() -> disk.jobs().find(id));
      }

      @Override
      public CompletionStage<Changes> changes(String job, @Nullable String cursor, int limit) {
        return via(() -> disk.jobs().changes(job, cursor, limit));
      }

      @Override
      public CompletionStage<Map<Realigned.Result, Long>> results(String job) {
        return via(() -> disk.jobs().results(job));
      }

      @Override
      public CompletionStage<List<Job>> latest(int limit) {
        return via(() -> disk.jobs().latest(limit));
      }

      @Override
      public CompletionStage<List<Job>> running() {
        return via(() -> disk.jobs().running());
      }
    };
  }

  @Override
  public CompletionStage<Boolean> keepSnapshot(KeptSnapshot snapshot, Changed changed) {
    return write(true, () -> told(Topic.TERRITORIES, disk.keepSnapshot(snapshot, changed)));
  }

  @Override
  public CompletionStage<Optional<KeptSnapshot>> latestSnapshot() {
    return via(disk::latestSnapshot);
  }

  @Override
  public CompletionStage<Optional<TerritorySnapshot>> snapshot(String id) {
    return via(() -> disk.snapshot(id));
  }

  @Override
  public CompletionStage<Page> since(Instant accepted, @Nullable String cursor, int limit) {
    return via(() -> disk.since(accepted, cursor, limit));
  }

  @Override
  public CompletionStage<Boolean> keepVersion(
      RuleVersion version, @Nullable Succession next, @Nullable String taken) {
    return write(false, () -> told(Topic.RULES, disk.keepVersion(version, next, taken)));
  }

  @Override
  public CompletionStage<Integer> wakeForRules(Instant now, Runnable some) {
    return write(true, () -> told(null, disk.wakeForRules(now, some)));
  }

  @Override
  public CompletionStage<Optional<RuleVersion>> version(String hash) {
    return via(() -> disk.version(hash));
  }

  @Override
  public CompletionStage<List<Publication>> publications(int limit) {
    return via(() -> disk.publications(limit));
  }

  @Override
  public CompletionStage<Optional<String>> taken() {
    return via(disk::taken);
  }

  /** Straight to the disk: no audit runs in these schedules. */
  @Override
  public AuditBook audits() {
    return disk.audits();
  }

  @Override
  public Outbox outbox() {
    return disk.outbox();
  }

  @Override
  public CompletionStage<Backlog> backlog() {
    return via(disk::backlog);
  }

  @Override
  public CompletionStage<Integer> forgetKeys(Instant before) {
    return write(true, () -> disk.forgetKeys(before));
  }

  @Override
  public CompletionStage<Void> probe(Instant now) {
    return write(false, () -> disk.probe(now));
  }

  @Override
  public CompletionStage<JournalCondition> condition(Instant now) {
    return write(false, () -> disk.condition(now));
  }

  @Override
  public void close() {}

  /** {@code doubtful} where one that is done may be told as failed. */
  private <T> CompletionStage<T> write(boolean doubtful, Supplier<CompletionStage<T>> call) {
    return via(whatHolds(doubtful, call));
  }

  private <T> Supplier<CompletionStage<T>> whatHolds(
      boolean doubtful, Supplier<CompletionStage<T>> call) {
    return () -> {
      if (faults.isFull()) {
        return CompletableFuture.failedFuture(DiskFaults.failed("the disk is full"));
      }
      CompletionStage<T> done = call.get();
      return doubtful && faults.isInDoubt()
          ? CompletableFuture.failedFuture(DiskFaults.failed("nobody knows whether it is done"))
          : done;
    };
  }

  /** After all that was asked before. */
  private <T> CompletionStage<T> via(Supplier<CompletionStage<T>> call) {
    Instant asked = world.now();
    Instant done = asked.plusMillis(random.nextInt(4));
    last = done.isAfter(last) ? done : last;
    return after(Duration.between(asked, last), call);
  }

  private <T> CompletionStage<T> overtaking(Supplier<CompletionStage<T>> call) {
    return after(Duration.ofMillis(random.nextInt(4)), call);
  }

  private <T> CompletionStage<T> after(Duration time, Supplier<CompletionStage<T>> call) {
    var answer = new CompletableFuture<T>();
    world.after(time, () -> carryOut(call, answer));
    return answer;
  }

  /** One that was asked just before its process stood still may have left, or leaves later. */
  private <T> void carryOut(Supplier<CompletionStage<T>> call, CompletableFuture<T> answer) {
    if (!own.alive()) {
      return;
    }
    if (own.stopped() && !own.lastBytesLeft()) {
      world.after(own.stillStopped(), () -> carryOut(call, answer));
      return;
    }
    CompletionStage<T> done = own.cut() ? notReached() : disk.as(name, call);
    world.after(Duration.ofMillis(random.nextInt(own.cut() ? 6_000 : 4)), () -> hear(done, answer));
  }

  private static <T> CompletionStage<T> notReached() {
    return CompletableFuture.failedFuture(DiskFaults.failed("the journal is not reached"));
  }

  private <T> void hear(CompletionStage<T> done, CompletableFuture<T> answer) {
    if (own.stopped()) {
      world.after(own.stillStopped(), () -> hear(done, answer));
    } else if (own.alive()) {
      done.whenComplete(
          (value, failure) -> {
            if (failure == null) {
              answer.complete(value);
            } else {
              answer.completeExceptionally(failure);
            }
          });
    }
  }
}
