package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/**
 * The territories as last read from the CRM, whole or not at all: a reading that fails leaves the
 * last complete one in place, over restarts too. Reads on a schedule, when asked, and while a lead
 * waits for a territory; one reading at a time, begun after their asking, serves all who ask. When
 * a reading differs, exactly the leads that wait for a changed territory become due. All calls on
 * the flow's thread.
 */
public final class TerritoryDirectory {

  private final Ports ports;
  private final DirectorySettings settings;
  private final Runnable changed;
  private final LatestReading latest;

  private @Nullable Instant startedAt;
  private @Nullable String lastFailure;
  private @Nullable CompletableFuture<TerritoryAnswer> underWay;
  private @Nullable CompletableFuture<TerritoryAnswer> following;
  private boolean soon;
  private final NextReading nextReading;
  private boolean stopped;

  /** {@code changed} is run when leads became due because territories changed. */
  public TerritoryDirectory(Ports ports, DirectorySettings settings, Runnable changed) {
    this.ports = ports;
    this.settings = settings;
    this.changed = changed;
    this.latest = new LatestReading(ports.journal());
    this.nextReading = new NextReading(ports.timers(), this::inTurn);
  }

  /** Loads the last complete snapshot, then reads the CRM; completes when loaded, before read. */
  public CompletionStage<Void> start() {
    return latest
        .load()
        .handleAsync(
            (kept, failure) -> {
              if (failure != null) {
                trouble("the last territories could not be loaded", failure);
              } else if (kept.isPresent()) {
                latest.take(kept.get());
                // Whoever read them may have ended before the leads were woken.
                wake(Changed.NOTHING, woken -> {});
              }
              refresh();
              return null;
            },
            ports.timers());
  }

  /** Another instance may have read them: what it read serves here, too. */
  CompletionStage<Void> lookAtOthers() {
    return latest.later().thenAcceptAsync(kept -> kept.ifPresent(this::adopt), ports.timers());
  }

  /**
   * The reader wakes the leads that wait for a change, or leaves that to the next; of those that
   * share a journal none waits by a decision beside older ones.
   */
  private void adopt(KeptSnapshot kept) {
    TerritorySnapshot before = current().orElse(null);
    if (stopped || !latest.take(kept)) {
      return;
    }
    startedAt = ports.timers().now();
    lastFailure = null;
    var by = Changed.between(before, kept.snapshot());
    wake(before == null ? by : Changed.NOTHING, woken -> tell(kept.snapshot(), by, woken));
    if (underWay == null) {
      nextReading.plan(startedAt.plus(settings.refresh()));
    }
  }

  /** Reads no more. */
  public void stop() {
    stopped = true;
    nextReading.stop();
  }

  /** The last complete snapshot; empty before the first. */
  public Optional<TerritorySnapshot> current() {
    return latest.snapshot();
  }

  /** When the CRM last gave a complete reading; empty before the first. */
  public Optional<Instant> readAt() {
    return latest.readAt();
  }

  /** Why the last reading failed; empty where it did not. */
  public Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /**
   * Reads the CRM now. Where a reading is under way, another follows it and is the answer: what was
   * changed before the asking may be missing from the one that began earlier. The stage never
   * fails.
   */
  public CompletionStage<TerritoryAnswer> refresh() {
    if (underWay == null) {
      return read(new CompletableFuture<>());
    }
    if (following == null) {
      following = new CompletableFuture<>();
    }
    return following;
  }

  private CompletionStage<TerritoryAnswer> read(CompletableFuture<TerritoryAnswer> answer) {
    underWay = answer;
    startedAt = ports.timers().now();
    long number = latest.number() + 1;
    ports
        .crm()
        .territories()
        .exceptionally(failure -> new TerritoryAnswer.Failed(failure.toString()))
        .thenAcceptAsync(read -> finished(answer, read, number), ports.timers());
    return answer;
  }

  /** Something waits for a territory: reads as soon as the last reading is {@code recheck} old. */
  public void refreshSoon() {
    if (underWay != null) {
      // It may have begun before what is waited for was changed, and ends before the lead is
      // queued.
      soon = true;
      return;
    }
    soon = false;
    Instant last = startedAt;
    nextReading.notAfter(last == null ? ports.timers().now() : last.plus(settings.recheck()));
  }

