package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whether assignments are sent. While a person has paused them, leads are accepted and decided, and
 * wait as crm_paused; what is under way comes to its end. Kept in the journal: a restart changes
 * nothing. Any thread may call; answers come on the flow's thread.
 */
public final class SendingSwitch {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Ports ports;
  private final Runnable due;
  private volatile @Nullable Pause pause;

  /** {@code due} is run when leads became due. */
  SendingSwitch(Ports ports, Runnable due) {
    this.ports = ports;
    this.due = due;
  }

  /** Learns how it stood when the last process ended; {@code then} begins to send. */
  void start(Runnable then) {
    ports
        .journal()
        .pause()
        .whenCompleteAsync(
            (kept, failure) -> {
              if (failure != null) {
                ports.signals().tell(new Signal.Trouble("whether to send cannot be read", failure));
                ports.timers().after(AGAIN, () -> start(then));
                return;
              }
              pause = kept.orElse(null);
              kept.ifPresent(one -> ports.signals().tell(new Signal.SendingPaused(one)));
              then.run();
            },
            ports.timers());
  }

  /** Another instance may have been told to stop, or to go on. On the flow's thread. */
  void lookAtOthers() {
    Pause before = pause;
    ports
        .journal()
        .pause()
        .whenCompleteAsync(
            (kept, failure) -> {
              if (failure != null || !Objects.equals(pause, before)) {
                // It is looked again soon; or somebody has just said otherwise here.
                return;
              }
              pause = kept.orElse(null);
              if (before == null && kept.isPresent()) {
                ports.signals().tell(new Signal.SendingPaused(kept.get()));
              } else if (before != null && kept.isEmpty()) {
                wakeAfterOthers();
              }
            },
            ports.timers());
  }

  /** Leads that were made to wait here since sending went on elsewhere, nobody woke yet. */
  private void wakeAfterOthers() {
    ports
        .journal()
        .wake(QueueReason.CRM_PAUSED, ports.timers().now())
        .whenCompleteAsync(
            (woken, failure) -> {
              if (failure != null) {
                var told =
                    new Signal.Trouble("leads that wait for sending were not woken", failure);
                ports.signals().tell(told);
                ports.timers().after(AGAIN, this::wakeAfterOthers);
                return;
              }
              ports.signals().tell(new Signal.SendingResumed(null, woken));
              due.run();
            },
            ports.timers());
  }

  /** Somebody's pause; empty where sending goes on. Any thread may ask. */
  public Optional<Pause> paused() {
    return Optional.ofNullable(pause);
  }

  /** Stops sending. Where it is paused already, the first pause stands and is answered. */
  public CompletionStage<Pause> pause(@Nullable String who, @Nullable String why) {
    return ports
        .timers()
        .turn()
        .thenCompose(
            now -> {
              Pause already = pause;
              if (already != null) {
                return CompletableFuture.completedFuture(already);
              }
              var next = new Pause(ports.timers().now(), who, why);
              // At once; the journal's word follows.
              pause = next;
              return ports
                  .journal()
                  .keepPause(next)
                  .thenApplyAsync(
                      done -> {
                        ports.signals().tell(new Signal.SendingPaused(next));
                        return next;
                      },
                      ports.timers());
            });
  }

  /** Goes on sending; answers how many waiting leads became due. */
  public CompletionStage<Integer> resume(@Nullable String who) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().keepPause(null))
        .thenComposeAsync(
            done -> {
              pause = null;
              return ports.journal().wake(QueueReason.CRM_PAUSED, ports.timers().now());
            },
            ports.timers())
        .thenApplyAsync(
            woken -> {
              ports.signals().tell(new Signal.SendingResumed(who, woken));
              due.run();
              return woken;
            },
            ports.timers());
  }
}
