package io.bailiwick.bench.limit;

import io.vertx.core.Vertx;

/** Bare Vert.x that says hello: how soon a process of this kind can answer at all. */
public final class Hello {

  private Hello() {}

  /** Listens on the port that its argument names and answers 202 to everything. */
  public static void main(String[] arguments) {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().setStatusCode(202).end("hello"))
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
        .await();
  }
}
