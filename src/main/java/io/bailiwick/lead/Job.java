package io.bailiwick.lead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Long work on many leads, that goes on in steps, can be stopped and resumed, and outlives the
 * process. The leads it concerns are fixed when it begins: those that its filter holds for then.
 *
 * @param which the leads, none of which was moved after the beginning
 * @param perSecond how many leads a second, at most
 * @param total how many leads its filter held for when it began
 * @param done how many it moved
 * @param passedOver how many had been moved by others before it came to them; known at its end
 * @param cursor behind which lead it goes on; null before the first step
 * @param acts who began, stopped and resumed it, and when
 */
public record Job(
    String id,
    Kind kind,
    LeadFilter which,
    int perSecond,
    State state,
    long total,
    long done,
    long passedOver,
    @Nullable String cursor,
    List<Act> acts) {

  /** The most leads a second. */
  public static final int MAX_PER_SECOND = 1_000;

  /** What is done with each lead. */
  public enum Kind {
    /** The same decision is sent again. */
    RETRY,
    /** The rules are asked again. */
    DECIDE;

    /** The name in JSON, lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far it is. */
  public enum State {
    RUNNING,
    STOPPED,
    DONE;

    /** The name in JSON, lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a person asks for.
   *
   * @param which of the parked and queued leads
   */
  public record Order(
      Kind kind, LeadFilter which, int perSecond, @Nullable String who, @Nullable String why) {

    /** The same of leads that were last moved at this instant or before. */
    public Order unchangedSince(Instant at) {
      return new Order(kind, which.unchangedSince(at), perSecond, who, why);
    }
  }

  /**
   * What a person did with it.
   *
   * @param what {@code started}, {@code stopped} or {@code resumed}
   * @param who as they named themselves; null where they did not
   */
  public record Act(Instant at, String what, @Nullable String who, @Nullable String why) {}

  public Job {
    if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
      throw new IllegalArgumentException("from 1 to " + MAX_PER_SECOND + " leads a second");
    }
    acts = List.copyOf(acts);
  }

  /** One that begins. */
  public static Job started(String id, Order order, long total, Instant now) {
    return new Job(
        id,
        order.kind,
        order.which,
        order.perSecond,
        total == 0 ? State.DONE : State.RUNNING,
        total,
        0,
        0,
        null,
        List.of(new Act(now, "started", order.who, order.why)));
  }

  /** Has moved so many more leads, and goes on behind {@code at}; null where it is done. */
  public Job stepped(long moved, @Nullable String at) {
    long now = done + moved;
    boolean last = at == null;
    return new Job(
        id,
        kind,
        which,
        perSecond,
        last ? State.DONE : state,
        total,
        now,
        last ? Math.max(0, total - now) : 0,
        last ? cursor : at,
        acts);
  }

  /** Stopped or resumed by a person. */
  public Job as(State next, Act act) {
    List<Act> all = new ArrayList<>(acts);
    all.add(act);
    return new Job(id, kind, which, perSecond, next, total, done, passedOver, cursor, all);
  }
}
