package io.bailiwick.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Journal;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.FixtureReader;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.compare.Bisection.Moved;
import io.bailiwick.replay.compare.FixtureComparison;
import io.bailiwick.replay.compare.Row;
import io.bailiwick.replay.compare.VerdictJson;
import io.bailiwick.replay.runs.BisectionRun;
import io.bailiwick.replay.runs.BisectionRun.Wish;
import io.bailiwick.replay.runs.Bisections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Bisections: which published version of the rules moved a lead, or some of the fixtures. */
final class BisectionRoutes {

  private static final Set<String> MEMBERS = Set.of("lead", "fixtures", "place", "versions");
  private static final int VERSIONS = 50;
  private static final int VERSIONS_MAX = 1_000;

  private final Vertx vertx;
  private final Journal journal;
  private final Bisections bisections;
  private final BodyReader bodies;
  private final ReplayWishes wishes;

  BisectionRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.journal = door.journal();
    this.bisections = door.page().bisections();
    this.bodies = new BodyReader(settings.bodyMax());
    this.wishes = new ReplayWishes(door);
  }

  void mount(Routes routes) {
    routes.post("/v1/bisections", this::start);
    routes.get("/v1/bisections/:id", this::one);
  }

  private void start(RoutingContext context) {
    bodies
        .read(context)
        .map(body -> ReplayRoutes.json(body.getBytes()))
        .compose(this::wish)
        .onSuccess(
            wish -> {
              BisectionRun run = bisections.start(wish);
              context.response().putHeader(HttpHeaders.LOCATION, "/v1/bisections/" + run.id());
              Answers.json(context, 202, body(run));
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void one(RoutingContext context) {
    BisectionRun run = bisections.find(context.pathParam("id")).orElseThrow(BisectionRoutes::gone);
    vertx
        .executeBlocking(() -> Json.write(body(run)), false)
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Wish> wish(JsonNode body) {
    if (!body.isObject() || body.has("lead") == body.has("fixtures")) {
      throw wrong("The body must be an object with lead (its id) or fixtures (serving, or whose).");
    }
    body.fieldNames().forEachRemaining(BisectionRoutes::known);
    int versions = body.path("versions").asInt(VERSIONS);
    if (versions < 2 || versions > VERSIONS_MAX) {
      throw wrong("versions must be from 2 to %d.".formatted(VERSIONS_MAX));
    }
    return body.has("lead")
        ? ofLead(body.path("lead").asText(), versions)
        : wishes
            .version(body.path("fixtures").asText())
            .map(
                version ->
                    ofFixtures(
                        FixtureReader.read(version.fixtures()), body.path("place"), versions));
  }

  private static void known(String name) {
    if (!MEMBERS.contains(name)) {
      throw wrong("%s is not known; use %s.".formatted(name, MEMBERS));
    }
  }

  private static Wish ofFixtures(Fixtures all, JsonNode place, int versions) {
    List<LeadCase> some =
        all.leads().stream()
            .filter(one -> place.isMissingNode() || one.place().equals(place.asText()))
            .toList();
    if (some.isEmpty()) {
      throw new Refusal(ProblemType.NOT_FOUND, "There is no fixture there.");
    }
    Fixtures fixtures = new Fixtures(all.territories(), some, List.of(), List.of(), List.of());
    String over = some.size() == 1 ? some.get(0).name() : some.size() + " fixtures";
    return new Wish(over, comparer -> FixtureComparison.take(fixtures, comparer), versions);
  }

  /** Asked at the instant it was decided, beside the territories of then where they are kept. */
  private Future<Wish> ofLead(String id, int versions) {
    return Future.fromCompletionStage(journal.find(id))
        .compose(
            found -> {
              Entry entry = found.orElseThrow(() -> missing("There is no lead of that id."));
              if (entry.stage() == Stage.ERASED) {
                throw missing("The lead was erased: nothing is left to decide again.");
              }
              Decision decision = entry.decision();
              Instant at = decision == null ? entry.acceptedAt() : decision.receipt().decidedAt();
              return territories(decision)
                  .map(snapshot -> ofLead(new Row(id, id, entry.lead()), snapshot, at, versions));
            });
  }

  private static Wish ofLead(Row row, TerritorySnapshot snapshot, Instant at, int versions) {
    return new Wish(
        "lead " + row.place(), comparer -> comparer.take(List.of(row), snapshot, at), versions);
  }

  private Future<TerritorySnapshot> territories(@Nullable Decision decision) {
    String kept = decision == null ? null : decision.receipt().snapshot();
    return kept == null
        ? wishes.snapshot()
        : Future.fromCompletionStage(journal.snapshot(kept))
            .compose(then -> then.map(Future::succeededFuture).orElseGet(wishes::snapshot));
  }

  private static ObjectNode body(BisectionRun run) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", run.id()).put("state", run.state().word());
    body.put("askedAt", run.askedAt().toString()).put("over", run.wish().over());
    body.put("versions", run.versions()).put("skipped", run.skipped());
    ArrayNode moved = body.putArray("moved");
    for (Moved one : run.moved()) {
      ObjectNode node = moved.addObject();
      var publication = one.publication();
      node.put("hash", publication.hash()).put("base", one.comparison().base());
      node.put("at", publication.at().toString());
      node.put("how", publication.how().word());
      Json.put(node, "who", publication.who());
      Json.put(node, "note", publication.note());
      node.put("leads", one.comparison().changes());
      VerdictJson.groups(one.comparison().groups(), node.putArray("groups"));
    }
    body.set("problems", Json.tree(run.problems()));
    return body;
  }

  private static Refusal wrong(String detail) {
    return new Refusal(ProblemType.INVALID_REQUEST, detail);
  }

  private static Refusal missing(String detail) {
    return new Refusal(ProblemType.NOT_FOUND, detail);
  }

  private static Refusal gone() {
    return missing(
        "There is no such bisection, or no more: the last %d are kept.".formatted(Bisections.KEPT));
  }
}
