package io.bailiwick.crm;

import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;

/** Gathers an answer's body up to a cap; beyond it, fails and stops the reading. */
public final class CappedBody implements BodyStream<Buffer> {

  private final int cap;
  private final Runnable stop;
  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> result = Promise.promise();

  /** {@code cap} is in bytes; {@code stop} is run where there are more. */
  public CappedBody(int cap, Runnable stop) {
    this.cap = cap;
    this.stop = stop;
  }

  @Override
  public Future<Buffer> result() {
    return result.future();
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    if (body.length() + chunk.length() > cap) {
      var tooLong = new IllegalStateException("an answer longer than " + cap + " bytes");
      result.tryFail(tooLong);
      stop.run();
      return Future.failedFuture(tooLong);
    }
    body.appendBuffer(chunk);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    result.tryComplete(body);
    return Future.succeededFuture();
  }

  @Override
  public void handle(Throwable broken) {
    result.tryFail(broken);
  }

  @Override
  public CappedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public CappedBody setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public CappedBody drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }
}
