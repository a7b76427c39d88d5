package io.bailiwick.bench.crm;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers after one and the same latency: a queue and one timer for all, since a timer each would
 * cost the stub more than its answers do. Late by a millisecond at most.
 */
final class Later {

  private record Due(long at, Runnable answer) {}

  private final Deque<Due> queue = new ArrayDeque<>();
  private final long nanos;

  Later(Vertx vertx, long millis) {
    this.nanos = millis * 1_000_000;
    if (nanos > 0) {
      vertx.setPeriodic(1, tick -> run());
    }
  }

  void after(Runnable answer) {
    if (nanos == 0) {
      answer.run();
    } else {
      queue.add(new Due(System.nanoTime() + nanos, answer));
    }
  }

  private void run() {
    long now = System.nanoTime();
    while (!queue.isEmpty() && queue.peek().at() <= now) {
      queue.poll().answer().run();
    }
  }
}
