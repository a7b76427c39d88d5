package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Erases leads that have been at rest for longer than they are to be kept, a few a second, so that
 * no fresh lead waits for it. Several instances at it erase each lead once. One that is not at rest
 * is never touched, however old it is.
 */
final class Retention {

  /** The most that are erased in one commit. */
  static final int BATCH = 100;

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofHours(1);
  private static final int SETTLE_TRIES = 3;

  private final Ports ports;
  private final @Nullable Duration kept;
  private boolean stopped;
  private int erased;

  /** {@code kept} is how long a lead at rest is kept; null for as long as the journal is. */
  Retention(Ports ports, @Nullable Duration kept) {
    this.ports = ports;
    this.kept = kept;
  }

  /** Begins to look, now and every hour; on the flow's thread. */
  void start() {
    if (kept != null) {
      look(kept);
    }
  }

  /** Erases nothing more. */
  void stop() {
    stopped = true;
  }

  private void look(Duration age) {
    if (stopped) {
      return;
    }
    Instant now = ports.timers().now();
    ports
        .journal()
        .erasures()
        .atRest(now.minus(age), BATCH)
        .thenComposeAsync(old -> erase(old, now), ports.timers())
        .whenCompleteAsync(
            (more, failure) -> {
              if (failure != null) {
                ports.signals().tell(new Signal.Trouble("erasing old leads failed", failure));
                ports.timers().after(LOOK, () -> look(age));
              } else {
                ports.timers().after(more ? STEP : LOOK, () -> look(age));
              }
            },
            ports.timers());
  }

  /** Answers whether there may be more. */
  private CompletionStage<Boolean> erase(List<Entry> old, Instant now) {
    List<Move> moves =
        old.stream().map(entry -> Eraser.move(entry, "erased: kept long enough", now)).toList();
    return Eraser.erase(ports, moves)
        .thenComposeAsync(
            done -> {
              erased += done.size();
              return old.size() == BATCH
                  ? CompletableFuture.completedFuture(true)
                  : finished().thenApply(gone -> false);
            },
            ports.timers());
  }

  private CompletionStage<Boolean> finished() {
    if (erased == 0) {
      return CompletableFuture.completedFuture(true);
    }
    ports.signals().tell(new Signal.Erased(erased, Signal.Erased.Cause.RETENTION, null));
    erased = 0;
    return Eraser.settled(ports, SETTLE_TRIES);
  }
}
