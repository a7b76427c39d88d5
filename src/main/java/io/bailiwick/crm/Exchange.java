package io.bailiwick.crm;

import io.bailiwick.lead.Nullable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;

/**
 * One call under way: whether its request has left, and how it ended, the first end only. It
 * travels through WebClient as the body codec of its own call, so that the interceptor can tell
 * whose request is about to leave. Belongs to one event loop.
 */
final class Exchange implements BodyCodec<Buffer> {

  /** What is told where a handshake failed. */
  static final String TLS = "TLS with the CRM failed";

  private final int cap;
  private final CompletableFuture<Heard> heard = new CompletableFuture<>();
  private @Nullable HttpClientRequest request;

  Exchange(int cap) {
    this.cap = cap;
  }

  CompletionStage<Heard> heard() {
    return heard;
  }

  boolean over() {
    return heard.isDone();
  }

  @Override
  public BodyStream<Buffer> stream() {
    return new CappedBody(cap, this::hangUp);
  }

  /** A connection is there and the request goes out now; from here on its fate is open. */
  void leaving(HttpClientRequest leaving) {
    request = leaving;
    // Told as an outcome already; Vert.x would log it as an error of its own.
    leaving.exceptionHandler(cause -> {});
    leaving.connection().exceptionHandler(cause -> {});
  }

  void answered(Reply reply) {
    heard.complete(new Heard.Answered(reply));
  }

  /** The request was refused for its token, so nothing was done; it is made again. */
  void again() {
    request = null;
  }

  static Reply reply(HttpResponse<Buffer> response) {
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    Buffer body = response.body();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    return new Reply(response.statusCode(), headers, bytes);
  }

  void shut(Duration wait, String why) {
    heard.complete(new Heard.Shut(wait, why));
  }

  void noToken(Throwable cause) {
    heard.complete(new Heard.NoToken("no token: " + cause.getMessage()));
  }

  /** Causes are told by their kind: their messages hold addresses and whatever the peer sent. */
  void failed(Throwable cause) {
    end(
        cause instanceof UnknownHostException
            ? "the CRM's host name is not known"
            : cause instanceof SSLException
                ? TLS
                : cause instanceof ConnectException
                    ? "no connection to the CRM could be made"
                    : "the connection failed (" + cause.getClass().getSimpleName() + ")");
  }

  void expired() {
    end("no complete answer within the deadline");
    hangUp();
  }

  private void end(String why) {
    heard.complete(request == null ? new Heard.NotSent(why) : new Heard.Lost(why));
  }

  /** Closes the connection of a request that left; HTTP/1.1 has no other way to stop an answer. */
  private void hangUp() {
    if (request != null) {
      request.reset();
    }
  }
}
