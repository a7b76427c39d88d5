package io.bailiwick.watch;

import io.bailiwick.flow.DayBook.Counted;
import io.bailiwick.flow.Signals;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What came and went in the last 24 hours, in steps of 15 minutes, and by which rules leads went
 * where; {@link KeptCurve} keeps it over restarts. Any thread may ask.
 */
public final class DayCurve implements Signals {

  /** How long one step is. */
  public static final Duration STEP = Duration.ofMinutes(15);

  private static final int STEPS = 96;
  private static final int RULES_MAX = 5_000;

  /** What is counted. */
  public enum Kind {
    ACCEPTED,

    /** By the rules or a person, whatever came of it. */
    DECIDED,
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

  private final InstantSource clock;
  private final Instant began;

  /** To write a way takes longer than to count it. */
  private final Map<Way, String> words = new ConcurrentHashMap<>();

  /** By the journal's word, of all instances; what it does not have yet is in {@code fresh}. */
  private NavigableMap<Instant, Map<String, Long>> kept = new TreeMap<>();

  private final NavigableMap<Instant, Map<String, Long>> fresh = new TreeMap<>();

  /** Counts from now on. */
  public DayCurve(InstantSource clock) {
    this.clock = clock;
    this.began = clock.instant();
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Accepted) {
      count(Kind.ACCEPTED.word());
    } else if (signal instanceof Signal.Moved moved) {
      moved(moved.move().before(), moved.move().after());
    }
  }

  /** Since when it counts: the oldest step that is kept, else the beginning of this process. */
  public synchronized Instant since() {
    return kept.isEmpty() || kept.firstKey().isAfter(began) ? began : kept.firstKey();
  }

  /** The steps of the last 24 hours, oldest first; those in which nothing happened stand there. */
  public synchronized List<Step> steps() {
    Instant now = step();
    Instant first = starts(since());
    Instant from = first.isBefore(oldest()) ? oldest() : first;
    List<Step> all = new ArrayList<>();
    for (Instant at = from; !at.isAfter(now); at = at.plus(STEP)) {
      Map<Kind, Long> counts = new EnumMap<>(Kind.class);
      for (Kind kind : Kind.values()) {
        long count = count(kept, at, kind) + count(fresh, at, kind);
        if (count > 0) {
          counts.put(kind, count);
        }
      }
      all.add(new Step(at, counts));
    }
    return all;
  }

  private static long count(Map<Instant, Map<String, Long>> of, Instant at, Kind kind) {
    return of.getOrDefault(at, Map.of()).getOrDefault(kind.word(), 0L);
  }

  /** How many leads of the last 24 hours each rule decided, by where they went. */
  public synchronized Map<Way, Long> ways() {
    Map<Way, Long> all = new HashMap<>();
    for (var each : List.of(kept, fresh)) {
      each.tailMap(oldest(), true)
          .values()
          .forEach(
              counts ->
                  counts.forEach(
                      (what, count) -> {
                        if (what.startsWith("{")) {
                          all.merge(Json.own(what, Way.class), count, Long::sum);
                        }
                      }));
    }
    return all;
  }

  /** The first step of the last 24 hours. */
  synchronized Instant oldest() {
    return step().minus(STEP.multipliedBy(STEPS - 1L));
  }

  /** What the journal does not have yet. */
  synchronized List<Counted> unkept() {
    List<Counted> all = new ArrayList<>();
    fresh.forEach(
        (at, counts) -> counts.forEach((what, count) -> all.add(new Counted(at, what, count))));
    return all;
  }

  /** The journal has taken what it was told, and answered all that it keeps. */
  synchronized void kept(List<Counted> told, List<Counted> all) {
    for (Counted one : told) {
      Map<String, Long> counts = fresh.getOrDefault(one.step(), new HashMap<>());
      counts.computeIfPresent(
          one.what(), (what, count) -> count > one.count() ? count - one.count() : null);
      if (counts.isEmpty()) {
        fresh.remove(one.step());
      }
    }
    kept = new TreeMap<>();
    for (Counted one : all) {
      kept.computeIfAbsent(one.step(), at -> new HashMap<>()).put(one.what(), one.count());
    }
  }

  private synchronized void count(String what) {
    Map<String, Long> counts = fresh.computeIfAbsent(step(), at -> new HashMap<>());
    if (counts.size() < RULES_MAX || counts.containsKey(what)) {
      counts.merge(what, 1L, Long::sum);
    }
  }

  private void moved(Entry before, Entry after) {
    boolean entered = before.stage() != after.stage();
    if (entered && after.stage() == Stage.ASSIGNED) {
      count(Kind.ASSIGNED.word());
    } else if (entered && after.stage() == Stage.PARKED) {
      count(Kind.PARKED.word());
    } else if (entered && after.stage() == Stage.QUEUED) {
      count(Kind.QUEUED.word());
    }
    boolean judged = after.stage() == Stage.DECIDED || after.stage() == Stage.QUEUED;
    var decision = after.decision();
    if (judged && decision != null && !decision.equals(before.decision())) {
      count(Kind.DECIDED.word());
      RuleHit rule = decision.receipt().settledBy();
      if (rule != null) {
        var ref = decision.territory();
        if (words.size() > RULES_MAX) {
          words.clear();
        }
        var way = new Way(rule, ref == null ? "" : ref.name());
        count(words.computeIfAbsent(way, Json::write));
      }
    }
  }

  /** The step of this moment. */
  private Instant step() {
    return starts(clock.instant());
  }

  private static Instant starts(Instant at) {
    long length = STEP.toMillis();
    return Instant.ofEpochMilli(at.toEpochMilli() / length * length);
  }
}
