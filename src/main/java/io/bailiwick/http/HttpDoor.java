package io.bailiwick.http;

import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The HTTP server, TLS where it is configured: opens, takes leads, answers all else once it serves,
 * and stops taking leads before it closes.
 */
public final class HttpDoor {

  /** The most bytes of a request's headers. */
  static final int HEADERS_MAX = 8 * 1024;

  /** The most bytes of a request line. */
  static final int LINE_MAX = 4 * 1024;

  private static final String LOCAL = "127.0.0.1";

  /** Methods that a stopping service takes no more. */
  private static final Set<HttpMethod> CHANGES =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Door door;
  private final List<RouteSet> others;
  private final HttpServer server;
  private final @Nullable HttpServer commands;
  private final Certificates certificates;
  private volatile Phase phase = Phase.STARTING;

  /** Makes the server, with the routes of others beside its own; it listens when opened. */
  public HttpDoor(Vertx vertx, HttpSettings settings, Door door, List<RouteSet> others) {
    this.vertx = vertx;
    this.settings = settings;
    this.door = door;
    this.others = List.copyOf(others);
    this.certificates = new Certificates(vertx, settings.tls());
    this.server =
        vertx.createHttpServer(certificates.in(options(settings.host(), settings.port())));
    // Commands of this machine need no certificate, and could not check one that names another.
    this.commands = settings.tls() == null ? null : vertx.createHttpServer(options(LOCAL, 0));
  }

  private HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setMaxHeaderSize(HEADERS_MAX)
        .setMaxInitialLineLength(LINE_MAX)
        .setIdleTimeout((int) settings.idle().toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        // Whoever asks to go on in HTTP/2 in clear text would pass a proxy that reads HTTP/1.1.
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false);
  }

  /** The port that was taken, and the URL at which commands of this machine ask. */
  public record Opening(int port, String forCommands) {}

  /** Listens; fails where it cannot, and where the certificate cannot be used. */
  public Future<Opening> open() {
    Router router = router();
    return listen(server, router)
        .onSuccess(open -> certificates.watch(server))
        .compose(
            open -> {
              if (commands == null) {
                return Future.succeededFuture(new Opening(open, url(settings.host(), open)));
              }
              return listen(commands, router).map(port -> new Opening(open, url(LOCAL, port)));
            });
  }

  private Future<Integer> listen(HttpServer one, Router router) {
    var slow = new SlowSenders(vertx, settings.idle());
    var threshold = new Threshold(router, door.proxies());
    return one.connectionHandler(slow::opened)
        .requestHandler(
            request -> {
              slow.arrived(request);
              threshold.handle(request);
            })
        .invalidRequestHandler(Threshold::invalid)
        .listen()
        .map(HttpServer::actualPort);
  }

  /** By the name by which this machine reaches a service that listens on {@code host}. */
  private static String url(String host, int port) {
    String reachable =
        switch (host) {
          case "0.0.0.0", "::" -> LOCAL;
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return "http://" + reachable + ":" + port;
  }

  /** From now on all is answered; before, leads are accepted and all else is told to wait. */
  public void serve() {
    phase = Phase.SERVING;
  }

  /** From now on no lead is accepted (503), while questions are still answered. */
  public void stopAccepting() {
    phase = Phase.STOPPING;
  }

  /** Closes the server and its connections. */
  public Future<Void> close() {
    certificates.close();
    return commands == null ? server.close() : server.close().eventually(commands::close);
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::guard);
    router.options("/v1/leads").handler(door.admission()::preflight);
    var routes = new Routes(router, door.admission(), () -> phase);
    new LeadRoutes(vertx, settings, door).mount(routes);
    new QueryRoutes(settings, door).mount(routes);
    new HandRoutes(settings, door).mount(routes);
    new JobRoutes(settings, door).mount(routes);
    new ErasureRoutes(settings, door).mount(routes);
    new RealignmentRoutes(settings, door).mount(routes);
    new DecisionRoutes(vertx, settings, door).mount(routes);
    new TerritoryRoutes(vertx, door).mount(routes);
    new AuditRoutes(vertx, settings, door).mount(routes);
    new DoctorRoutes(door).mount(routes);
    new ShadowRoutes(vertx, settings, door).mount(routes);
    new RuleRoutes(vertx, settings, door).mount(routes);
    new ConnectionRoutes(settings, door).mount(routes);
    new KeyRoutes(settings, door).mount(routes);
    new ActivityRoutes(door).mount(routes);
    new HealthRoutes(door, () -> phase).mount(routes);
    new DocumentRoutes().mount(routes);
    answers(routes);
    others.forEach(other -> other.mount(routes));
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

  /** What people ask besides. */
  private void answers(Routes routes) {
    new WhyRoutes(vertx, door).mount(routes);
    new FixtureRoutes(vertx, door).mount(routes);
    new ReadingRoutes(vertx, settings, door).mount(routes);
    new ReplayRoutes(vertx, settings, door).mount(routes);
    new BisectionRoutes(vertx, settings, door).mount(routes);
    new SessionRoutes(door).mount(routes);
    new SettingRoutes(door).mount(routes);
    new EventRoutes(vertx, door).mount(routes);
    new OverviewRoutes(vertx, door).mount(routes);
  }

  private void guard(RoutingContext context) {
    if (phase == Phase.STOPPING && CHANGES.contains(context.request().method())) {
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
