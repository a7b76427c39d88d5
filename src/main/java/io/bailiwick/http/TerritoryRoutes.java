package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Readiness;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TerritorySnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The territories as last read: which are ready, what blocks the others, which rules use them. */
final class TerritoryRoutes {

  private final Vertx vertx;
  private final TerritoryDirectory directory;
  private final Timers timers;
  private final Publisher publisher;
  private final TerritoryAges ages;
  private final Function<String, CompletionStage<TerritoryMembers>> members;

  TerritoryRoutes(Vertx vertx, Door door) {
    this.vertx = vertx;
    this.directory = door.flow().directory();
    this.timers = door.timers();
    this.publisher = door.publisher();
    this.ages = door.ages();
    this.members = door.page().members();
  }

  void mount(Routes routes) {
    routes.get("/v1/territories", this::list);
    routes.post("/v1/territories/refresh", this::refresh);
    routes.get("/v1/territories/:id/members", this::members);
  }

  /** Asked of the CRM anew each time, for the territory that somebody looks at. */
  private void members(RoutingContext context) {
    String id = context.pathParam("id");
    timers.execute(
        () -> {
          boolean listed =
              directory.current().stream()
                  .flatMap(snapshot -> snapshot.territories().stream())
                  .anyMatch(territory -> territory.id().equals(id));
          if (listed) {
            Future.fromCompletionStage(members.apply(id))
                .onSuccess(told -> members(context, told))
                .onFailure(failure -> Answers.failure(context, failure));
          } else {
            Answers.failure(
                context, new Refusal(ProblemType.NOT_FOUND, "The CRM lists no such territory."));
          }
        });
  }

  private static void members(RoutingContext context, TerritoryMembers told) {
    ObjectNode body = Json.mapper().createObjectNode();
    if (told instanceof TerritoryMembers.Failed failed) {
      Answers.failure(context, new Refusal(ProblemType.CRM_UNREACHABLE, failed.why()));
      return;
    }
    if (told instanceof TerritoryMembers.Told known) {
      body.put("told", true).put("more", known.more());
      body.set("members", Json.tree(known.members()));
    } else if (told instanceof TerritoryMembers.Untold untold) {
      body.put("told", false).put("why", untold.why());
      body.putArray("members");
    }
    Answers.json(context, 200, body);
  }

  private void list(RoutingContext context) {
    timers.execute(() -> answer(context));
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
                        answer(context);
                      }
                    },
                    timers));
  }

  /** What the directory knows at this moment; its fields belong to the flow's thread. */
  private record Known(
      Optional<Instant> readAt, Optional<String> failure, Optional<TerritorySnapshot> snapshot) {}

  /** On the flow's thread only to look; a CRM may have a hundred thousand territories to write. */
  private void answer(RoutingContext context) {
    var known = new Known(directory.readAt(), directory.lastFailure(), directory.current());
    vertx
        .executeBlocking(() -> Json.write(body(known)), false)
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private ObjectNode body(Known known) {
    ObjectNode body = Json.mapper().createObjectNode();
    known.readAt().ifPresent(at -> body.put("readAt", at.toString()));
    known.failure().ifPresent(failure -> body.put("lastFailure", failure));
    ArrayNode list = body.putArray("territories");
    if (known.snapshot().isEmpty()) {
      return body;
    }
    TerritorySnapshot snapshot = known.snapshot().get();
    body.put("snapshot", snapshot.id());
    body.put("permitted", snapshot.permitted().name().toLowerCase(Locale.ROOT));
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
            list.add(missing(name, snapshot, users));
          }
        });
    return body;
  }

  /** A territory that rules name and the CRM lacks has no id, and was never seen. */
  private ObjectNode missing(String name, TerritorySnapshot snapshot, List<RuleHit> users) {
    ObjectNode body = one(Territory.missing(name), snapshot, users);
    body.remove(List.of("id", "seenAt"));
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
