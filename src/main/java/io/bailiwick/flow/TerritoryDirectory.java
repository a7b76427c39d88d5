package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;
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

  private @Nullable TerritorySnapshot current;
  private @Nullable Instant readAt;
  private @Nullable Instant startedAt;
  private @Nullable String lastFailure;
  private @Nullable CompletableFuture<TerritoryAnswer> reading;
  private @Nullable CompletableFuture<TerritoryAnswer> following;
  private boolean soon;
  private final NextReading nextReading;
  private boolean stopped;

  /** {@code changed} is run when leads became due because territories changed. */
  public TerritoryDirectory(Ports ports, DirectorySettings settings, Runnable changed) {
    this.ports = ports;
    this.settings = settings;
    this.changed = changed;
    this.nextReading = new NextReading(ports.timers(), this::inTurn);
  }

  /** Loads the last complete snapshot, then reads the CRM; completes when loaded, before read. */
  public CompletionStage<Void> start() {
    return ports
        .journal()
        .latestSnapshot()
        .handleAsync(
            (kept, failure) -> {
              if (failure != null) {
                trouble("the last territories could not be loaded", failure);
              } else if (kept.isPresent()) {
                current = kept.get().snapshot();
                readAt = kept.get().readAt();
                // Whoever read them may have ended before the leads were woken.
                wake(Changed.NOTHING, woken -> {});
              }
              refresh();
              return null;
            },
            ports.timers());
  }

  /** Another instance may have read them: what it read serves here, too. */
  void lookAtOthers() {
    ports
        .journal()
        .snapshotAfter(readAt == null ? Instant.EPOCH : readAt)
        .whenCompleteAsync(
            (kept, failure) -> {
              if (failure == null && kept.isPresent() && !stopped) {
                adopt(kept.get());
              }
            },
            ports.timers());
  }

  /**
   * The reader woke the leads that wait for a change; what was judged here since then, beside what
   * was read before, waits again and is woken from here.
   */
  private void adopt(JournalReader.KeptSnapshot kept) {
    if (readAt != null && !kept.readAt().isAfter(readAt)) {
      return;
    }
    TerritorySnapshot before = current;
    current = kept.snapshot();
    readAt = kept.readAt();
    startedAt = kept.readAt();
    lastFailure = null;
    if (before == null || !before.equals(kept.snapshot())) {
      wake(kept.snapshot(), changed(before, kept.snapshot()));
    } else {
      ports.signals().tell(new Signal.TerritoriesRead(kept.snapshot()));
    }
    if (reading == null) {
      nextReading.plan(readAt.plus(settings.refresh()));
    }
  }

  /** Reads no more. */
  public void stop() {
    stopped = true;
    nextReading.stop();
  }

  /** The last complete snapshot; empty before the first. */
  public Optional<TerritorySnapshot> current() {
    return Optional.ofNullable(current);
  }

  /** When the CRM last gave a complete reading; empty before the first. */
  public Optional<Instant> readAt() {
    return Optional.ofNullable(readAt);
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
    if (reading == null) {
      return read(new CompletableFuture<>());
    }
    if (following == null) {
      following = new CompletableFuture<>();
    }
    return following;
  }

  private CompletionStage<TerritoryAnswer> read(CompletableFuture<TerritoryAnswer> answer) {
    reading = answer;
    startedAt = ports.timers().now();
    ports
        .crm()
        .territories()
        .exceptionally(failure -> new TerritoryAnswer.Failed(failure.toString()))
        .thenAcceptAsync(read -> finished(answer, read), ports.timers());
    return answer;
  }

  /** Something waits for a territory: reads as soon as the last reading is {@code recheck} old. */
  public void refreshSoon() {
    if (reading != null) {
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
  private void finished(CompletableFuture<TerritoryAnswer> answer, TerritoryAnswer read) {
    if (stopped || !(read instanceof TerritoryAnswer.Complete complete)) {
      ended(answer, read);
      return;
    }
    Instant now = ports.timers().now();
    TerritorySnapshot after = complete.reading().snapshot(current, now);
    ports
        .journal()
        .keepSnapshot(new JournalReader.KeptSnapshot(after, now), changed(current, after))
        .whenCompleteAsync(
            (kept, failure) -> {
              if (failure == null) {
                serve(after, now);
                ended(answer, read);
              } else {
                String why = "the territory snapshot was not kept";
                trouble(why, failure);
                ended(answer, new TerritoryAnswer.Failed(why));
              }
            },
            ports.timers());
  }

  private void ended(CompletableFuture<TerritoryAnswer> answer, TerritoryAnswer read) {
    reading = null;
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

  private void serve(TerritorySnapshot after, Instant now) {
    if (stopped) {
      return;
    }
    TerritorySnapshot before = current;
    readAt = now;
    if (before != null && after.equals(before)) {
      ports.signals().tell(new Signal.TerritoriesRead(before));
      return;
    }
    current = after;
    wake(after, changed(before, after));
  }

  private static Changed changed(@Nullable TerritorySnapshot before, TerritorySnapshot after) {
    TerritorySnapshot known = before;
    if (known == null) {
      known = new TerritorySnapshot(List.of(), after.permitted());
    }
    return new Changed(known.differingNames(after), before == null);
  }

  private void wake(TerritorySnapshot snapshot, Changed by) {
    wake(
        by,
        woken ->
            ports.signals().tell(new Signal.TerritoriesChanged(snapshot, by.territories(), woken)));
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
              if (stopped || reading != null) {
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
