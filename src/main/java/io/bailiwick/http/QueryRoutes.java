package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Timers;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

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

  void mount(Routes routes) {
    routes.get("/v1/leads", this::list);
    routes.get("/v1/leads/:id", this::one);
  }

  private void one(RoutingContext context) {
    String id = context.pathParam("id");
    Caller caller = Caller.of(context);
    journal
        .find(id)
        .thenCombine(
            journal.history(id),
            (found, history) ->
                shown(
                    found.filter(entry -> maySee(caller, entry)).orElseThrow(QueryRoutes::unknown),
                    caller,
                    entry -> EntryJson.write(entry, history)))
        .whenComplete((body, failure) -> answer(context, 200, body, failure));
  }

  private void list(RoutingContext context) {
    var asked = context.queryParams();
    Caller caller = Caller.of(context);
    LeadFilter asks = LeadQuestion.read(asked::get, timers.now());
    LeadFilter which = caller.seesOwnOnly() ? asks.from(String.valueOf(caller.source())) : asks;
    journal
        .list(which, asked.get("cursor"), PageSize.read(asked.get("limit"), PAGE, PAGE_MAX))
        .thenApply(
            page -> {
              ObjectNode body = Json.mapper().createObjectNode();
              ArrayNode leads = body.putArray("leads");
              page.entries().forEach(entry -> leads.add(shown(entry, caller, EntryJson::write)));
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

  /** Of another source's lead not even that there is one. */
  private static boolean maySee(Caller caller, Entry entry) {
    return !caller.seesOwnOnly() || String.valueOf(caller.source()).equals(entry.origin().sender());
  }

  private static ObjectNode shown(Entry entry, Caller caller, Function<Entry, ObjectNode> body) {
    ObjectNode shown = body.apply(entry);
    if (caller.seesMasked()) {
      shown.set("lead", LeadJson.write(entry.lead().masked()));
    }
    return shown;
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no lead of that id.");
  }
}
