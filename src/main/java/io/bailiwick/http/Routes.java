package io.bailiwick.http;

import io.bailiwick.http.access.Admission;
import io.bailiwick.http.access.RouteTable;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Hangs routes behind the door: there is no other way to add one, so none is left open. */
public final class Routes {

  private final Router router;
  private final Admission admission;

  Routes(Router router, Admission admission) {
    this.router = router;
    this.admission = admission;
  }

  /** Hangs in what a GET asks for. */
  public void get(String path, Handler<RoutingContext> handler) {
    add(HttpMethod.GET, path, handler);
  }

  /** Hangs in what a POST does. */
  public void post(String path, Handler<RoutingContext> handler) {
    add(HttpMethod.POST, path, handler);
  }

  void put(String path, Handler<RoutingContext> handler) {
    add(HttpMethod.PUT, path, handler);
  }

  void delete(String path, Handler<RoutingContext> handler) {
    add(HttpMethod.DELETE, path, handler);
  }

  private void add(HttpMethod method, String path, Handler<RoutingContext> handler) {
    RouteTable.Row row = RouteTable.of(method.name(), path);
    router.route(method, path).handler(context -> admission.admit(row, context)).handler(handler);
  }
}
