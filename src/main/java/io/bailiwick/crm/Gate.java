package io.bailiwick.crm;

import io.bailiwick.flow.CreditBook.Spent;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.Nullable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The one place that every call to the CRM passes, so that none of its limits is ever exceeded: how
 * many calls are under way, how many of them write many records, how many credits a rolling day
 * costs. After a refusal it lets fewer through and grows again with each success; after a row of
 * failures it shuts, and one call probes before the others follow. Belongs to one event loop.
 */
final class Gate {

  /** Writes of more records are heavy (Zoho's sub-concurrency, on every edition). */
  static final int HEAVY = 10;

  private static final int MOST_HEAVY = 10;

  /** Failures in a row after which the CRM is taken to be down. */
  private static final int ROW = 5;

  /** Refusals in a row after which nothing goes for a while, though the CRM names no time. */
  private static final int REFUSALS = 3;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Credits come back as the rolling day moves on; it is looked at again so soon. */
  private static final Duration SPENT = Duration.ofMinutes(15);

  /** Who wants to make a call: it may go at once or later, or is told that the gate is shut. */
  interface Caller {

    /** It may; {@link #left} must follow. */
    void go();

    /** It may not, and nothing was sent. */
    void shut(Duration wait, String why);
  }

  private record Waiting(int records, Caller caller) {}

  private final int most;

  /** This instance's part of them; all where no other shares the account. */
  private int allowed;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Credits credits;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private double limit;
  private int inFlight;
  private int heavy;
  private int refusals;
  private int underWayThen;
  private int failures;
  private boolean probing;
  private Instant shutUntil = Instant.EPOCH;
  private String why = "";
  private volatile CrmGate standing;

  /**
   * @param most calls at a time
   * @param credits what a rolling day may cost
   * @param clock the service's, so that a demo's that is moved moves the gate, too; {@code random}
   *     spreads what waits
   */
  Gate(int most, Credits credits, InstantSource clock, RandomGenerator random) {
    this.most = most;
    this.allowed = most;
    this.limit = most;
    this.credits = credits;
    this.clock = clock;
    this.random = random;
    this.standing = new CrmGate(most, 0, 0, 0, null, null);
  }

  /** As it is configured. */
  static Gate of(CrmSettings settings, InstantSource clock) {
    var credits = new Credits(settings.credits());
    return new Gate(settings.maxConnections(), credits, clock, new SecureRandom());
  }

  /** By its own clock. */
  Instant now() {
    return clock.instant();
  }

  /** {@code records} are written by the call; 0 where it reads. */
  void enter(int records, Caller caller) {
    waiting.add(new Waiting(records, caller));
    admit();
  }

  /** What the book is to be told next. */
  Spent unkept() {
    return credits.unkept(clock.instant());
  }

  /** The book has it, and all of this; a day's credits may be there again. */
  void kept(Spent told, List<Spent> all) {
    credits.kept(told, all);
    admit();
  }

  /** From now on so many at a time at most; answers how many are under way. */
  int allow(int calls) {
    allowed = calls;
    admit();
    return inFlight;
  }

  /** A call that went is over. */
  void left(int records, Ended ended) {
    inFlight--;
    underWayThen = Math.max(0, underWayThen - 1);
    heavy -= isHeavy(records) ? 1 : 0;
    boolean probe = probing;
    probing = false;
    switch (ended.how()) {
      case WORKED -> worked();
      case LIMITED -> limited(ended);
      case FAILED -> failed(probe);
      case UNTOLD -> {}
    }
    admit();
  }

  /** How it stands; any thread may ask. */
  CrmGate standing() {
    return standing;
  }

  private void admit() {
    Instant now = clock.instant();
    boolean blocked = false;
    while (!blocked && !waiting.isEmpty()) {
      Waiting next = waiting.peek();
      Instant spent = credits.spentUntil(cost(next.records()), now);
      if (now.isBefore(shutUntil)) {
        refuse(waiting.remove(), shutUntil, now);
      } else if (spent != null) {
        shut(Duration.between(now, spent), "the credits of a day are used up", now);
      } else if (mayGo(next)) {
        go(waiting.remove(), now);
      } else {
        blocked = true;
      }
    }
    told(now);
  }

  private boolean mayGo(Waiting next) {
    boolean half = failures >= ROW;
    boolean room = half ? inFlight == 0 && !probing : inFlight < (int) limit;
    return inFlight < allowed && room && (!isHeavy(next.records()) || heavy < MOST_HEAVY);
  }

  private void go(Waiting next, Instant now) {
    probing = failures >= ROW;
    inFlight++;
    heavy += isHeavy(next.records()) ? 1 : 0;
    credits.charge(cost(next.records()), now);
    next.caller().go();
  }

  private void refuse(Waiting next, Instant until, Instant now) {
    next.caller().shut(Duration.between(now, until), why);
  }

  private void worked() {
    limit = Math.min(most, limit + 1 / limit);
    refusals = 0;
    failures = 0;
  }

  /**
   * Half as many from now on, once for all that were under way together; how long it rests is the
   * CRM's word, else it doubles with a row of refusals.
   */
  private void limited(Ended ended) {
    if (underWayThen == 0) {
      limit = Math.max(1, limit / 2);
      underWayThen = inFlight;
    }
    refusals++;
    Instant now = clock.instant();
    Integer left = ended.creditsLeft();
    if (left != null && left <= 0) {
      shut(SPENT, "the CRM says that no credits are left", now);
    } else {
      Duration asked = ended.retryAfter();
      Duration row = refusals < REFUSALS ? Duration.ZERO : grown(refusals - REFUSALS + 1);
      shut(asked == null ? row : asked, "the CRM asked us to slow down", now);
    }
  }

  private void failed(boolean probe) {
    failures++;
    if (failures == ROW || probe) {
      String down = failures + " calls to the CRM in a row failed; one tries it before others go";
      shut(grown(failures - ROW + 1), down, clock.instant());
    }
  }

  private void shut(Duration wait, String reason, Instant now) {
    if (now.plus(wait).isAfter(shutUntil)) {
      shutUntil = now.plus(wait);
      why = reason;
    }
  }

  /** One second, doubled each time up to a minute, and half of it by chance. */
  private Duration grown(int times) {
    long ceiling = SHORTEST.toMillis() << Math.min(times - 1, 6);
    long bounded = Math.min(ceiling, LONGEST.toMillis());
    return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
  }

  private void told(Instant now) {
    @Nullable Instant until = now.isBefore(shutUntil) ? shutUntil : null;
    standing =
        new CrmGate(
            Math.min(allowed, (int) limit),
            inFlight,
            waiting.size(),
            credits.used(now),
            until,
            until == null ? null : why);
  }

  private static boolean isHeavy(int records) {
    return records > HEAVY;
  }

  /** One a call, and one for each ten records that are written. */
  private static int cost(int records) {
    return Math.max(1, (records + 9) / 10);
  }
}
