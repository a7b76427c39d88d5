package io.bailiwick.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Reads a request's body up to a cap; what comes after it is thrown away, not kept. */
final class CappedRequest {

  /** The longest body, in bytes. */
  static final int MAX_BODY = 1 << 20;

  private CappedRequest() {}

  /** The body; empty where it is longer than the cap; fails where the sender goes away. */
  static Future<Optional<Buffer>> body(HttpServerRequest request) {
    Promise<Optional<Buffer>> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BODY) {
            promise.tryComplete(Optional.empty());
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(end -> promise.tryComplete(Optional.of(body)));
    request.exceptionHandler(promise::tryFail);
    return promise.future();
  }
}