  /** On disk first, as a decision that was made beside it names it; then it serves. */
  private void finished(
      CompletableFuture<TerritoryAnswer> answer, TerritoryAnswer read, long number) {
    if (stopped || !(read instanceof TerritoryAnswer.Complete complete)) {
      ended(answer, read);
      return;
    }
    Instant now = ports.timers().now();
    TerritorySnapshot before = current().orElse(null);
    var after = new KeptSnapshot(complete.reading().snapshot(before, now), now, number);
    var by = Changed.between(before, after.snapshot());
    ports
        .journal()
        .keepSnapshot(after, by)
        .whenCompleteAsync(
            (kept, failure) -> {
              if (failure != null) {
                notKept(answer, failure);
              } else if (kept) {
                serve(after, by);
                ended(answer, read);
              } else {
                readAfresh(answer, number);
              }
            },
            ports.timers());
  }

  private void notKept(CompletableFuture<TerritoryAnswer> answer, @Nullable Throwable failure) {
    String why = "the territory snapshot was not kept";
    trouble(why, failure == null ? new IllegalStateException("nor a later one found") : failure);
    ended(answer, new TerritoryAnswer.Failed(why));
  }

  /** Another instance's was kept since this one began: what it read may be older. */
  private void readAfresh(CompletableFuture<TerritoryAnswer> answer, long number) {
    lookAtOthers()
        .whenCompleteAsync(
            (looked, failure) -> {
              if (stopped) {
                ended(answer, new TerritoryAnswer.Failed("the flow has stopped"));
              } else if (latest.number() < number) {
                notKept(answer, failure);
              } else {
                read(answer);
              }
            },
            ports.timers());
  }

  private void ended(CompletableFuture<TerritoryAnswer> answer, TerritoryAnswer read) {
    underWay = null;
    CompletableFuture<TerritoryAnswer> next = following;
    following = null;
    if (stopped) {
      // The journal may be closed already; the next start reads anew.
      answer.complete(read);
      if (next != null) {
        next.complete(read);
      }
      return;
    }
    lastFailure = null;
    if (read instanceof TerritoryAnswer.Failed failed) {
      lastFailure = failed.detail();
      ports.signals().tell(new Signal.TerritoriesFailed(failed.detail(), failed.trouble()));
    }
    Instant now = ports.timers().now();
    nextReading.notAfter(now.plus(lastFailure == null ? settings.refresh() : settings.recheck()));
    if (soon) {
      refreshSoon();
    } else {
      readAgainWhileLeadsWait();
    }
    if (next != null) {
      read(next);
    }
    answer.complete(read);
  }

  private void serve(KeptSnapshot after, Changed by) {
    if (stopped) {
      return;
    }
    latest.take(after);
    if (by.equals(Changed.NOTHING)) {
      tell(after.snapshot(), by, 0);
    } else {
      wake(by, woken -> tell(after.snapshot(), by, woken));
    }
  }

  private void tell(TerritorySnapshot snapshot, Changed by, int woken) {
    ports
        .signals()
        .tell(
            by.equals(Changed.NOTHING)
                ? new Signal.TerritoriesRead(snapshot)
                : new Signal.TerritoriesChanged(snapshot, by.territories(), woken));
  }

  private void wake(Changed by, IntConsumer tell) {
    Timers timers = ports.timers();
    new Insistence(ports)
        .on(
            "leads that wait for a changed territory were not woken",
            () -> ports.journal().wakeTerritories(by, timers.now(), () -> timers.execute(changed)),
            woken -> {
              tell.accept(woken);
              changed.run();
            });
  }

  private void readAgainWhileLeadsWait() {
    ports
        .journal()
        .anyQueued(QueueReason.TERRITORY_NOT_READY)
        .whenCompleteAsync(
            (waiting, failure) -> {
              if (failure == null && waiting) {
                refreshSoon();
              }
            },
            ports.timers());
  }

  private void trouble(String what, Throwable failure) {
    ports.signals().tell(new Signal.Trouble(what, failure));
  }

  /** One instance reads for all; the others look what it read, and read where it does not. */
  private void inTurn() {
    ports
        .journal()
        .sharing()
        .take("territories", settings.recheck())
        .exceptionally(unknown -> true)
        .thenAcceptAsync(
            mine -> {
              if (stopped || underWay != null) {
                return;
              }
              if (mine) {
                refresh();
              } else {
                lookAtOthers();
                nextReading.notAfter(ports.timers().now().plus(settings.recheck()));
              }
            },
            ports.timers());
  }
}
