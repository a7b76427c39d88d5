package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Control and inspection over HTTP, with problem bodies (RFC 9457) that say what to send. */
final class ControlDoor {

  private static final int DEFAULT_LIMIT = 10_000;
  private static final int MAX_LIMIT = 100_000;

  private final Vertx vertx;
  private final SandboxModel model;

  ControlDoor(Vertx vertx, SandboxModel model) {
    this.vertx = vertx;
    this.model = model;
  }

  void serve(HttpServerRequest request, String path) {
    String allowed = path.equals("/sandbox/control") ? "POST" : "GET";
    String method = request.method().name();
    String uri = request.uri();
    CappedRequest.body(request)
        .compose(
            body ->
                vertx.executeBlocking(
                    () ->
                        method.equals(allowed)
                            ? answer(path, uri, body)
                            : problem(ProblemType.METHOD_NOT_ALLOWED, "send a " + allowed),
                    false))
        .onSuccess(
            answer -> {
              HttpServerResponse response = request.response();
              if (answer.status() == 405) {
                response.putHeader("Allow", allowed);
              }
              send(response, answer);
            });
  }

  private ApiAnswer answer(String path, String uri, Optional<Buffer> body) {
    try {
      return switch (path) {
        case "/sandbox/control" -> control(body);
        case "/sandbox/state" -> new ApiAnswer(200, model.state());
        case "/sandbox/calls" -> new ApiAnswer(200, model.calls());
        case "/sandbox/calls/each" -> each(ApiCall.of("GET", uri, new byte[0]).query());
        case "/sandbox/openapi.json" -> new ApiAnswer(200, Description.json());
        case "/sandbox/writes" -> writes(ApiCall.of("GET", uri, new byte[0]).query());
        default ->
            problem(
                ProblemType.NOT_FOUND,
                "there are POST /sandbox/control, GET /sandbox/state, /sandbox/writes,"
                    + " /sandbox/calls, /sandbox/calls/each and /sandbox/openapi.json");
      };
    } catch (IllegalArgumentException wrong) {
      String message = wrong.getMessage();
      return problem(ProblemType.INVALID_REQUEST, message == null ? "not understood" : message);
    }
  }

  private ApiAnswer control(Optional<Buffer> body) {
    if (body.isEmpty()) {
      return problem(ProblemType.BODY_TOO_LARGE, "send at most 1 MiB of commands at once");
    }
    JsonNode commands;
    try {
      commands = Json.read(body.get().getBytes());
    } catch (IOException e) {
      return problem(
          ProblemType.MALFORMED_BODY,
          "send JSON, one command or an array of them, such as"
              + " {\"do\":\"moveClock\",\"by\":\"PT15M\"}");
    }
    return new ApiAnswer(200, model.control(commands));
  }

  private ApiAnswer writes(Map<String, String> query) {
    long after = number(query.get("after"), 0, "after");
    long limit = number(query.get("limit"), DEFAULT_LIMIT, "limit");
    return new ApiAnswer(
        200,
        model.writes(
            query.get("module"), query.get("id"), after, (int) Math.min(limit, MAX_LIMIT)));
  }

  private ApiAnswer each(Map<String, String> query) {
    long after = number(query.get("after"), 0, "after");
    long limit = number(query.get("limit"), DEFAULT_LIMIT, "limit");
    return new ApiAnswer(200, model.eachCall(after, (int) Math.min(limit, MAX_LIMIT)));
  }

  private static long number(@Nullable String text, long absent, String name) {
    if (text == null) {
      return absent;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("\"" + name + "\" is a whole number, zero or more");
    }
    return Long.parseLong(text);
  }

  private static ApiAnswer problem(ProblemType type, String detail) {
    return new ApiAnswer(type.status(), Problem.of(type, detail).json());
  }

  private static void send(HttpServerResponse response, ApiAnswer answer) {
    if (response.closed() || response.ended()) {
      return;
    }
    boolean refused = answer.status() >= 400;
    response.setStatusCode(answer.status());
    response.putHeader("Content-Type", refused ? "application/problem+json" : "application/json");
    if (answer.status() == 413) {
      response.putHeader("Connection", "close");
    }
    response.end(String.valueOf(answer.body()));
  }
}
