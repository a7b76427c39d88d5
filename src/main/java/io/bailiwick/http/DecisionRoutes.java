package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Desk;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/decisions}: how would these leads be decided; nothing is recorded. */
final class DecisionRoutes {

  private final Desk desk;
  private final Sources sources;
  private final BodyReader bodies;
  private final LeadBodies parser;

  DecisionRoutes(HttpSettings settings, Door door) {
    this.desk = door.flow().desk();
    this.sources = door.sources();
    this.bodies = new BodyReader(settings.bodyMax());
    this.parser = new LeadBodies(settings);
  }

  void mount(Router router) {
    router.post("/v1/decisions").handler(this::post);
  }

  private void post(RoutingContext context) {
    bodies
        .read(context)
        .map(
            body ->
                parser.parse(
                    context.request().getHeader(HttpHeaders.CONTENT_TYPE),
                    body.getBytes(),
                    sources.of(context.request().getParam("source"))))
        .compose(parsed -> decide(context, parsed))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Void> decide(RoutingContext context, LeadBodies.Parsed parsed) {
    List<Lead> leads = new ArrayList<>();
    List<Problem.Flaw> flaws = new ArrayList<>();
    for (LeadBodies.Item item : parsed.items()) {
      flaws.addAll(item.read().flaws());
      if (item.read().lead() != null) {
        leads.add(item.read().lead());
      }
    }
    if (!flaws.isEmpty()) {
      throw new Refusal(
          new Problem(ProblemType.INVALID_LEAD, "A lead cannot be decided as it is.", flaws));
    }
    return Future.fromCompletionStage(desk.decide(leads))
        .map(
            decisions -> {
              Answers.json(
                  context,
                  200,
                  body(
                      parsed,
                      decisions.orElseThrow(
                          () ->
                              new Refusal(
                                  ProblemType.TERRITORIES_UNREAD,
                                  "Nothing is decided before the first complete reading."))));
              return null;
            });
  }

  private static ObjectNode body(LeadBodies.Parsed parsed, List<Decision> decisions) {
    if (!parsed.several()) {
      return one(parsed.items().get(0), decisions.get(0));
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode all = body.putArray("decisions");
    for (int i = 0; i < decisions.size(); i++) {
      all.add(one(parsed.items().get(i), decisions.get(i)));
    }
    return body;
  }

  private static ObjectNode one(LeadBodies.Item item, Decision decision) {
    ObjectNode body = EntryJson.decision(decision);
    if (!item.read().warnings().isEmpty()) {
      body.set("warnings", Json.tree(item.read().warnings()));
    }
    return body;
  }
}
