package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.RuleReader;
import io.bailiwick.json.Json;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleReading;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code POST /v1/rules/check}: what is wrong with rule files, and what they may speak of; quick
 * enough for an editor to ask as one types. Nothing is kept.
 */
final class ReadingRoutes {

  private final Vertx vertx;
  private final RuleReader reader;
  private final BodyReader bodies;

  ReadingRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.reader = door.page().reader();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.post("/v1/rules/check", this::check);
  }

  private void check(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body ->
                vertx.executeBlocking(
                    () -> body(reader.read(RuleUpload.read(body.getBytes()).version().files())),
                    false))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static ObjectNode body(RuleReading reading) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode flaws = body.putArray("flaws");
    for (RuleFlaw flaw : reading.flaws()) {
      ObjectNode one = flaws.addObject();
      one.put("file", flaw.file()).put("line", flaw.line()).put("column", flaw.column());
      Json.put(one, "rule", flaw.rule());
      one.put("message", flaw.message()).put("told", flaw.told());
    }
    body.set("facts", Json.tree(reading.facts()));
    body.set("grids", Json.tree(reading.grids()));
    return body;
  }
}
