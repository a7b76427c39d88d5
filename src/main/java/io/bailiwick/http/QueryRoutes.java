package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Journal;
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
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** Questions about leads. */
final class QueryRoutes {

  private static final int PAGE = 50;
  private static final int PAGE_MAX = 500;

  private final Journal journal;
  private final Timers timers;
  private final BodyReader bodies;

  QueryRoutes(HttpSettings settings, Door door) {
    this.bodies = new BodyReader(settings.bodyMax());
    this.journal = door.journal();
    this.timers = door.timers();
  }

  void mount(Routes routes) {
    routes.get("/v1/leads", this::list);
    routes.get("/v1/leads/:id", this::one);
    routes.post("/v1/leads/search", this::search);
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

  /**
   * By mail address, which stands in no URL: those are kept by proxies and browsers. All revisions
   * of the records of whoever has it, the latest first.
   */
  private void search(RoutingContext context) {
    Caller caller = Caller.of(context);
    bodies
        .read(context)
        .map(body -> Wish.read(body.getBytes()).knowing(List.of("email")))
        .compose(
            wish ->
                Future.fromCompletionStage(
                    journal.erasures().recordsOf(ErasureRoutes.email(wish.text("email")))))
        .map(
            found -> {
              ObjectNode body = Json.mapper().createObjectNode();
              ArrayNode leads = body.putArray("leads");
              for (int i = found.size() - 1; i >= 0 && leads.size() < PAGE_MAX; i--) {
                leads.add(shown(found.get(i), caller, EntryJson::write));
              }
              return body;
            })
        .onComplete(answer -> answer(context, 200, answer.result(), answer.cause()));
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
