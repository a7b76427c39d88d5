package io.bailiwick.lead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Long work on many leads, that goes on in steps, can be stopped and resumed, and outlives the
 * process. The leads it concerns are fixed when it begins: those that its filter holds for then, or
 * those that the job it undoes has changed.
 *
 * @param which the leads, none of which was moved after the beginning
 * @param undoes the job whose changes it takes back; null where it undoes none
 * @param perSecond how many leads a second it moves, at most
 * @param total how many leads there were for it when it began
 * @param done how many it moved
 * @param left those that it came to and left where they are
 * @param passedOver how many had been moved by others before it came to them; known at its end
 * @param cursor behind which lead it goes on; null before the first step
 * @param acts who began, stopped and resumed it, and when
 */
public record Job(
    String id,
    Kind kind,
    LeadFilter which,
    @Nullable String undoes,
    int perSecond,
    State state,
    long total,
    long done,
    Left left,
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
    DECIDE,
    /** The rules are asked again of assigned leads; those for another territory are sent there. */
    REALIGN,
    /** What such a job changed is sent back to where it was. */
    UNDO;

    /** The name in JSON, lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it changes leads that are assigned, which can be undone. */
    public boolean undoable() {
      return this == REALIGN || this == UNDO;
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
   * Leads that a realignment leaves where they are.
   *
   * @param same the rules say the territory they have
   * @param unready the rules name none that could take them now: they would queue them, or gave up
   * @param byHand a person assigned them, and they stay theirs
   */
  public record Left(long same, long unready, long byHand) {

    /** None. */
    public static final Left NONE = new Left(0, 0, 0);

    /** These and those. */
    public Left plus(Left more) {
      return new Left(same + more.same, unready + more.unready, byHand + more.byHand);
    }

    /** All of them. */
    public long all() {
      return same + unready + byHand;
    }
  }

  /**
   * What a person asks for.
   *
   * @param which of the leads that such work is for
   * @param undoes the job whose changes are to be taken back; null for none
   */
  public record Order(
      Kind kind,
      LeadFilter which,
      @Nullable String undoes,
      int perSecond,
      @Nullable String who,
      @Nullable String why) {

    /** One that undoes nothing. */
    public Order(
        Kind kind, LeadFilter which, int perSecond, @Nullable String who, @Nullable String why) {
      this(kind, which, null, perSecond, who, why);
    }

    /** The same of leads that were last moved at this instant or before. */
    public Order unchangedSince(Instant at) {
      return new Order(kind, which.unchangedSince(at), undoes, perSecond, who, why);
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
    // Jobs that were kept before there were realignments left none.
    left = left == null ? Left.NONE : left;
    acts = List.copyOf(acts);
  }

  /** One that begins. */
  public static Job started(String id, Order order, long total, Instant now) {
    return new Job(
        id,
        order.kind,
        order.which,
        order.undoes,
        order.perSecond,
        total == 0 ? State.DONE : State.RUNNING,
        total,
        0,
        Left.NONE,
        0,
        null,
        List.of(new Act(now, "started", order.who, order.why)));
  }

  /**
   * Has moved so many more leads and left others, and goes on behind {@code at}; null where it is
   * done.
   */
  public Job stepped(long moved, Left more, @Nullable String at) {
    long now = done + moved;
    Left all = left.plus(more);
    boolean last = at == null;
    return new Job(
        id,
        kind,
        which,
        undoes,
        perSecond,
        last ? State.DONE : state,
        total,
        now,
        all,
        last ? Math.max(0, total - now - all.all()) : 0,
        last ? cursor : at,
        acts);
  }

  /** Stopped or resumed by a person. */
  public Job as(State next, Act act) {
    List<Act> all = new ArrayList<>(acts);
    all.add(act);
    return new Job(
        id, kind, which, undoes, perSecond, next, total, done, left, passedOver, cursor, all);
  }
}
