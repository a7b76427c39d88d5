package io.bailiwick.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes meters that are there from the start, with a description and fixed buckets. Names are
 * Micrometer's: {@code bailiwick.leads.accepted} is read as {@code bailiwick_leads_accepted_total}.
 */
record Meters(MeterRegistry registry) {

  /** From what no one feels to what is given up. */
  private static final Duration[] QUICK =
      millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

  /** From at once to days. */
  private static final Duration[] LONG =
      millis(100, 500, 1_000, 5_000, 30_000, 60_000, 900_000, 3_600_000, 14_400_000, 86_400_000);

  Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  /** Times of calls and steps. */
  Timer timer(String name, String description, String... tags) {
    return timed(name, description, QUICK, tags);
  }

  /** Times in which leads wait. */
  Timer wait(String name, String description) {
    return timed(name, description, LONG);
  }

  DistributionSummary sizes(String name, String description, double... buckets) {
    return DistributionSummary.builder(name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  /** {@code value} may be asked by any thread. */
  void gauge(String name, String description, Supplier<Number> value, String... tags) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  private Timer timed(String name, String description, Duration[] buckets, String... tags) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .tags(tags)
        .register(registry);
  }

  private static Duration[] millis(long... all) {
    Duration[] buckets = new Duration[all.length];
    for (int i = 0; i < all.length; i++) {
      buckets[i] = Duration.ofMillis(all[i]);
    }
    return buckets;
  }
}
