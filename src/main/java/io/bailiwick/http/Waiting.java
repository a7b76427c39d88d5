package io.bailiwick.http;

import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a source wait for what becomes of its lead ({@code Prefer: wait}, RFC 7240): until it is at
 * rest or queued, or the time is over.
 */
public final class Waiting implements Signals {

  private final Map<String, Promise<Entry>> waiters = new ConcurrentHashMap<>();

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Moved moved && settled(moved.move().after())) {
      Promise<Entry> waiter = waiters.remove(moved.move().after().id());
      if (waiter != null) {
        waiter.tryComplete(moved.move().after());
      }
    }
  }

  /** The settled lead, or empty when the time is over first. */
  Future<Optional<Entry>> settled(Vertx vertx, JournalReader journal, String id, Duration longest) {
    Promise<Entry> waiter = waiters.computeIfAbsent(id, name -> Promise.promise());
    // It may have settled before it was waited for.
    journal
        .find(id)
        .thenAccept(
            found -> found.filter(Waiting::settled).ifPresent(entry -> done(id, waiter, entry)));
    Promise<Optional<Entry>> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, longest.toMillis()),
            over -> {
              waiters.remove(id, waiter);
              answer.tryComplete(Optional.empty());
            });
    waiter
        .future()
        .onComplete(
            result -> {
              vertx.cancelTimer(timer);
              answer.tryComplete(Optional.ofNullable(result.result()));
            });
    return answer.future();
  }

  private void done(String id, Promise<Entry> waiter, Entry entry) {
    waiters.remove(id, waiter);
    waiter.tryComplete(entry);
  }

  /** Waiting for the CRM passes by itself; every other reason is an outcome. */
  private static boolean settled(Entry entry) {
    return entry.stage().atRest()
        || (entry.stage() == Stage.QUEUED && entry.reason() != QueueReason.CRM_UNAVAILABLE);
  }
}
