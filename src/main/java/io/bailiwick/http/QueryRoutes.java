package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Questions about leads. */
final class QueryRoutes {

  private static final int PAGE = 50;
  private static final int PAGE_MAX = 500;

  private final JournalReader journal;
  private final Timers timers;

  QueryRoutes(Door door) {
    this.journal = door.journal();
    this.timers = door.timers();
  }

  void mount(Router router) {
    router.get("/v1/leads").handler(this::list);
    router.get("/v1/leads/:id").handler(this::one);
  }

  private void one(RoutingContext context) {
    String id = context.pathParam("id");
    journal
        .find(id)
        .thenCombine(
            journal.history(id),
            (found, history) -> EntryJson.write(found.orElseThrow(QueryRoutes::unknown), history))
        .whenComplete((body, failure) -> answer(context, 200, body, failure));
  }

  private void list(RoutingContext context) {
    var asked = context.queryParams();
    LeadFilter which = LeadQuestion.read(asked::get, timers.now());
    journal
        .list(which, asked.get("cursor"), PageSize.read(asked.get("limit"), PAGE, PAGE_MAX))
        .thenApply(
            page -> {
              ObjectNode body = Json.mapper().createObjectNode();
              ArrayNode leads = body.putArray("leads");
              page.entries().forEach(entry -> leads.add(EntryJson.write(entry)));
              if (page.next() != null) {
                body.put("next", page.next());
              }
              return body;
            })
        .whenComplete((body, failure) -> answer(context, 200, body, failure));
  }

  private static void answer(
      RoutingContext context, int status, @Nullable ObjectNode body, @Nullable Throwable failure) {
    if (body == null) {
      Answers.failure(context, failure == null ? unknown() : failure);
    } else {
      Answers.json(context, status, body);
    }
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no lead of that id.");
  }
}
