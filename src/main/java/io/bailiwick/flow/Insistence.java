package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the journal must do before leads go on, though nobody waits for its answer: where it fails
 * it is asked again each second, and the trouble is told once. All calls on the flow's thread.
 */
final class Insistence {

  /** How long after a failure the journal is asked again. */
  static final Duration AGAIN = Duration.ofSeconds(1);

  private final Ports ports;

  Insistence(Ports ports) {
    this.ports = ports;
  }

  /**
   * Asks until it is done, and hands the answer to {@code then}; {@code undone} says what is not.
   */
  <T> void on(String undone, Supplier<CompletionStage<T>> ask, Consumer<T> then) {
    ask(ask, then, failure -> tell(undone, failure));
  }

  /** Until the journal takes them: a claim that nobody ends keeps its lead from everybody. */
  void giveBack(List<Entry> leads, Runnable then) {
    if (!leads.isEmpty()) {
      String undone = leads.size() + " leads could not be given back";
      on(undone, () -> ports.journal().release(leads), done -> then.run());
    }
  }

  private void tell(String undone, Throwable failure) {
    ports.signals().tell(new Signal.Trouble(undone + "; tried again each second", failure));
  }

  private <T> void ask(
      Supplier<CompletionStage<T>> ask, Consumer<T> then, Consumer<Throwable> failed) {
    ask.get()
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure == null) {
                then.accept(done);
              } else {
                failed.accept(failure);
                ports.timers().after(AGAIN, () -> ask(ask, then, told -> {}));
              }
            },
            ports.timers());
  }
}
