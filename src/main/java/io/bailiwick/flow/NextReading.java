package io.bailiwick.flow;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;

/** The one planned reading of the territories. All calls on the flow's thread. */
final class NextReading {

  private final Timers timers;
  private final Runnable reading;
  private Timers.@Nullable Cancel planned;
  private @Nullable Instant at;
  private boolean stopped;

  NextReading(Timers timers, Runnable reading) {
    this.timers = timers;
    this.reading = reading;
  }

  /** Keeps the earlier of the planned one and this. */
  void notAfter(Instant when) {
    if (at == null || when.isBefore(at)) {
      plan(when);
    }
  }

  /** In place of the planned one. */
  void plan(Instant when) {
    cancel();
    if (stopped) {
      return;
    }
    at = when;
    Duration wait = Duration.between(timers.now(), when);
    planned =
        timers.after(
            wait.isNegative() ? Duration.ZERO : wait,
            () -> {
              at = null;
              reading.run();
            });
  }

  void stop() {
    stopped = true;
    cancel();
  }

  private void cancel() {
    if (planned != null) {
      planned.cancel();
    }
    at = null;
  }
}
