package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Claims what is due as long as there is room for it: at once when woken, else when the next lead
 * falls due. One claim is under way at a time; being woken meanwhile means looking once more.
 */
final class DueLoop {

  /** The longest sleep; bounds what a clock that was set back can do. */
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  /** How long it waits after the journal failed. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Journal journal;
  private final Timers timers;
  private final Signals signals;
  private final Work work;
  private final IntSupplier room;
  private final Consumer<List<Claim>> handler;
  private final Insistence insistence;

  private boolean stopped = true;
  private boolean claiming;
  private boolean caughtUp;
  private boolean again;
  private Runnable idled = () -> {};
  private Timers.@Nullable Cancel sleep;

  DueLoop(Ports ports, Work work, IntSupplier room, Consumer<List<Claim>> handler) {
    this.journal = ports.journal();
    this.timers = ports.timers();
    this.signals = ports.signals();
    this.work = work;
    this.room = room;
    this.handler = handler;
    this.insistence = new Insistence(ports);
  }

  void start() {
    stopped = false;
    wake();
  }

  /** Claims no more; {@code whenIdle} is run if a claim under way has still to be given back. */
  void stop(Runnable whenIdle) {
    stopped = true;
    idled = whenIdle;
    if (sleep != null) {
      sleep.cancel();
    }
  }

  /** Nothing claimed is still on its way to the handler. */
  boolean idle() {
    return !claiming;
  }

  /** Whether all that was due found room when it looked last. */
  boolean caughtUp() {
    return caughtUp && !stopped;
  }

  /** Looks for due leads now; without room it does nothing, so whoever makes room wakes it. */
  void wake() {
    if (claiming) {
      again = true;
      return;
    }
    int limit = room.getAsInt();
    if (stopped || limit <= 0) {
      caughtUp = false;
      return;
    }
    claiming = true;
    again = false;
    journal
        .claim(work, timers.now(), limit)
        .whenCompleteAsync((claimed, failure) -> claimed(limit, claimed, failure), timers);
  }

  private void claimed(int limit, Claimed claimed, @Nullable Throwable failure) {
    claiming = false;
    caughtUp = failure == null && claimed.claims().size() < limit;
    if (failure != null) {
      signals.tell(new Signals.Signal.Trouble("the journal cannot say what is due", failure));
      sleepFor(AFTER_FAILURE);
      return;
    }
    if (stopped) {
      // A stop waits for no disk that fails.
      insistence.giveBack(claimed.claims().stream().map(Claim::entry).toList(), () -> {});
      idled.run();
      return;
    }
    if (!claimed.claims().isEmpty()) {
      handler.accept(claimed.claims());
    }
    if (again || claimed.claims().size() == limit) {
      wake();
    } else {
      sleepUntil(claimed.nextDue());
    }
  }

  private void sleepUntil(@Nullable Instant due) {
    Duration wait = due == null ? LONGEST_SLEEP : Duration.between(timers.now(), due);
    sleepFor(wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP);
  }

  private void sleepFor(Duration wait) {
    if (sleep != null) {
      sleep.cancel();
    }
    sleep = timers.after(wait.isNegative() ? Duration.ZERO : wait, this::wake);
  }
}
