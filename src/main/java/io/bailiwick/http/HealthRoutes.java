package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.RulesStanding;
import io.bailiwick.flow.SendingSwitch;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.flow.Timers;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.Metrics;
import io.bailiwick.watch.alarm.Alarm;
import io.bailiwick.watch.alarm.AlarmKind;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics}. Ready means a lead can be accepted: the
 * journal takes a write. What is wrong besides makes it degraded, and is said in the body. {@code
 * GET /v1/readiness} tells people the same; that it is not ready is an answer there, no failure.
 */
final class HealthRoutes {

  /** What makes it degraded and stands in no other part's answer. */
  private static final Set<AlarmKind> DEGRADING =
      Set.of(
          AlarmKind.TOKEN_BROKEN,
          AlarmKind.CRM_REFUSING,
          AlarmKind.AUDIT_MISSED,
          AlarmKind.CHANNEL_FAILING);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Journal journal;
  private final SendingSwitch sending;
  private final TerritoryDirectory directory;
  private final Timers timers;
  private final Publisher publisher;
  private final Sources sources;
  private final TerritoryAges ages;
  private final Metrics metrics;
  private final Supplier<List<Alarm>> alarms;
  private final Supplier<Phase> phase;

  HealthRoutes(Door door, Supplier<Phase> phase) {
    this.journal = door.journal();
    this.sending = door.flow().sendingSwitch();
    this.directory = door.flow().directory();
    this.timers = door.timers();
    this.publisher = door.publisher();
    this.sources = door.sources();
    this.ages = door.ages();
    this.metrics = door.metrics();
    this.alarms = door.alarms();
    this.phase = phase;
  }

  void mount(Routes routes) {
    routes.get("/livez", this::live);
    routes.get("/readyz", context -> ready(context, 503));
    routes.get("/v1/readiness", context -> ready(context, 200));
    routes.get("/metrics", this::metrics);
  }

  private void live(RoutingContext context) {
    Answers.json(context, 200, Json.mapper().createObjectNode().put("status", "alive"));
  }

  /** Hundreds of figures, some asked of the JVM: gathered on a worker, and no event loop waits. */
  private void metrics(RoutingContext context) {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    context
        .vertx()
        .executeBlocking(() -> metrics.scrape(accept), false)
        .onSuccess(
            scrape -> {
              context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
              Answers.text(context, scrape.type(), scrape.body());
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  /** {@code unready}: the status of the answer where no lead can be accepted. */
  private void ready(RoutingContext context, int unready) {
    switch (phase.get()) {
      case STARTING -> Answers.failure(context, Routes.starting());
      case SERVING -> probed(context, unready);
      case STOPPING ->
          Answers.failure(
              context, new Refusal(ProblemType.SHUTTING_DOWN, "No new lead is accepted."));
    }
  }

  private void probed(RoutingContext context, int unready) {
    journal
        .probe(timers.now())
        .handle((done, failure) -> failure)
        .applyToEither(late(), failure -> failure)
        .thenCombineAsync(
            publisher.standing(),
            (failure, standing) -> {
              ObjectNode body = readiness(context, failure, standing);
              Answers.json(context, failure == null ? 200 : unready, body);
              return standing;
            },
            timers)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                Answers.failure(context, failure);
              }
            });
  }

  /** A disk that does not answer is no journal that takes a write. */
  private CompletionStage<@Nullable Throwable> late() {
    var late = new CompletableFuture<@Nullable Throwable>();
    timers.after(PATIENCE, () -> late.complete(new TimeoutException()));
    return late;
  }

  private ObjectNode readiness(
      RoutingContext context, @Nullable Throwable failure, RulesStanding standing) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("status", "ready");
    ArrayNode reasons = Json.mapper().createArrayNode();
    if (failure != null) {
      body.put("status", "unready");
      reason(reasons, "journal_unavailable", "The journal does not take a write.");
    }
    degradedRules(reasons, standing);
    degraded(reasons);
    alarms.get().stream()
        .filter(alarm -> DEGRADING.contains(alarm.kind()))
        .forEach(
            alarm ->
                reason(
                    reasons,
                    alarm.kind().word(),
                    (alarm.subject().isEmpty() ? "" : alarm.subject() + ": ") + alarm.detail()));
    if (failure == null && !reasons.isEmpty()) {
      body.put("status", "degraded");
    }
    if (Caller.of(context).seesHouse()) {
      inside(body, standing);
      body.set("reasons", reasons);
    }
    return body;
  }

  /** What is nobody's business who merely asks whether we are ready. */
  private void inside(ObjectNode body, RulesStanding standing) {
    body.put("rulebook", standing.publication().hash());
    if (standing.shadow() != null) {
      body.set("shadow", ShadowBodies.run(standing.shadow()));
    }
    body.put("trust", standing.rulebook().guarded() ? "guarded" : "full");
    directory.readAt().ifPresent(at -> body.put("territoriesReadAt", at.toString()));
  }

  private void degraded(ArrayNode reasons) {
    Optional<Instant> readAt = directory.readAt();
    if (readAt.isEmpty()) {
      reason(
          reasons,
          "territories_unread",
          "The CRM's territories have not been read yet; leads are accepted and wait.");
    } else if (readAt.get().plus(ages.staleAfter()).isBefore(timers.now())) {
      reason(reasons, "territories_stale", "The territories were last read at " + readAt.get());
    }
    sending
        .paused()
        .ifPresent(
            pause ->
                reason(
                    reasons,
                    "sending_paused",
                    "Since "
                        + pause.since()
                        + " sending is "
                        + pause.told()
                        + "; POST /v1/resume goes on."));
    directory
        .lastFailure()
        .ifPresent(detail -> reason(reasons, "crm_unreachable", "Last reading: " + detail));
  }

  private void degradedRules(ArrayNode reasons, RulesStanding standing) {
    Optional<Candidate> candidate = standing.fromFolder();
    if (standing.folder().problem() != null) {
      reason(reasons, "rules_unreadable", standing.folder().problem());
    } else if (candidate.isPresent() && candidate.get().state() == Candidate.State.REFUSED) {
      reason(
          reasons,
          "rulebook_candidate_refused",
          "rules/ is refused, so the version of "
              + standing.publication().at()
              + " serves: "
              + candidate.get().firstObjection());
    } else if (candidate.isEmpty() && standing.differs()) {
      reason(
          reasons,
          "rules_differ",
          "rules/ is not what serves: a version was "
              + standing.publication().how().word()
              + " at "
              + standing.publication().at());
    }
    sources.problems().forEach(problem -> reason(reasons, "source_mapping_refused", problem));
  }

  private static void reason(ArrayNode reasons, String word, String detail) {
    reasons.addObject().put("reason", word).put("detail", detail);
  }
}
