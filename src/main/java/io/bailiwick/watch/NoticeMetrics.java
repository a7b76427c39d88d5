package io.bailiwick.watch;

import io.bailiwick.flow.Outbox.Undelivered;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Figures of what is told to the outside: by channel, and which alarms stand. */
public final class NoticeMetrics {

  /** What a try came to. */
  public enum Result {
    DELIVERED,
    FAILED,
    /** The receiver will not have it, or it is too old: it is told no more. */
    GIVEN_UP
  }

  private record Waiting(long count, Instant oldest) {}

  private final Meters meters;
  private final InstantSource clock;
  private final Map<String, Counter> tries = new HashMap<>();
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<String, Boolean> failing = new ConcurrentHashMap<>();
  private final Map<String, Integer> standing = new ConcurrentHashMap<>();

  NoticeMetrics(Meters meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** A channel that is configured; its figures are there from now on. */
  public void channel(String name) {
    for (Result result : Result.values()) {
      tries.put(
          name + result,
          meters.counter(
              "bailiwick.notices",
              "Tries to tell alarms and lead events, by channel and what they came to.",
              "channel",
              name,
              "result",
              result.name().toLowerCase(java.util.Locale.ROOT)));
    }
    meters.gauge(
        "bailiwick.notices.waiting",
        "Alarms and lead events that were not delivered yet.",
        () -> of(name).count(),
        "channel",
        name);
    meters.gauge(
        "bailiwick.notices.oldest.age.seconds",
        "How old the oldest of them is; 0 where there is none.",
        () -> age(of(name)),
        "channel",
        name);
    meters.gauge(
        "bailiwick.channel.failing",
        "1 while a channel takes nothing.",
        () -> failing.getOrDefault(name, false) ? 1 : 0,
        "channel",
        name);
  }

  /** A kind of alarm; its figure is there from now on. */
  public void alarm(String kind) {
    meters.gauge(
        "bailiwick.alarms",
        "Alarms that stand, by kind.",
        () -> standing.getOrDefault(kind, 0),
        "kind",
        kind);
  }

  /** A try came to this. */
  public void tried(String channel, Result result) {
    Objects.requireNonNull(tries.get(channel + result)).increment();
  }

  /** Whether a channel takes nothing now. */
  public void failing(String channel, boolean now) {
    failing.put(channel, now);
  }

  /** How many alarms of a kind stand now. */
  public void standing(String kind, int count) {
    standing.put(kind, count);
  }

  /** What waits now. */
  public void undelivered(List<Undelivered> all) {
    waiting.clear();
    all.forEach(one -> waiting.put(one.channel(), new Waiting(one.count(), one.oldest())));
  }

  private Waiting of(String channel) {
    return waiting.getOrDefault(channel, new Waiting(0, Instant.EPOCH));
  }

  private double age(Waiting of) {
    return of.count() == 0
        ? 0
        : Math.max(0, Duration.between(of.oldest(), clock.instant()).toMillis() / 1_000.0);
  }
}
