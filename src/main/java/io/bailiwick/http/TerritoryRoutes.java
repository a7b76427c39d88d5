package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.Readiness;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The territories as last read: which are ready, what blocks the others, which rules use them. */
final class TerritoryRoutes {

  private final TerritoryDirectory directory;
  private final Timers timers;
  private final Publisher publisher;
  private final TerritoryAges ages;

  TerritoryRoutes(Door door) {
    this.directory = door.flow().directory();
    this.timers = door.timers();
    this.publisher = door.publisher();
    this.ages = door.ages();
  }

  void mount(Router router) {
    router.get("/v1/territories").handler(this::list);
    router.post("/v1/territories/refresh").handler(this::refresh);
  }

  private void list(RoutingContext context) {
    timers.execute(() -> Answers.json(context, 200, body()));
  }

  private void refresh(RoutingContext context) {
    timers.execute(
        () ->
            directory
                .refresh()
                .thenAcceptAsync(
                    answer -> {
                      if (answer instanceof TerritoryAnswer.Failed failed) {
                        Answers.failure(
                            context, new Refusal(ProblemType.CRM_UNREACHABLE, failed.detail()));
                      } else {
                        Answers.json(context, 200, body());
                      }
                    },
                    timers));
  }

  private ObjectNode body() {
    ObjectNode body = Json.mapper().createObjectNode();
    directory.readAt().ifPresent(at -> body.put("readAt", at.toString()));
    directory.lastFailure().ifPresent(failure -> body.put("lastFailure", failure));
    ArrayNode list = body.putArray("territories");
    if (directory.current().isEmpty()) {
      return body;
    }
    TerritorySnapshot snapshot = directory.current().get();
    body.put("snapshot", snapshot.id());
    body.put("permitted", snapshot.permitted().name().toLowerCase(java.util.Locale.ROOT));
    Map<String, List<RuleHit>> rules =
        publisher.rulebook().rules().stream()
            .filter(rule -> rule.territory() != null)
            .collect(
                Collectors.groupingBy(
                    rule -> Objects.requireNonNull(rule.territory()),
                    TreeMap::new,
                    Collectors.toList()));
    snapshot
        .territories()
        .forEach(t -> list.add(one(t, snapshot, rules.getOrDefault(t.name(), List.of()))));
    rules.forEach(
        (name, users) -> {
          if (snapshot.named(name) == null) {
            list.add(one(Territory.missing(name), snapshot, users));
          }
        });
    return body;
  }

  private ObjectNode one(Territory territory, TerritorySnapshot snapshot, List<RuleHit> rules) {
    Readiness readiness =
        Readiness.of(territory, snapshot.permitted(), timers.now(), ages.propagation());
    ObjectNode body = Json.object(territory);
    body.put("ready", readiness.ready());
    ArrayNode blockers = body.putArray("blockers");
    readiness.blockers().forEach(blocker -> blockers.add(blocker.word()));
    if (readiness.liftsAt() != null) {
      body.put("readyAt", readiness.liftsAt().toString());
    }
    ArrayNode users = body.putArray("rules");
    rules.forEach(rule -> users.add(rule.rule() + " (" + rule.place() + ")"));
    return body;
  }
}
