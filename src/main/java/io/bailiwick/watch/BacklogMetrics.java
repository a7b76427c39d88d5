package io.bailiwick.watch;

import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Backlog.Waiting;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Figures of what waits, as last read from the journal; ages go on growing between readings. */
final class BacklogMetrics {

  private static final List<Stage> MOVING = List.of(Stage.ACCEPTED, Stage.DECIDED, Stage.SENDING);

  private final InstantSource clock;
  private volatile Backlog last = Backlog.NONE;

  BacklogMetrics(Meters meters, InstantSource clock) {
    this.clock = clock;
    for (Stage stage : MOVING) {
      kind(meters, stage, null);
    }
    for (QueueReason reason : QueueReason.values()) {
      kind(meters, Stage.QUEUED, reason);
    }
    for (ParkReason reason : ParkReason.values()) {
      if (reason != ParkReason.CLOSED) {
        meters.gauge(
            "bailiwick.dead.letters",
            "Leads that wait for a person, by reason.",
            () -> last.parked().getOrDefault(reason, 0L),
            "reason",
            reason.word());
      }
    }
  }

  void seen(Backlog backlog) {
    last = backlog;
  }

  private void kind(Meters meters, Stage stage, @Nullable QueueReason reason) {
    String[] tags = {"status", stage.status(), "reason", reason == null ? "none" : reason.word()};
    meters.gauge(
        "bailiwick.waiting.leads",
        "Leads on their way, by status and reason.",
        () ->
            last.waiting().stream()
                .filter(one -> is(one, stage, reason))
                .mapToLong(Waiting::count)
                .sum(),
        tags);
    meters.gauge(
        "bailiwick.waiting.oldest.age.seconds",
        "How long ago the oldest of them was accepted; 0 where there is none.",
        () -> age(stage, reason),
        tags);
  }

  private double age(Stage stage, @Nullable QueueReason reason) {
    return last.waiting().stream()
        .filter(one -> is(one, stage, reason))
        .mapToDouble(one -> Duration.between(one.oldest(), clock.instant()).toMillis() / 1_000.0)
        .map(age -> Math.max(0, age))
        .max()
        .orElse(0);
  }

  private static boolean is(Waiting one, Stage stage, @Nullable QueueReason reason) {
    return one.stage() == stage && one.reason() == reason;
  }
}
