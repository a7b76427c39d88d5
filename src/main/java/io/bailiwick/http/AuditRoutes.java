package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.AuditLog;
import io.bailiwick.json.AuditJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.audit.DailyAudit;
import io.bailiwick.watch.audit.DailyAudit.Running;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Audits: the finished ones, the one under way, and running one now. */
final class AuditRoutes {

  private static final int SHOWN = 10;
  private static final int SHOWN_MAX = 100;
  private static final int LOOKED_BACK = 500;

  private final Vertx vertx;
  private final Duration waitMax;
  private final AuditLog log;
  private final DailyAudit audit;

  AuditRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.waitMax = settings.waitMax();
    this.log = door.journal().audits();
    this.audit = door.audit();
  }

  void mount(Routes routes) {
    routes.get("/v1/audits", this::list);
    routes.post("/v1/audits", this::run);
    routes.get("/v1/audits/findings", this::finding);
    routes.get("/v1/audits/:id", this::one);
  }

  private void list(RoutingContext context) {
    int limit = PageSize.read(context.request().getParam("limit"), SHOWN, SHOWN_MAX);
    Future.fromCompletionStage(log.latest(limit))
        .compose(reports -> written(() -> body(reports)))
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  /** One finding through all audits that are looked back at, the latest first. */
  private void finding(RoutingContext context) {
    String kind = context.queryParams().get("kind");
    String subject = context.queryParams().get("subject");
    if (kind == null || subject == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST, "kind and subject say which finding; see GET /v1/audits.");
    }
    Future.fromCompletionStage(log.latest(LOOKED_BACK))
        .compose(reports -> written(() -> FindingHistory.of(reports, kind, subject)))
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void one(RoutingContext context) {
    String id = context.pathParam("id");
    Running known = audit.known(id).orElse(null);
    if (known != null && !known.report().isDone()) {
      Answers.json(context, 200, running(known));
      return;
    }
    if (known != null && known.report().isCompletedExceptionally()) {
      Answers.json(context, 200, running(known).put("status", "failed"));
      return;
    }
    Future.fromCompletionStage(log.find(id))
        .compose(found -> written(() -> AuditJson.write(found.orElseThrow(AuditRoutes::unknown))))
        .onSuccess(body -> Answers.written(context, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void run(RoutingContext context) {
    Duration wait = Preference.wait(context.request(), waitMax);
    Future.fromCompletionStage(audit.ask(), vertx.getOrCreateContext())
        .onFailure(failure -> Answers.failure(context, failure))
        .onSuccess(
            running -> {
              String id = running.order().id();
              context.response().putHeader(HttpHeaders.LOCATION, "/v1/audits/" + id);
              if (wait == null) {
                Answers.json(context, 202, running(running));
              } else {
                context.response().putHeader("Preference-Applied", "wait=" + wait.toSeconds());
                await(context, running, wait);
              }
            });
  }

  /** 200 with the report, or 202 when the time is over. */
  private void await(RoutingContext context, Running running, Duration wait) {
    CompletionStage<@Nullable AuditReport> report =
        running.report().copy().completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
    report.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            Answers.failure(context, failure);
          } else {
            answer(context, running, done);
          }
        });
  }

  private void answer(RoutingContext context, Running running, @Nullable AuditReport report) {
    if (report == null) {
      Answers.json(context, 202, running(running));
    } else {
      written(() -> AuditJson.write(report))
          .onSuccess(body -> Answers.written(context, body))
          .onFailure(failure -> Answers.failure(context, failure));
    }
  }

  /** Reports may be long: they are not written on the event loop. */
  private Future<String> written(Callable<ObjectNode> body) {
    return vertx.executeBlocking(() -> Json.write(body.call()), false);
  }

  private ObjectNode body(List<AuditReport> reports) {
    ObjectNode body = Json.mapper().createObjectNode();
    audit.running().ifPresent(now -> body.set("running", running(now)));
    ArrayNode list = body.putArray("audits");
    reports.forEach(report -> list.add(AuditJson.write(report)));
    return body;
  }

  private static ObjectNode running(Running running) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", running.order().id()).put("status", "running");
    body.put("trigger", running.order().trigger().word());
    body.put("startedAt", running.order().startedAt().toString());
    if (running.order().day() != null) {
      body.put("day", running.order().day());
    }
    return body;
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no audit of that id, or no more.");
  }
}
