package io.bailiwick.http;

import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads a request's body up to a limit, declared or not: past it nothing more is kept, the answer
 * is 413 and the connection is closed.
 */
final class BodyReader {

  private final int max;

  BodyReader(int max) {
    this.max = max;
  }

  /** The body; fails with a {@link Refusal} where it is too large or encoded. */
  Future<Buffer> read(RoutingContext context) {
    HttpServerRequest request = context.request();
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      close(context);
      return Future.failedFuture(
          new Refusal(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding is not supported; send the body as it is."));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer kept = Buffer.buffer();
    request.handler(
        chunk -> {
          if (kept.length() + chunk.length() <= max) {
            kept.appendBuffer(chunk);
          } else if (whole.tryFail(tooLarge())) {
            close(context);
          }
        });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(kept));
    if (declared(request) > max && whole.tryFail(tooLarge())) {
      close(context);
    }
    return whole.future();
  }

  private Refusal tooLarge() {
    return new Refusal(
        Problem.of(ProblemType.BODY_TOO_LARGE, "The body may have at most " + max + " bytes."));
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** What follows on this connection cannot be trusted to be a request. */
  private static void close(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CONNECTION, "close");
    context.response().endHandler(end -> context.request().connection().close());
  }
}
