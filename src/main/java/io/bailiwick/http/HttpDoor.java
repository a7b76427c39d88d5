package io.bailiwick.http;

import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The HTTP server: opens, answers, and stops taking leads before it closes. */
public final class HttpDoor {

  /** The most bytes of a request's headers. */
  static final int HEADERS_MAX = 8 * 1024;

  /** The most bytes of a request line. */
  static final int LINE_MAX = 4 * 1024;

  /** Methods that a stopping service takes no more. */
  private static final Set<HttpMethod> CHANGES = Set.of(HttpMethod.POST, HttpMethod.PUT);

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Door door;
  private final HttpServer server;
  private volatile boolean stopping;

  /** Makes the server; it listens when opened. */
  public HttpDoor(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.settings = settings;
    this.door = door;
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxHeaderSize(HEADERS_MAX)
                .setMaxInitialLineLength(LINE_MAX)
                .setIdleTimeout((int) settings.idle().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setCompressionSupported(false)
                .setDecompressionSupported(false));
  }

  /** Listens; answers the port. */
  public Future<Integer> open() {
    return server
        .requestHandler(new Threshold(router()))
        .invalidRequestHandler(Threshold::invalid)
        .listen()
        .map(HttpServer::actualPort);
  }

  /** From now on no lead is accepted (503), while questions are still answered. */
  public void stopAccepting() {
    stopping = true;
  }

  /** Closes the server and its connections. */
  public Future<Void> close() {
    return server.close();
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::guard);
    new LeadRoutes(vertx, settings, door).mount(router);
    new QueryRoutes(door).mount(router);
    new HandRoutes(settings, door).mount(router);
    new JobRoutes(settings, door).mount(router);
    new RealignmentRoutes(settings, door).mount(router);
    new DecisionRoutes(vertx, settings, door).mount(router);
    new TerritoryRoutes(vertx, door).mount(router);
    new AuditRoutes(vertx, settings, door).mount(router);
    new DoctorRoutes(door).mount(router);
    new ShadowRoutes(vertx, settings, door).mount(router);
    new RuleRoutes(vertx, settings, door).mount(router);
    new HealthRoutes(door, () -> stopping).mount(router);
    new DocumentRoutes().mount(router);
    router.route().failureHandler(context -> Answers.failure(context, cause(context)));
    router.errorHandler(404, context -> Answers.problem(context, notFound()));
    router.errorHandler(405, context -> methodNotAllowed(router, context));
    router.errorHandler(
        400,
        context ->
            Answers.problem(
                context,
                Problem.of(ProblemType.INVALID_REQUEST, "The request line is not understood.")));
    return router;
  }

  private void guard(RoutingContext context) {
    if (stopping && CHANGES.contains(context.request().method())) {
      if (context.request().version() != HttpVersion.HTTP_2) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
      }
      Answers.failure(context, new Refusal(ProblemType.SHUTTING_DOWN, "No new lead is accepted."));
    } else {
      context.next();
    }
  }

  private static Throwable cause(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure != null) {
      return failure;
    }
    ProblemType type =
        switch (context.statusCode()) {
          case 404 -> ProblemType.NOT_FOUND;
          case 405 -> ProblemType.METHOD_NOT_ALLOWED;
          case 413 -> ProblemType.BODY_TOO_LARGE;
          case 400 -> ProblemType.INVALID_REQUEST;
          default -> ProblemType.INTERNAL;
        };
    return new Refusal(type, type.advice());
  }

  private static Problem notFound() {
    return Problem.of(ProblemType.NOT_FOUND, "There is nothing at this path.");
  }

  private static void methodNotAllowed(Router router, RoutingContext context) {
    String path = context.normalizedPath();
    String allowed =
        router.getRoutes().stream()
            .filter(route -> route.methods() != null && route.getPath() != null)
            .filter(route -> path.matches(route.getPath().replaceAll(":[a-z]+", "[^/]+")))
            .flatMap(route -> route.methods().stream())
            .map(Object::toString)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    Answers.problem(
        context, Problem.of(ProblemType.METHOD_NOT_ALLOWED, "Allowed here: " + allowed + "."));
  }
}
