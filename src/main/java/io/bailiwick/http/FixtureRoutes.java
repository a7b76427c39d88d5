package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.Expectation;
import io.bailiwick.replay.FixtureText;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.NamelessLead;
import io.bailiwick.replay.Pseudonyms;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code GET /v1/leads/{id}/fixture}: a recorded lead as a fixture, without the person, proved to
 * be decided as it was.
 */
final class FixtureRoutes {

  private final Vertx vertx;
  private final Journal journal;
  private final Door door;

  FixtureRoutes(Vertx vertx, Door door) {
    this.vertx = vertx;
    this.journal = door.journal();
    this.door = door;
  }

  void mount(Routes routes) {
    routes.get("/v1/leads/:id/fixture", this::fixture);
  }

  private record Kept(Entry entry, Decision decision, TerritorySnapshot snapshot) {}

  private void fixture(RoutingContext context) {
    Future.fromCompletionStage(journal.find(context.pathParam("id")))
        .map(found -> found.orElseThrow(() -> new Refusal(ProblemType.NOT_FOUND, "No such lead.")))
        .compose(this::kept)
        .compose(kept -> vertx.executeBlocking(() -> body(kept), false))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Kept> kept(Entry entry) {
    Decision decision = entry.stage() == Stage.ERASED ? null : entry.decision();
    if (decision == null || decision.receipt().by() != null) {
      throw notMade("it is not decided by rules, or was erased");
    }
    return Future.fromCompletionStage(journal.snapshot(decision.receipt().snapshot()))
        .map(
            found ->
                new Kept(
                    entry,
                    decision,
                    found.orElseThrow(() -> notMade("its territories are no longer kept"))));
  }

  private ObjectNode body(Kept kept) {
    Rulebook rulebook = door.publisher().rulebook();
    var at = kept.decision().receipt().decidedAt();
    Function<Lead, Decision> decide =
        lead ->
            rulebook.decide(List.of(lead), kept.snapshot(), at).toCompletableFuture().join().get(0);
    List<String> otherwise =
        Expectation.of(kept.decision()).differences(decide.apply(kept.entry().lead()));
    if (!otherwise.isEmpty()) {
      throw notMade(
          "the rules that serve decide it otherwise now: " + String.join("; ", otherwise));
    }
    var nameless =
        NamelessLead.of(kept.entry().lead(), Pseudonyms.ofARandomKey(), Set.of(), decide);
    if (!nameless.decisive().isEmpty()) {
      throw notMade(
          String.join(" and ", nameless.decisive())
              + " is decisive and personal; a replaced one decides otherwise");
    }
    LeadCase one = LeadCase.recorded(nameless.lead(), kept.decision());
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("name", one.name()).put("at", at.toString());
    body.put("line", FixtureText.line(at, one));
    body.put("file", FixtureText.write(at, List.of(one)));
    body.set("kept", Json.tree(nameless.kept()));
    return body;
  }

  private static Refusal notMade(String why) {
    return new Refusal(ProblemType.INVALID_REQUEST, "No fixture is made of it: " + why + ".");
  }
}
