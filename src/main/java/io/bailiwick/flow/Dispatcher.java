package io.bailiwick.flow;

import io.bailiwick.lead.Nullable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Moves every accepted lead on: due → decide → send → record. It keeps nothing that the journal
 * does not; a new dispatcher on the same journal goes on where the last one stopped. All calls on
 * the flow's thread.
 */
public final class Dispatcher {

  private final Judging judging;
  private final Sending sending;
  private final Watching watching;
  private final SendingSwitch sendingSwitch;
  private @Nullable CompletableFuture<Void> drained;

  /**
   * Takes the rulebook afresh for each batch, so that a published one serves from the next batch
   * on; {@code random} draws the jitter and the sample that is verified.
   */
  public Dispatcher(
      Ports ports,
      ServingRulebook rules,
      TerritoryDirectory directory,
      DispatchSettings settings,
      RandomGenerator random) {
    var recorder = new Recorder(ports, this::wake);
    this.sendingSwitch = new SendingSwitch(ports, this::wake);
    var manner = new Sending.Manner(settings, random, rules);
    this.watching = new Watching(ports, rules, directory, settings, recorder);
    this.sending = new Sending(ports, directory, manner, recorder, sendingSwitch);
    var onward = new Judging.Onward(recorder, sending::goOn);
    this.judging = new Judging(ports, rules, directory, settings, onward);
  }

  /** Begins with whatever is due, once it is known whether sending is paused. */
  public void start() {
    judging.loop().start();
    watching.loop().start();
    sendingSwitch.start(() -> sending.start());
  }

  /** By which people stop sending. */
  public SendingSwitch sendingSwitch() {
    return sendingSwitch;
  }

  /** Something may have become due. */
  public void wake() {
    if (drained != null) {
      finishDraining(drained);
      return;
    }
    judging.loop().wake();
    watching.loop().wake();
    sending.loop().wake();
  }

  /** Takes up nothing more; completes when all that was under way has been recorded. */
  public CompletionStage<Void> drain() {
    if (drained == null) {
      drained = new CompletableFuture<>();
      judging.loop().stop(this::wake);
      watching.loop().stop(this::wake);
      sending.loop().stop(this::wake);
      finishDraining(drained);
    }
    return drained;
  }

  private void finishDraining(CompletableFuture<Void> done) {
    if (judging.idle() && watching.idle() && sending.idle()) {
      done.complete(null);
    }
  }
}
