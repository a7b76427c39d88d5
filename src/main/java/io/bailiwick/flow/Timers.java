package io.bailiwick.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The clock and the one thread of the flow. As an Executor it runs a task on that thread, soon and
 * in the order given.
 */
public interface Timers extends Executor {

  /** A pending task that can be called off; calling it off twice is harmless. */
  interface Cancel {
    void cancel();
  }

  /** This instant, by the clock everything in this process shares. */
  Instant now();

  /**
   * How long this machine has been up, from a beginning of its own: only differences mean
   * something. It goes on whatever the clock is set to, and while this process stands still.
   */
  Duration uptime();

  /** Runs the task on the flow's thread once, not before the delay has passed. */
  Cancel after(Duration delay, Runnable task);

  /** The way of a call from any thread to the flow's: completes there, with the instant it is. */
  default CompletionStage<Instant> turn() {
    return CompletableFuture.supplyAsync(this::now, this);
  }
}
