package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came and went in the last 24 hours, in steps of 15 minutes, and by which rules leads went
 * where; kept in memory, so only since this process began. Any thread may ask.
 */
public final class DayCurve implements Signals {

  /** How long one step is. */
  public static final Duration STEP = Duration.ofMinutes(15);

  private static final int STEPS = 96;
  private static final int RULES_MAX = 5_000;

  /** What is counted. */
  public enum Kind {
    ACCEPTED,
    ASSIGNED,
    QUEUED,
    PARKED;

    /** Its name in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A rule that settled decisions, and where its leads went; an empty territory for none. */
  public record Way(RuleHit rule, String territory) {}

  /** How many of each kind began within one step. */
  public record Step(Instant from, Map<Kind, Long> counts) {
    public Step {
      counts = Map.copyOf(counts);
    }
  }

  private static final class Counted {
    private final Instant from;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Way, Long> ways = new HashMap<>();

    private Counted(Instant from) {
      this.from = from;
    }
  }

  private final InstantSource clock;
  private final Instant since;
  private final Deque<Counted> steps = new ArrayDeque<>();

  /** Counts from now on. */
  public DayCurve(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Accepted) {
      count(Kind.ACCEPTED);
    } else if (signal instanceof Signal.Moved moved) {
      moved(moved.move().before(), moved.move().after());
    }
  }

  /** Since when it counts. */
  public Instant since() {
    return since;
  }

  /** The steps of the last 24 hours, oldest first; those in which nothing happened stand there. */
  public synchronized List<Step> steps() {
    now();
    List<Step> all = new ArrayList<>();
    steps.forEach(step -> all.add(new Step(step.from, step.counts)));
    return all;
  }

  /** How many leads of the last 24 hours each rule decided, by where they went. */
  public synchronized Map<Way, Long> ways() {
    now();
    Map<Way, Long> all = new HashMap<>();
    steps.forEach(step -> step.ways.forEach((way, count) -> all.merge(way, count, Long::sum)));
    return all;
  }

  private synchronized void count(Kind kind) {
    now().counts.merge(kind, 1L, Long::sum);
  }

  private synchronized void moved(Entry before, Entry after) {
    boolean entered = before.stage() != after.stage();
    if (entered && after.stage() == Stage.ASSIGNED) {
      count(Kind.ASSIGNED);
    } else if (entered && after.stage() == Stage.PARKED) {
      count(Kind.PARKED);
    } else if (entered && after.stage() == Stage.QUEUED) {
      count(Kind.QUEUED);
    }
    boolean judged = after.stage() == Stage.DECIDED || after.stage() == Stage.QUEUED;
    var decision = after.decision();
    if (judged && decision != null && !decision.equals(before.decision())) {
      RuleHit rule = decision.receipt().settledBy();
      Map<Way, Long> ways = now().ways;
      if (rule != null && ways.size() < RULES_MAX) {
        var ref = decision.territory();
        ways.merge(new Way(rule, ref == null ? "" : ref.name()), 1L, Long::sum);
      }
    }
  }

  /** The step of this moment; what is older than a day is forgotten. */
  private Counted now() {
    long length = STEP.toMillis();
    Instant from = Instant.ofEpochMilli(clock.instant().toEpochMilli() / length * length);
    Counted last = steps.peekLast();
    if (last == null || last.from.isBefore(from)) {
      long missing = last == null ? 1 : Duration.between(last.from, from).toMillis() / length;
      for (long i = Math.min(missing, STEPS) - 1; i >= 0; i--) {
        steps.add(new Counted(from.minus(STEP.multipliedBy(i))));
      }
      last = steps.getLast();
    }
    while (steps.size() > STEPS) {
      steps.remove();
    }
    return last;
  }
}
