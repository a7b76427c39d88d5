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
import io.bailiwick.replay.compare.Verdict;
import io.bailiwick.replay.report.HtmlReport;
import io.bailiwick.replay.runs.ReplayRun;
import io.bailiwick.replay.runs.ReplayWish;
import io.bailiwick.replay.runs.Replays;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

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
    routes.get("/v1/replays/:id/report", this::report);
    routes.post("/v1/replays/:id/mutants", this::mutants);
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

  /** The page that the command writes, to be kept and mailed; it is never shown in our name. */
  private void report(RoutingContext context) {
    ReplayRun run = replays.find(context.pathParam("id")).orElseThrow(ReplayRoutes::unknown);
    Verdict verdict = run.verdict();
    if (verdict == null) {
      throw new Refusal(ProblemType.NOT_FOUND, "The replay is not done: there is no report yet.");
    }
    vertx
        .executeBlocking(() -> HtmlReport.of(verdict, lines(run)), false)
        .onSuccess(
            page -> {
              context
                  .response()
                  .putHeader("Content-Security-Policy", "sandbox")
                  .putHeader(
                      "Content-Disposition",
                      "attachment; filename=\"replay-%s.html\"".formatted(run.id()));
              Answers.html(context, page);
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static List<String> lines(ReplayRun run) {
    ReplayWish wish = run.wish();
    return List.of(
        "Base: %s, %.12s".formatted(wish.baseSaid(), wish.base().hash()),
        "Candidate: %s, %.12s".formatted(wish.candidateSaid(), wish.candidate().hash()),
        "Leads: %d, %s".formatted(run.leads(), ReplayWishes.told(wish.leads())),
        "Asked for at " + run.askedAt());
  }

  private void mutants(RoutingContext context) {
    ReplayRun run = replays.find(context.pathParam("id")).orElseThrow(ReplayRoutes::unknown);
    if (!replays.weigh(run)) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST,
          "Only a replay that is done has mutants, and not of rules that are code (rules.trust:"
              + " full).");
    }
    Answers.json(context, 202, head(run));
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
    body.put("mutants", run.mutants().word());
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

  /** Throws a {@link Refusal} for what is no JSON. */
  static JsonNode json(byte[] body) {
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
