package io.bailiwick.store;

import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What waits to be written, and which of it the next commit takes: somebody waits for an answer to
 * each lead that comes in, so those go first, with a few others beside them; nothing of it starves.
 */
final class WriteQueue {

  /** The most that one commit holds; bounds how long the first of it waits. */
  static final int MOST = 512;

  /** The most beside leads that come in. */
  static final int BESIDE = 64;

  private final Deque<Task<?>> arrivals = new ArrayDeque<>();
  private final Deque<Task<?>> claims = new ArrayDeque<>();
  private final Deque<Task<?>> others = new ArrayDeque<>();
  private boolean closed;

  /** False where the queue is closed; then it was not added. */
  synchronized boolean add(Task<?> task) {
    if (!closed) {
      of(task.turn()).add(task);
      notifyAll();
    }
    return !closed;
  }

  /** Waits until there is something; empty when the queue is closed and nothing is left. */
  synchronized List<Task<?>> next() {
    while (arrivals.isEmpty() && claims.isEmpty() && others.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody interrupts the writer but a shutdown that close() already orders.
      }
    }
    List<Task<?>> group = new ArrayList<>();
    take(arrivals, group, MOST);
    int beside = group.isEmpty() ? MOST : BESIDE;
    take(claims, group, MOST);
    take(others, group, beside);
    return group;
  }

  private Deque<Task<?>> of(Task.Turn turn) {
    return switch (turn) {
      case ARRIVAL -> arrivals;
      case CLAIM -> claims;
      case OTHER -> others;
    };
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Cut so that none weighs more than may go beside leads that come in; a lead's stay together. */
  static List<List<Move>> portions(List<Move> moves) {
    List<List<Move>> all = new ArrayList<>();
    int from = 0;
    int to = 0;
    for (List<Move> steps : Move.byLead(moves)) {
      if (to > from && to - from + steps.size() > BESIDE) {
        all.add(moves.subList(from, to));
        from = to;
      }
      to += steps.size();
    }
    all.add(moves.subList(from, to));
    return all;
  }

  /** The first at least, whatever it weighs. */
  private static void take(Deque<Task<?>> from, List<Task<?>> group, int most) {
    int weight = 0;
    for (@Nullable Task<?> next = from.peek(); next != null; next = from.peek()) {
      if (weight > 0 && weight + next.weight() > most) {
        return;
      }
      weight += next.weight();
      group.add(from.remove());
    }
  }
}
