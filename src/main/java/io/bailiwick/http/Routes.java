package io.bailiwick.http;

import io.bailiwick.http.access.Admission;
import io.bailiwick.http.access.RouteTable;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * Hangs routes behind the door: there is no other way to add one, so none is left open, and none
 * answers before what it asks is there.
 */
public final class Routes {

  private final Router router;
  private final Admission admission;
  private final Supplier<Phase> phase;

  Routes(Router router, Admission admission, Supplier<Phase> phase) {
    this.router = router;
    this.admission = admission;
    this.phase = phase;
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
    router
        .route(method, path)
        .handler(context -> admission.admit(row, inTime(row, context)))
        .handler(handler);
  }

  private RoutingContext inTime(RouteTable.Row row, RoutingContext context) {
    if (phase.get() == Phase.STARTING && !row.early()) {
      throw starting();
    }
    return context;
  }

  /** What is answered where the rules would be needed and do not serve yet. */
  static Refusal starting() {
    return new Refusal(
        ProblemType.STARTING, "The rules are being compiled; leads are accepted and wait.");
  }
}
