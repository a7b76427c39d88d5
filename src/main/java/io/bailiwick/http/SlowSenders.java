package io.bailiwick.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends connections on which a request comes too slowly: one byte now and then is no silence, and
 * would hold a connection for ever.
 */
final class SlowSenders {

  private static final Duration HEAD = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final long head;
  private final long body;
  private final Map<HttpConnection, Long> deadlines = new ConcurrentHashMap<>();

  /** A head may take ten seconds, or as long as a connection may say nothing; a body that long. */
  SlowSenders(Vertx vertx, Duration idle) {
    this.vertx = vertx;
    this.body = idle.toMillis();
    this.head = Math.min(HEAD.toMillis(), body);
  }

  /** Its first request must come now. */
  void opened(HttpConnection connection) {
    connection.closeHandler(closed -> end(connection));
    begin(connection, head, connection::close);
  }

  /** Its head is here. Of HTTP/2 only the first one is waited for, as others share its way. */
  void arrived(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    end(connection);
    if (request.version() == HttpVersion.HTTP_2) {
      return;
    }
    if (!request.isEnded()) {
      begin(connection, body, connection::close);
    }
    request.end().onComplete(whole -> nextOne(request));
  }

  /** Silence is ended elsewhere: who is there long after that has sent a piece of a head. */
  private void nextOne(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    begin(
        connection,
        body + head,
        () -> {
          if (request.response().ended() || request.response().closed()) {
            connection.close();
          } else {
            nextOne(request);
          }
        });
  }

  private void begin(HttpConnection connection, long millis, Runnable late) {
    end(connection);
    long timer =
        vertx.setTimer(
            millis,
            fired -> {
              if (deadlines.remove(connection, fired)) {
                late.run();
              }
            });
    deadlines.put(connection, timer);
  }

  private void end(HttpConnection connection) {
    Long timer = deadlines.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
