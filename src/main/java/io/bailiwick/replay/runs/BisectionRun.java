package io.bailiwick.replay.runs;

import io.bailiwick.replay.compare.Bisection.Moved;
import io.bailiwick.replay.compare.Comparer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One bisection: asked for, under way, and then what came of it. Any thread may look. */
public final class BisectionRun {

  /**
   * What is asked.
   *
   * @param over which leads, for people
   * @param leads gives a comparer the leads, the same each time
   * @param versions so many publications back, at most
   */
  public record Wish(String over, Consumer<Comparer> leads, int versions) {}

  private final String id;
  private final Wish wish;
  private final Instant askedAt;
  private final AtomicInteger compiled = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();
  private final List<Moved> moved = new CopyOnWriteArrayList<>();
  private volatile ReplayRun.State state = ReplayRun.State.WAITING;
  private volatile List<String> problems = List.of();

  BisectionRun(String id, Wish wish, Instant askedAt) {
    this.id = id;
    this.wish = wish;
    this.askedAt = askedAt;
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** What was asked for. */
  public Wish wish() {
    return wish;
  }

  /** When. */
  public Instant askedAt() {
    return askedAt;
  }

  /** How far it is; it never says that it compiles. */
  public ReplayRun.State state() {
    return state;
  }

  /** How many versions were held against each other so far. */
  public int versions() {
    return compiled.get();
  }

  /** How many were left out: no longer kept, or refused by the compiler of today. */
  public int skipped() {
    return skipped.get();
  }

  /** The publications that moved a lead, the latest first. */
  public List<Moved> moved() {
    return List.copyOf(moved);
  }

  /** Why it could not be run, each a line; empty where it could. */
  public List<String> problems() {
    return problems;
  }

  void become(ReplayRun.State next) {
    state = next;
  }

  void version(boolean usable) {
    (usable ? compiled : skipped).incrementAndGet();
  }

  void add(Moved one) {
    moved.add(one);
  }

  void failed(String why) {
    problems = List.of(why);
    state = ReplayRun.State.FAILED;
  }
}
