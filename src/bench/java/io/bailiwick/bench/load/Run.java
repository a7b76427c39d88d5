package io.bailiwick.bench.load;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One run over open lines. Closed loop: a line asks again once it was answered. By schedule: a
 * request belongs to its instant, waits there for a free line if there is none, and its latency
 * counts from that instant, so that a service that stalls cannot hide it.
 */
final class Run implements Line.Owner {

  private static final long GRAIN_NANOS = 50_000;
  private static final long MOST_BEHIND = 1_000_000;

  private final Load load;
  private final Requests requests;
  private final Tally tally;
  private final Deque<Line> free = new ArrayDeque<>();
  private final Deque<Long> due = new ArrayDeque<>();
  private final Promise<Loaded> done = Promise.promise();
  private final long most;
  private int open;
  private long scheduled;
  private boolean over;

  Run(Load load, Requests requests, Tally tally) {
    this.load = load;
    this.requests = requests;
    this.tally = tally;
    this.most = load.requests() == 0 ? Long.MAX_VALUE : load.requests();
  }

  /** Begins on the lines' event loop; what is under way at the end is waited for. */
  io.vertx.core.Future<Loaded> over(List<Line> lines, Context loop) {
    open = lines.size();
    lines.forEach(line -> line.owned(this));
    tally.begin();
    loop.owner().setTimer(Math.max(1, (long) (load.seconds() * 1_000)), late -> end());
    if (load.perSecond() == 0) {
      lines.forEach(this::free);
    } else {
      free.addAll(lines);
      var pacer = new Thread(() -> pace(loop), "pacer");
      pacer.setDaemon(true);
      pacer.start();
    }
    return done.future();
  }

  @Override
  public void free(Line line) {
    if (load.perSecond() > 0) {
      free.push(line);
      sendDue();
    } else if (!over && scheduled < most) {
      scheduled++;
      line.send(requests.next(), System.nanoTime());
    }
    settle();
  }

  @Override
  public void gone(Line line) {
    open--;
    free.remove(line);
    settle();
  }

  private void end() {
    over = true;
    settle();
  }

  /** Done once nothing more is to be sent and nothing is under way. */
  private void settle() {
    boolean more = !over && scheduled < most && open > 0;
    boolean waits = !due.isEmpty() && open > 0;
    if (!more && !waits && tally.all()) {
      over = true;
      done.tryComplete(tally.told());
    }
  }

  /** A thread of its own: the event loop's timers are too coarse by a factor of twenty. */
  private void pace(Context loop) {
    double each = TimeUnit.SECONDS.toNanos(1) / load.perSecond();
    long begun = tally.begun();
    long end = begun + (long) (load.seconds() * 1e9);
    for (long made = 0, now = begun; now < end; now = System.nanoTime()) {
      long upTo = (long) ((now - begun) / each) + 1;
      if (upTo > made) {
        long from = made;
        loop.runOnContext(go -> take(begun, each, from, upTo));
        made = upTo;
      }
      LockSupport.parkNanos(GRAIN_NANOS);
    }
  }

  private void take(long begun, double each, long from, long upTo) {
    for (long i = from; i < upTo && !over && scheduled < most; i++) {
      if (due.size() >= MOST_BEHIND) {
        throw new IllegalStateException("a million requests behind the schedule");
      }
      scheduled++;
      due.add(begun + (long) (i * each));
    }
    sendDue();
  }

  private void sendDue() {
    while (!due.isEmpty() && !free.isEmpty()) {
      free.pop().send(requests.next(), due.poll());
    }
  }
}
