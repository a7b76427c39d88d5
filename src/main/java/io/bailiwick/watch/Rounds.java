package io.bailiwick.watch;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Outbox.Undelivered;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.alarm.Alarms;
import io.bailiwick.watch.delivery.Couriers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every so often at what no signal tells: what waits and for how long, whether the journal
 * takes a write, what was not delivered. One look at a time; on the flow's thread.
 */
public final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** A look that takes longer is a journal that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Journal journal;
  private final Timers timers;
  private final Metrics metrics;
  private final Alarms alarms;
  private final Couriers couriers;
  private boolean stopped;

  /** What is looked at, and who hears of it. */
  public Rounds(Journal journal, Timers timers, Metrics metrics, Alarms alarms, Couriers couriers) {
    this.journal = journal;
    this.timers = timers;
    this.metrics = metrics;
    this.alarms = alarms;
    this.couriers = couriers;
  }

  /** Looks now, and then every {@code pause} after the look before. */
  public void start(Duration pause) {
    if (stopped) {
      return;
    }
    var looked = new CompletableFuture<@Nullable Void>();
    journal
        .probe(timers.now())
        .thenCompose(written -> journal.backlog())
        .thenCombineAsync(journal.outbox().undelivered(), this::seen, timers)
        .whenComplete((seen, failure) -> end(looked, failure));
    Timers.Cancel late =
        timers.after(
            PATIENCE,
            () ->
                end(
                    looked,
                    new IllegalStateException("no answer within " + PATIENCE.toSeconds() + " s")));
    CompletionStage<@Nullable Void> over = looked;
    over.whenCompleteAsync(
        (seen, failure) -> {
          late.cancel();
          alarms.journal(failure);
          timers.after(pause, () -> start(pause));
        },
        timers);
  }

  /** Looks no more. */
  public void stop() {
    stopped = true;
  }

  private @Nullable Void seen(Backlog backlog, List<Undelivered> undelivered) {
    if (stopped) {
      return null;
    }
    metrics.seen(backlog);
    metrics.notices().undelivered(undelivered);
    alarms.round(backlog);
    couriers.wake();
    for (String channel : couriers.unknown(undelivered)) {
      LOG.warn("{} is no channel any more; what waited for it is dropped", channel);
      journal.outbox().forget(channel);
    }
    return null;
  }

  private static void end(CompletableFuture<@Nullable Void> looked, @Nullable Throwable failure) {
    if (failure == null) {
      looked.complete(null);
    } else {
      looked.completeExceptionally(
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
    }
  }
}
