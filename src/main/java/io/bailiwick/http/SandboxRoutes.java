package io.bailiwick.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/** The sandbox CRM of a demo, through the service's own door; no other service has the route. */
public final class SandboxRoutes implements RouteSet {

  /** What the sandbox takes and tells; may be called from any thread. */
  public interface Orders {

    /** How it stands. */
    JsonNode state();

    /** Obeys; throws IllegalArgumentException that says what to send. */
    JsonNode obey(JsonNode orders);
  }

  private final Vertx vertx;
  private final Orders sandbox;
  private final BodyReader bodies;

  /** Hands orders to this sandbox. */
  public SandboxRoutes(Vertx vertx, HttpSettings settings, Orders sandbox) {
    this.vertx = vertx;
    this.sandbox = sandbox;
    this.bodies = new BodyReader(settings.bodyMax());
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/v1/sandbox", this::state);
    routes.post("/v1/sandbox", this::obey);
  }

  private void state(RoutingContext context) {
    vertx
        .executeBlocking(() -> Json.write(sandbox.state()), false)
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void obey(RoutingContext context) {
    bodies
        .read(context)
        .compose(body -> vertx.executeBlocking(() -> obeyed(body.getBytes()), false))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private JsonNode obeyed(byte[] body) {
    try {
      return sandbox.obey(Json.read(body));
    } catch (IOException e) {
      throw new Refusal(
          ProblemType.MALFORMED_BODY,
          "Send JSON, one order or an array of them, such as"
              + " {\"do\":\"moveClock\",\"by\":\"PT15M\"}.");
    }
  }
}
