package io.bailiwick.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Standing;
import io.bailiwick.replay.runs.ReplayRun;
import io.bailiwick.replay.runs.ReplayWish;
import io.bailiwick.replay.runs.Replays;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Replays: what a candidate would do with fixtures, an uploaded export or what was recorded, beside
 * what serves or served; and of each changed lead what both make of it, condition by condition.
 */
final class ReplayRoutes {

  private final Vertx vertx;
  private final Replays replays;
  private final BodyReader bodies;
  private final ReplayWishes wishes;

  ReplayRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.replays = door.page().replays();
    this.bodies = new BodyReader(settings.bodyMax());
    this.wishes = new ReplayWishes(door);
  }

  void mount(Routes routes) {
    routes.post("/v1/replays", this::start);
    routes.get("/v1/replays", this::list);
    routes.get("/v1/replays/:id", this::one);
    routes.get("/v1/replays/:id/row", this::row);
  }

  private void start(RoutingContext context) {
    bodies
        .read(context)
        .compose(body -> vertx.executeBlocking(() -> json(body.getBytes()), false))
        .compose(wishes::read)
        .onSuccess(
            wish -> {
              ReplayRun run = replays.start(wish);
              context.response().putHeader(HttpHeaders.LOCATION, "/v1/replays/" + run.id());
              Answers.json(context, 202, head(run));
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void list(RoutingContext context) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode list = body.putArray("replays");
    replays.all().forEach(run -> list.add(head(run)));
    Answers.json(context, 200, body);
  }

  private void one(RoutingContext context) {
    ReplayRun run = replays.find(context.pathParam("id")).orElseThrow(ReplayRoutes::unknown);
    vertx
        .executeBlocking(
            () -> {
              ObjectNode body = head(run);
              if (run.result() != null) {
                body.set("verdict", run.result());
              }
              return Json.write(body);
            },
            false)
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void row(RoutingContext context) {
    String place = String.valueOf(context.queryParams().get("place"));
    ReplayRun.Row row =
        replays
            .find(context.pathParam("id"))
            .flatMap(run -> run.row(place))
            .orElseThrow(ReplayRoutes::unknown);
    vertx
        .executeBlocking(() -> Json.write(body(row)), false)
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static ObjectNode head(ReplayRun run) {
    ReplayWish wish = run.wish();
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", run.id()).put("state", run.state().word());
    body.put("askedAt", run.askedAt().toString()).put("leads", run.leads());
    body.putObject("base").put("hash", wish.base().hash()).put("said", wish.baseSaid());
    body.putObject("candidate")
        .put("hash", wish.candidate().hash())
        .put("said", wish.candidateSaid());
    body.put("over", ReplayWishes.told(wish.leads()));
    body.set("problems", Json.tree(run.problems()));
    return body;
  }

  private static ObjectNode body(ReplayRun.Row row) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("place", row.changed().row().place()).put("name", row.changed().row().name());
    body.put("change", row.changed().change().word());
    body.put("at", row.beside().at().toString());
    body.set("lead", LeadJson.posted(row.changed().row().lead()));
    side(row, row.base(), row.changed().before(), body.putObject("base"));
    side(row, row.candidate(), row.changed().after(), body.putObject("candidate"));
    return body;
  }

  private static void side(
      ReplayRun.Row row, Rulebook rulebook, Decision decision, ObjectNode into) {
    into.put("told", Standing.of(decision).told());
    into.set("decision", EntryJson.decision(decision));
    rulebook
        .probes()
        .ifPresent(
            probes ->
                WhyBody.add(
                    into,
                    probes,
                    new WhyBody.Asked(
                        row.changed().row().lead(),
                        row.beside().snapshot(),
                        row.beside().at(),
                        null)));
  }

  private static JsonNode json(byte[] body) {
    try {
      return Json.readFiles(body);
    } catch (java.io.IOException e) {
      throw new Refusal(ProblemType.MALFORMED_BODY, "The body is not UTF-8 JSON.");
    }
  }

  private static Refusal unknown() {
    return new Refusal(
        ProblemType.NOT_FOUND,
        "There is no such replay, or no more: the last %d are kept.".formatted(Replays.KEPT));
  }
}
