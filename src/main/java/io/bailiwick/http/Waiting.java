package io.bailiwick.http;

import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a source wait for what becomes of its lead ({@code Prefer: wait}, RFC 7240): until it is at
 * rest or queued, or the time is over.
 */
public final class Waiting implements Signals {

  /** Several may wait for one lead: whoever sends again with the same key. */
  private final Map<String, Set<Promise<Entry>>> waiters = new ConcurrentHashMap<>();

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Moved moved && settled(moved.move().after())) {
      Entry after = moved.move().after();
      waiters.getOrDefault(after.id(), Set.of()).forEach(waiter -> waiter.tryComplete(after));
    }
  }

  /** The settled lead, or empty when the time is over first. */
  Future<Optional<Entry>> settled(Vertx vertx, JournalReader journal, String id, Duration longest) {
    Promise<Entry> waiter = Promise.promise();
    waiters.compute(id, (name, others) -> with(others, waiter));
    // It may have settled before it was waited for.
    journal
        .find(id)
        .thenAccept(found -> found.filter(Waiting::settled).ifPresent(waiter::tryComplete));
    Promise<Optional<Entry>> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, longest.toMillis()), over -> answer.tryComplete(Optional.empty()));
    waiter.future().onSuccess(entry -> answer.tryComplete(Optional.of(entry)));
    return answer
        .future()
        .onComplete(
            told -> {
              vertx.cancelTimer(timer);
              waiters.computeIfPresent(id, (name, others) -> without(others, waiter));
            });
  }

  private static Set<Promise<Entry>> with(
      @Nullable Set<Promise<Entry>> others, Promise<Entry> waiter) {
    Set<Promise<Entry>> all = others == null ? ConcurrentHashMap.newKeySet() : others;
    all.add(waiter);
    return all;
  }

  private static @Nullable Set<Promise<Entry>> without(
      Set<Promise<Entry>> others, Promise<Entry> waiter) {
    others.remove(waiter);
    return others.isEmpty() ? null : others;
  }

  /** Waiting for the CRM passes by itself; every other reason is an outcome. */
  private static boolean settled(Entry entry) {
    return entry.stage().atRest()
        || (entry.stage() == Stage.QUEUED && entry.reason() != QueueReason.CRM_UNAVAILABLE);
  }
}
