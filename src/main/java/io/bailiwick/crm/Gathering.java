package io.bailiwick.crm;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Gathers assignments that are asked for at nearly the same time into one call: of one module, of
 * different records, at most a batch. None waits longer than the linger for others. Any thread may
 * use it.
 */
final class Gathering {

  private record Waiting(Assignment assignment, CompletableFuture<Outcome> outcome) {}

  private final Vertx vertx;
  private final int most;
  private final long linger;
  private final Function<List<Assignment>, CompletionStage<List<Outcome>>> send;
  private final Map<String, List<Waiting>> byModule = new HashMap<>();

  /**
   * {@code send} gets 1 to {@code most} assignments, and gives their outcomes in their order;
   * {@code linger} is in milliseconds, 1 or more.
   */
  Gathering(
      Vertx vertx,
      int most,
      long linger,
      Function<List<Assignment>, CompletionStage<List<Outcome>>> send) {
    this.vertx = vertx;
    this.linger = linger;
    this.most = most;
    this.send = send;
  }

  CompletionStage<Outcome> add(Assignment assignment) {
    var waiting = new Waiting(assignment, new CompletableFuture<>());
    if (most == 1) {
      go(List.of(waiting));
      return waiting.outcome();
    }
    List<Waiting> ready = new ArrayList<>();
    boolean first;
    synchronized (this) {
      if (holds(assignment)) {
        ready = take(assignment.module());
      }
      List<Waiting> gathered =
          byModule.computeIfAbsent(assignment.module(), module -> new ArrayList<>());
      gathered.add(waiting);
      first = gathered.size() == 1;
    }
    go(ready);
    if (first) {
      later(assignment.module());
    }
    goIfFull(assignment.module());
    return waiting.outcome();
  }

  /** Sends what waits, so that nothing is left behind. */
  void close() {
    List<String> modules;
    synchronized (this) {
      modules = List.copyOf(byModule.keySet());
    }
    modules.forEach(this::goAll);
  }

  private void later(String module) {
    try {
      vertx.setTimer(linger, timer -> goAll(module));
    } catch (RuntimeException closed) {
      goAll(module);
    }
  }

  private void goIfFull(String module) {
    List<Waiting> full;
    synchronized (this) {
      full = byModule.getOrDefault(module, List.of()).size() < most ? List.of() : take(module);
    }
    go(full);
  }

  private void goAll(String module) {
    List<Waiting> all;
    synchronized (this) {
      all = take(module);
    }
    go(all);
  }

  private boolean holds(Assignment assignment) {
    return byModule.getOrDefault(assignment.module(), List.of()).stream()
        .anyMatch(waiting -> waiting.assignment().crmId().equals(assignment.crmId()));
  }

  private List<Waiting> take(String module) {
    List<Waiting> gathered = byModule.remove(module);
    return gathered == null ? List.of() : gathered;
  }

  private void go(List<Waiting> together) {
    if (together.isEmpty()) {
      return;
    }
    sent(together.stream().map(Waiting::assignment).toList())
        .whenComplete(
            (outcomes, mistake) -> {
              for (int i = 0; i < together.size(); i++) {
                CompletableFuture<Outcome> outcome = together.get(i).outcome();
                if (outcomes == null) {
                  outcome.completeExceptionally(mistake);
                } else {
                  outcome.complete(outcomes.get(i));
                }
              }
            });
  }

  private CompletionStage<List<Outcome>> sent(List<Assignment> together) {
    try {
      return send.apply(together);
    } catch (RuntimeException mistake) {
      return CompletableFuture.failedStage(mistake);
    }
  }
}
