package io.bailiwick.http;

import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads a request's body up to a limit, declared or not: past it nothing more is kept, the answer
 * is 413 and the connection is closed.
 */
final class BodyReader {

  /**
   * How much of a refused body is still taken in and thrown away. A connection that is closed on a
   * sender who is still sending is reset, and the answer is lost with it.
   */
  private static final long DISCARDED_MAX = 32L << 20;

  private final int max;

  BodyReader(int max) {
    this.max = max;
  }

  /**
   * The body; fails with a {@link Refusal} where it is too large or encoded, or too much is held.
   */
  Future<Buffer> read(RoutingContext context) {
    HttpServerRequest request = context.request();
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      discard(context);
      return Future.failedFuture(
          new Refusal(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding is not supported; send the body as it is."));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer kept = Buffer.buffer();
    var held = new HeldBodies(max);
    context.addEndHandler(ended -> held.end());
    request.handler(
        chunk -> {
          if (kept.length() + chunk.length() > max) {
            discard(context);
            whole.tryFail(tooLarge());
          } else if (!held.fits(kept, chunk)) {
            discard(context);
            held.end();
            whole.tryFail(tooManyAtOnce());
          } else {
            kept.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(
        broken ->
            whole.tryFail(
                new Refusal(ProblemType.INVALID_REQUEST, "The body did not arrive whole.")));
    request.endHandler(end -> whole.tryComplete(kept));
    if (declared(request) > max) {
      discard(context);
      whole.tryFail(tooLarge());
    }
    return whole.future();
  }

  private Refusal tooLarge() {
    return new Refusal(
        Problem.of(ProblemType.BODY_TOO_LARGE, "The body may have at most " + max + " bytes."));
  }

  private static Refusal tooManyAtOnce() {
    return new Refusal(
        ProblemType.OVERLOADED, "The bodies of all requests at this moment do not fit.");
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Takes no more of the body in; what follows on this connection is not trusted. */
  private static void discard(RoutingContext context) {
    HttpServerRequest request = context.request();
    long[] discarded = {0};
    request.handler(
        chunk -> {
          discarded[0] += chunk.length();
          if (discarded[0] > DISCARDED_MAX) {
            request.connection().close();
          }
        });
    request.exceptionHandler(broken -> {});
    request.endHandler(end -> {});
    if (request.version() != HttpVersion.HTTP_2) {
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      context.response().endHandler(told -> closeAfter(request));
    }
  }

  private static void closeAfter(HttpServerRequest request) {
    if (request.isEnded()) {
      request.connection().close();
    } else {
      request.endHandler(end -> request.connection().close());
    }
  }
}
