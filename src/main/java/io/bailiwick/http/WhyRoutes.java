package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code GET /v1/leads/{id}/why}: what each serving rule makes of a recorded lead, beside the
 * territories and at the instant of its decision where these are kept, else as all is now.
 */
final class WhyRoutes {

  private final Vertx vertx;
  private final Door door;
  private final Journal journal;
  private final Publisher publisher;
  private final Timers timers;

  WhyRoutes(Vertx vertx, Door door) {
    this.vertx = vertx;
    this.door = door;
    this.journal = door.journal();
    this.publisher = door.publisher();
    this.timers = door.timers();
  }

  void mount(Routes routes) {
    routes.get("/v1/leads/:id/why", this::why);
  }

  private record Beside(TerritorySnapshot snapshot, Instant at, boolean asDecided) {}

  private void why(RoutingContext context) {
    String not = context.queryParams().get("not");
    Future.fromCompletionStage(journal.find(context.pathParam("id")))
        .map(found -> found.orElseThrow(WhyRoutes::unknown))
        .compose(
            entry ->
                beside(entry)
                    .compose(
                        beside -> vertx.executeBlocking(() -> body(entry, beside, not), false)))
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Beside> beside(Entry entry) {
    Decision decision = entry.decision();
    if (decision == null || decision.receipt().by() != null) {
      return now();
    }
    Instant at = decision.receipt().decidedAt();
    return Future.fromCompletionStage(journal.snapshot(decision.receipt().snapshot()))
        .compose(
            kept ->
                kept.isPresent()
                    ? Future.succeededFuture(new Beside(kept.get(), at, true))
                    : now());
  }

  private Future<Beside> now() {
    return Future.fromCompletionStage(
            timers.turn().thenApply(turn -> door.flow().directory().current()))
        .map(
            (Optional<TerritorySnapshot> current) ->
                new Beside(current.orElseThrow(WhyRoutes::unread), timers.now(), false));
  }

  private String body(Entry entry, Beside beside, @Nullable String not) {
    Rulebook rulebook = publisher.rulebook();
    Probes probes = rulebook.probes().orElseThrow(WhyRoutes::untellable);
    Decision decision = entry.decision();
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("rulebook", rulebook.hash());
    body.put(
        "decidedByIt", decision != null && decision.receipt().rulebook().equals(rulebook.hash()));
    body.put("asDecided", beside.asDecided());
    body.put("at", beside.at().toString());
    WhyBody.add(body, probes, new WhyBody.Asked(entry.lead(), beside.snapshot(), beside.at(), not));
    return Json.write(body);
  }

  static Refusal untellable() {
    return new Refusal(
        ProblemType.INVALID_REQUEST, "The rules are compiled as they stand (rules.trust is full).");
  }

  private static Refusal unread() {
    return new Refusal(
        ProblemType.TERRITORIES_UNREAD, "Nothing is decided before the first complete reading.");
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no lead of that id.");
  }
}
