package io.bailiwick.http.access;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each source has left of its rate: a bucket that fills steadily and holds one rate's
 * amount. Bounded: of more names than it holds, the one not seen for longest begins anew. Any
 * thread may call.
 */
final class RateLimits {

  private static final int NAMES_MAX = 10_000;

  /**
   * What is left after a request.
   *
   * @param allowed whether the request is within the rate; where not, nothing was taken
   * @param left how many more there may be at once
   * @param time until there is one again where it was refused, else until all are there again
   */
  record Left(boolean allowed, long left, Duration time) {}

  private record Bucket(double level, Instant at) {}

  private final InstantSource clock;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > NAMES_MAX;
        }
      };

  RateLimits(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes so many; a request of more than the whole amount takes all of it. */
  synchronized Left take(String name, Rate rate, int wanted) {
    double level = level(buckets.get(name), rate);
    int cost = Math.min(wanted, rate.amount());
    boolean allowed = level >= cost;
    double after = allowed ? level - cost : level;
    buckets.put(name, new Bucket(after, clock.instant()));
    double missing = allowed ? rate.amount() - after : cost - after;
    return new Left(allowed, (long) after, time(missing, rate));
  }

  /** The same, taking none: whether there is any left. */
  synchronized Left look(String name, Rate rate) {
    double level = level(buckets.get(name), rate);
    boolean any = level >= 1;
    return new Left(any, (long) level, time(any ? rate.amount() - level : 1 - level, rate));
  }

  private double level(@Nullable Bucket bucket, Rate rate) {
    if (bucket == null) {
      return rate.amount();
    }
    long passed = Math.max(0, Duration.between(bucket.at(), clock.instant()).toMillis());
    double filled = bucket.level() + passed * (double) rate.amount() / rate.per().toMillis();
    return Math.min(rate.amount(), filled);
  }

  private static Duration time(double amount, Rate rate) {
    return Duration.ofMillis((long) Math.ceil(amount * rate.per().toMillis() / rate.amount()));
  }
}
