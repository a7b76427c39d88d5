package io.bailiwick.http;

import io.bailiwick.http.access.Proxies;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.Nullable;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * What is refused before any route is looked for: requests that are no HTTP we speak, or too long.
 * They too are answered with a problem, for who sends them reads answers like everybody else.
 */
final class Threshold implements Handler<HttpServerRequest> {

  private final Handler<HttpServerRequest> inside;
  private final Proxies proxies;

  Threshold(Handler<HttpServerRequest> inside, Proxies proxies) {
    this.inside = inside;
    this.proxies = proxies;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String mistake = mistake(request);
    if (mistake == null && !proxies.admits(request)) {
      refuse(request, Problem.of(ProblemType.FORBIDDEN, "Come through the proxy, which ends TLS."));
    } else if (mistake == null) {
      inside.handle(request);
    } else {
      refuse(request, Problem.of(ProblemType.INVALID_REQUEST, mistake));
    }
  }

  /** What would break whoever reads the request next; null where nothing does. */
  private static @Nullable String mistake(HttpServerRequest request) {
    if (request.authority() == null) {
      return "The Host header is needed.";
    }
    if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      return "The Host header stands twice.";
    }
    String path = request.path();
    if (path == null || !path.startsWith("/")) {
      return "The path must begin with a slash.";
    }
    try {
      request.params();
      return null;
    } catch (IllegalArgumentException e) {
      return "The query holds a broken %-escape.";
    }
  }

  /** The answer to what could not be read as a request at all; the connection ends with it. */
  static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem;
    if (cause instanceof TooLongHttpLineException) {
      problem =
          Problem.of(
              ProblemType.LINE_TOO_LONG,
              "The request line may have at most " + HttpDoor.LINE_MAX + " bytes.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      problem =
          Problem.of(
              ProblemType.HEADERS_TOO_LARGE,
              "The headers may have at most " + HttpDoor.HEADERS_MAX + " bytes together.");
    } else {
      problem = Problem.of(ProblemType.INVALID_REQUEST, "It is no HTTP/1.1 request.");
    }
    refuse(request, problem);
  }

  private static void refuse(HttpServerRequest request, Problem problem) {
    request.response().putHeader("Connection", "close");
    Answers.problem(request.response(), problem);
    request.connection().close();
  }
}
