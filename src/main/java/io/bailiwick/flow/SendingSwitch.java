package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
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

  private static final String NOT_WOKEN = "leads that wait for sending were not woken";

  private final Ports ports;
  private final Runnable due;
  private final Insistence insistence;
  private volatile @Nullable Pause pause;

  /** {@code due} is run when leads became due. */
  SendingSwitch(Ports ports, Runnable due) {
    this.ports = ports;
    this.due = due;
    this.insistence = new Insistence(ports);
  }

  /** Learns how it stood when the last process ended; {@code then} begins to send. */
  void start(Runnable then) {
    insistence.on(
        "whether to send cannot be read",
        () -> ports.journal().pause(),
        kept -> {
          pause = kept.orElse(null);
          if (kept.isPresent()) {
            ports.signals().tell(new Signal.SendingPaused(kept.get()));
          } else {
            // Whoever went on may have ended before the leads that waited were woken.
            insistence.on(NOT_WOKEN, this::woken, woken -> due.run());
          }
          then.run();
        });
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
                // Leads that were made to wait here since it went on elsewhere, nobody woke yet.
                wake(null);
              }
            },
            ports.timers());
  }

  private void wake(@Nullable String who) {
    insistence.on(NOT_WOKEN, this::woken, woken -> resumed(who, woken));
  }

  private CompletionStage<Integer> woken() {
    Timers timers = ports.timers();
    return ports.journal().wake(QueueReason.CRM_PAUSED, timers.now(), () -> timers.execute(due));
  }

  private void resumed(@Nullable String who, int woken) {
    ports.signals().tell(new Signal.SendingResumed(who, woken));
    due.run();
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

  /**
   * Goes on sending; answers how many waiting leads became due. Where that fails though sending
   * goes on, they become due as soon as the journal lets them.
   */
  public CompletionStage<Integer> resume(@Nullable String who) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().keepPause(null))
        .thenComposeAsync(
            done -> {
              pause = null;
              return woken()
                  .whenCompleteAsync(
                      (woken, failure) -> {
                        if (failure == null) {
                          resumed(who, woken);
                        } else {
                          ports.timers().after(Insistence.AGAIN, () -> wake(who));
                        }
                      },
                      ports.timers());
            },
            ports.timers());
  }
}
