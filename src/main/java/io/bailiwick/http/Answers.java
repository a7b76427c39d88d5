package io.bailiwick.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: JSON, and refusals as problem bodies. */
final class Answers {

  /** After how many seconds a source may try again when we cannot take leads. */
  private static final String RETRY_SECONDS = "5";

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  static void json(RoutingContext context, int status, JsonNode body) {
    send(context.response(), status, "application/json", Json.write(body));
  }

  /** JSON that was written elsewhere, because it may be long. */
  static void written(RoutingContext context, String json) {
    send(context.response(), 200, "application/json", json);
  }

  static void html(RoutingContext context, String body) {
    send(context.response(), 200, "text/html; charset=utf-8", body);
  }

  static void text(RoutingContext context, String type, String body) {
    send(context.response(), 200, type, body);
  }

  /** Says what went wrong, whatever it was; an unexpected failure is logged and told as ours. */
  static void failure(RoutingContext context, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Refusal refusal) {
      problem(context, refusal.problem());
    } else if (cause instanceof IllegalArgumentException mistake) {
      problem(
          context, Problem.of(ProblemType.INVALID_REQUEST, String.valueOf(mistake.getMessage())));
    } else {
      LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), cause);
      problem(context, Problem.of(ProblemType.INTERNAL, "The log has the cause."));
    }
  }

  static void problem(RoutingContext context, Problem problem) {
    problem(context.response(), problem);
  }

  static void problem(HttpServerResponse response, Problem problem) {
    if (problem.type().status() == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    send(response, problem.type().status(), "application/problem+json", Json.write(problem.json()));
  }

  private static void send(HttpServerResponse response, int status, String type, String body) {
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(body);
  }
}
