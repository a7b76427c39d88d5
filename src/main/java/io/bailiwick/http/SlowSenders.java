package io.bailiwick.http;

import io.bailiwick.lead.Nullable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends connections on which a request comes too slowly: one byte now and then is no silence, and
 * would hold a connection for ever. It looks once a second who is late, since a timer for each
 * request would be set three times and hardly ever fire.
 */
final class SlowSenders {

  private static final Duration HEAD = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 1_000;

  private final Vertx vertx;
  private final long head;
  private final long body;
  private final Map<HttpConnection, Due> awaited = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();

  /**
   * What a connection owes.
   *
   * @param at by when, in milliseconds of the machine's uptime
   * @param before the request whose answer may still be on its way; null where none is
   */
  private record Due(long at, @Nullable HttpServerRequest before) {

    boolean answered() {
      return before == null || before.response().ended() || before.response().closed();
    }
  }

  /** A head may take ten seconds, or as long as a connection may say nothing; a body that long. */
  SlowSenders(Vertx vertx, Duration idle) {
    this.vertx = vertx;
    this.body = idle.toMillis();
    this.head = Math.min(HEAD.toMillis(), body);
  }

  /** Its first request must come now. */
  void opened(HttpConnection connection) {
    awaited.put(connection, within(head, null));
    connection.closeHandler(closed -> awaited.remove(connection));
    look();
  }

  /** Its head is here. Of HTTP/2 only the first one is waited for, as others share its way. */
  void arrived(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.version() == HttpVersion.HTTP_2) {
      awaited.remove(connection);
      return;
    }
    awaited.computeIfPresent(connection, (open, due) -> within(body, null));
    // Silence is ended elsewhere: who is there long after that has sent a piece of a head.
    request
        .end()
        .onComplete(
            whole ->
                awaited.computeIfPresent(connection, (open, due) -> within(body + head, request)));
  }

  private void look() {
    if (looking.compareAndSet(false, true)) {
      vertx.setTimer(
          LOOK_MILLIS,
          fired -> {
            looking.set(false);
            long now = now();
            awaited.forEach((connection, due) -> look(connection, due, now));
            if (!awaited.isEmpty()) {
              look();
            }
          });
    }
  }

  private void look(HttpConnection connection, Due due, long now) {
    if (now < due.at()) {
      return;
    }
    if (due.answered()) {
      connection.close();
    } else {
      awaited.replace(connection, due, within(body + head, due.before()));
    }
  }

  private static Due within(long millis, @Nullable HttpServerRequest before) {
    return new Due(now() + millis, before);
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
