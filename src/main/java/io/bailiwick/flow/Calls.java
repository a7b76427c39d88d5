package io.bailiwick.flow;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The calls to the CRM that sending has begun: at most so many are under way at a time. While they
 * are answered quickly, as many more are made ready meanwhile, their leads SENDING on disk, so that
 * the next leaves when one is answered and not when its answer is on disk; and as many again are
 * being written down, before or after. All calls on the flow's thread.
 */
final class Calls {

  /** Quicker is quick; what is ready waits no longer, for it is looked up in its time. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  /**
   * From beginning a call to its leaving: shorter than what its leads are looked up after its
   * deadline, so that it is over by then though the process stood still in between.
   */
  private static final Duration PROMPT = Duration.ofSeconds(3);

  /** Of a rest whose end has passed by a clock that was set meanwhile. */
  private static final Duration SOON = Duration.ofMillis(1);

  /**
   * One that may leave.
   *
   * @param began at which uptime its leads were to be SENDING
   * @param since at which they were
   * @param look whether its leads are only looked up
   * @param newest when the last of its leads came in
   */
  record Ready(List<Entry> leads, Duration began, Duration since, boolean look, Instant newest) {

    /** Of leads that are written. */
    Ready(List<Entry> leads, Duration began, Duration since) {
      this(leads, began, since, false, newest(leads));
    }

    /** Of leads that are only looked up. */
    Ready(List<Entry> leads, Duration since) {
      this(leads, since, since, true, newest(leads));
    }

    private static Instant newest(List<Entry> leads) {
      return leads.stream()
          .map(Entry::acceptedAt)
          .max(Comparator.naturalOrder())
          .orElse(Instant.MIN);
    }

    /**
     * A process that was stopped meanwhile finds others at its leads, so nothing of it may leave
     * now: they are looked up in their time.
     */
    boolean late(Duration uptime, Duration deadline) {
      return uptime.minus(began).compareTo(deadline) >= 0;
    }

    boolean waitedTooLong(Duration uptime) {
      return uptime.minus(since).compareTo(QUICK) >= 0
          || uptime.minus(began).compareTo(PROMPT) >= 0;
    }
  }

  private final Signals signals;
  private final int most;
  private final Deque<Ready> ready = new ArrayDeque<>();
  private boolean firstNext;
  private int begun;
  private int underWay;
  private boolean quick;

  /** Until when by the clock; each ends by a timer, whatever becomes of the clock. */
  private final List<Instant> rests = new ArrayList<>();

  Calls(Signals signals, int most) {
    this.signals = signals;
    this.most = most;
  }

  /** How many more may be begun. */
  int room() {
    // More may have been begun while they were quick.
    return Math.max(0, (quick ? 3 * most : most) - begun);
  }

  void begin(int more) {
    begun += more;
  }

  /** What came of it is on disk, or it came to nothing. */
  void ended() {
    begun--;
  }

  boolean none() {
    return begun == 0;
  }

  void ready(Ready one) {
    ready.add(one);
  }

  /** Takes the next that may leave, which is under way from now on; null where there is none. */
  @Nullable
  Ready leave() {
    Ready next = underWay < most ? next() : null;
    if (next != null) {
      ready.remove(next);
      underWay++;
      tell();
    }
    return next;
  }

  /**
   * Every other time the one with the lead that came last, if that was a good while after those of
   * the first: who has just come does not wait for all calls of a backlog, nor they for him.
   */
  private @Nullable Ready next() {
    Ready first = ready.peek();
    firstNext = !firstNext;
    if (first == null || firstNext) {
      return first;
    }
    Ready newest = first;
    for (Ready one : ready) {
      newest = one.newest().isAfter(newest.newest()) ? one : newest;
    }
    return Duration.between(first.newest(), newest.newest()).compareTo(QUICK) > 0 ? newest : first;
  }

  /** {@code took} is null where it was not sent. */
  void answered(@Nullable Duration took) {
    underWay--;
    quick = took == null ? quick : took.compareTo(QUICK) < 0;
    tell();
  }

  /** Takes those that write and have not left. */
  List<Ready> notLeft() {
    List<Ready> writing = ready.stream().filter(one -> !one.look()).toList();
    ready.removeIf(one -> !one.look());
    return writing;
  }

  /** Nothing is to leave until {@link #rested}; false where that is known, or until later. */
  boolean restUntil(Instant until) {
    boolean longer = rests.stream().allMatch(until::isAfter);
    rests.add(until);
    return longer;
  }

  /** The time of one of them has passed. */
  void rested(Instant until) {
    rests.remove(until);
  }

  /** How long nothing is to leave yet; more than nothing while it rests. */
  Duration rest(Instant now) {
    return rests.stream()
        .map(until -> now.isBefore(until) ? Duration.between(now, until) : SOON)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** How many are under way, as with each that leaves or is answered. */
  void tell() {
    signals.tell(new Signal.InFlight(underWay, most));
  }
}
