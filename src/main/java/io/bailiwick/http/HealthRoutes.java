package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.Nullable;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * {@code /livez}, {@code /readyz} and the serving rulebook. Ready means a lead can be accepted: the
 * journal takes a write. What is wrong besides makes it degraded, and is said in the body.
 */
final class HealthRoutes {

  private final Journal journal;
  private final TerritoryDirectory directory;
  private final Timers timers;
  private final Serving serving;
  private final BooleanSupplier stopping;

  HealthRoutes(Door door, BooleanSupplier stopping) {
    this.journal = door.journal();
    this.directory = door.flow().directory();
    this.timers = door.timers();
    this.serving = door.serving();
    this.stopping = stopping;
  }

  void mount(Router router) {
    router.get("/livez").handler(this::live);
    router.get("/readyz").handler(this::ready);
    router.get("/v1/rules").handler(this::rules);
  }

  private void live(RoutingContext context) {
    Answers.json(context, 200, Json.mapper().createObjectNode().put("status", "alive"));
  }

  private void ready(RoutingContext context) {
    if (stopping.getAsBoolean()) {
      Answers.failure(context, new Refusal(ProblemType.SHUTTING_DOWN, "No new lead is accepted."));
      return;
    }
    journal
        .probe(timers.now())
        .whenCompleteAsync((done, failure) -> readiness(context, failure), timers);
  }

  private void readiness(RoutingContext context, @Nullable Throwable failure) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("status", "ready");
    ArrayNode reasons = Json.mapper().createArrayNode();
    if (failure != null) {
      body.put("status", "unready");
      reason(reasons, "journal_unavailable", "The journal does not take a write.");
    }
    degraded(reasons);
    if (failure == null && !reasons.isEmpty()) {
      body.put("status", "degraded");
    }
    body.put("rulebook", serving.rulebook().hash());
    directory.readAt().ifPresent(at -> body.put("territoriesReadAt", at.toString()));
    body.set("reasons", reasons);
    Answers.json(context, failure == null ? 200 : 503, body);
  }

  private void degraded(ArrayNode reasons) {
    if (!serving.flaws().isEmpty()) {
      reason(
          reasons,
          "rulebook_fallback",
          "rules/ does not compile, so the version of "
              + serving.since()
              + " serves: "
              + serving.flaws().get(0).told().lines().findFirst().orElse(""));
    }
    Optional<Instant> readAt = directory.readAt();
    if (readAt.isEmpty()) {
      reason(
          reasons,
          "territories_unread",
          "The CRM's territories have not been read yet; leads are accepted and wait.");
    } else if (readAt.get().plus(serving.staleAfter()).isBefore(timers.now())) {
      reason(reasons, "territories_stale", "The territories were last read at " + readAt.get());
    }
    directory
        .lastFailure()
        .ifPresent(detail -> reason(reasons, "crm_unreachable", "Last reading: " + detail));
  }

  private void rules(RoutingContext context) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("serving", serving.rulebook().hash());
    body.put("since", serving.since().toString());
    body.put("fallback", !serving.flaws().isEmpty());
    body.set("rules", Json.tree(serving.rulebook().rules()));
    ArrayNode flaws = body.putArray("flaws");
    serving.flaws().forEach(flaw -> flaws.add(flaw.told()));
    Answers.json(context, 200, body);
  }

  private static void reason(ArrayNode reasons, String word, String detail) {
    reasons.addObject().put("reason", word).put("detail", detail);
  }
}
