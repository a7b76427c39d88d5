package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Desk;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/decisions}: how would these leads be decided; nothing is recorded. */
final class DecisionRoutes {

  private final Desk desk;
  private final Door door;
  private final Vertx vertx;
  private final IncomingLeads incoming;

  DecisionRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.door = door;
    this.desk = door.flow().desk();
    this.incoming = new IncomingLeads(vertx, settings, door);
  }

  void mount(Routes routes) {
    routes.post("/v1/decisions", this::post);
  }

  private void post(RoutingContext context) {
    incoming
        .read(context)
        .compose(sent -> decide(sent.parsed()).compose(body -> why(context, sent.parsed(), body)))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<ObjectNode> decide(LeadBodies.Parsed parsed) {
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
    return Future.fromCompletionStage(desk.decide(leads), vertx.getOrCreateContext())
        .map(decisions -> body(parsed, decisions.orElseThrow(DecisionRoutes::unread)));
  }

  /** With {@code why=true} also what each rule makes of it; with {@code not} why not there. */
  private Future<ObjectNode> why(
      RoutingContext context, LeadBodies.Parsed parsed, ObjectNode body) {
    String not = context.queryParams().get("not");
    boolean asked = not != null || "true".equals(context.queryParams().get("why"));
    if (!asked || parsed.several()) {
      return Future.succeededFuture(body);
    }
    Lead lead = parsed.items().get(0).read().lead();
    if (lead == null) {
      return Future.succeededFuture(body);
    }
    return Future.fromCompletionStage(
            door.timers().turn().thenApply(now -> door.flow().directory().current()))
        .map(current -> current.orElseThrow(DecisionRoutes::unread))
        .compose(
            snapshot ->
                vertx.executeBlocking(
                    () ->
                        WhyBody.add(
                            body,
                            door.publisher().rulebook().probes().orElseThrow(WhyRoutes::untellable),
                            new WhyBody.Asked(lead, snapshot, door.timers().now(), not)),
                    false));
  }

  private static Refusal unread() {
    return new Refusal(
        ProblemType.TERRITORIES_UNREAD, "Nothing is decided before the first complete reading.");
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
