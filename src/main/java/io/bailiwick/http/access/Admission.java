package io.bailiwick.http.access;

import io.bailiwick.http.access.RateLimits.Left;
import io.bailiwick.http.access.RouteTable.Row;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.PublicForm;
import io.bailiwick.json.Refusal;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Activity;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Rate;
import io.bailiwick.lead.Role;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The door itself: every request of every route comes through here first. Whoever may not take the
 * route is refused before its body is read; what people do is recorded before it is done.
 */
public final class Admission {

  /** The longest name a caller that shows no key may be recorded by. */
  private static final String UNNAMED = "anyone";

  private final AccessParts parts;
  private final Callers callers;
  private final RateLimits limits;
  private final SignedMessages signed;
  private final Supplier<Map<String, SourceMapping>> sources;

  /**
   * Makes the door.
   *
   * @param command what commands on this machine show to be let in
   * @param sources the sources' files as they are now, by name
   */
  public Admission(
      AccessParts parts, String command, Supplier<Map<String, SourceMapping>> sources) {
    this.parts = parts;
    this.limits = new RateLimits(parts.timers()::now);
    this.callers = new Callers(parts.settings(), parts.keys(), command, limits);
    this.signed = new SignedMessages(parts.keys(), parts.book(), parts.timers());
    this.sources = sources;
  }

  /** Begins to forget signed messages that are too old to come again. */
  public void start() {
    signed.start();
  }

  /** Lets a request through to the route of this row, or fails it with a {@link Refusal}. */
  public void admit(Row row, RoutingContext context) {
    Caller caller = callers.of(context.request(), fromNamedPage(context.request())).in(context);
    allowOrigin(context.request(), context.response());
    if (isForeign(context.request(), caller)) {
      throw new Refusal(
          ProblemType.FORBIDDEN, "A page of another site may not ask this without a key.");
    }
    if (!row.roles().contains(caller.role())) {
      throw refused(row, caller, context.response());
    }
    if (!row.recorded()) {
      context.next();
      return;
    }
    context.request().pause();
    String who = String.valueOf(caller.who(UNNAMED));
    String path = context.normalizedPath();
    var line = new Activity(0, parts.timers().now(), who, caller.role(), row.route(), path, null);
    Future.fromCompletionStage(parts.book().append(line), context.vertx().getOrCreateContext())
        .onSuccess(
            seq -> {
              context.addEndHandler(
                  done -> parts.book().answered(seq, context.response().getStatusCode()));
              context.request().resume();
              context.next();
            })
        .onFailure(
            failure -> {
              context.request().resume();
              context.fail(
                  new Refusal(
                      ProblemType.JOURNAL_UNAVAILABLE,
                      "What is done cannot be recorded, so it is not done; see /readyz."));
            });
  }

  /**
   * Proves the body where its source signed it, and refuses a source that has nothing left of its
   * rate; before anybody reads the body.
   */
  public Future<Void> prove(RoutingContext context, Buffer body) {
    Caller caller = Caller.of(context);
    HttpServerRequest request = context.request();
    Future<Void> proved =
        SignedMessages.isSigned(request) && caller.source() != null
            ? signed.prove(request, caller.source(), body)
            : Future.succeededFuture();
    return proved.map(
        done -> {
          Rate rate = rate(context);
          if (rate != null) {
            require(context.response(), rate, limits.look(bucket(context), rate));
          }
          return null;
        });
  }

  /** Takes so many leads from the rate of their source; throws {@link Refusal} beyond it. */
  public void count(RoutingContext context, int leads) {
    Rate rate = rate(context);
    if (rate != null) {
      require(context.response(), rate, limits.take(bucket(context), rate, leads));
    }
  }

  /** What the id of a signed message is: its idempotency key, where it brings no other. */
  public static @Nullable String messageId(RoutingContext context) {
    HttpServerRequest request = context.request();
    return SignedMessages.isSigned(request) ? request.getHeader(SignedMessages.ID) : null;
  }

  /** The refusal of a message's id that came before with another body. */
  public static Refusal reusedId(Caller caller) {
    return SignedMessages.reused(caller.name());
  }

  /** Answers a browser that asks whether a page may post: 204, or 403 for origins not named. */
  public void preflight(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (!allowOrigin(context.request(), response)) {
      throw new Refusal(
          ProblemType.FORBIDDEN,
          "No public source of that name takes leads from pages of this origin.");
    }
    response
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Idempotency-Key")
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
        .end();
  }

  /** Tells a browser that the page may read the answer, where its source says so. */
  private boolean allowOrigin(HttpServerRequest request, HttpServerResponse response) {
    boolean named = fromNamedPage(request);
    if (named) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, request.getHeader(HttpHeaders.ORIGIN))
          .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    return named;
  }

  /** Whether a browser's page asks that the file of the source it names lets post. */
  private boolean fromNamedPage(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String source = request.getParam("source");
    SourceMapping file = origin == null || source == null ? null : sources.get().get(source);
    PublicForm form = file == null ? null : file.form();
    return form != null && origin != null && form.admits(origin);
  }

  /** Browsers say which page a request comes from; others say nothing, and are no one's victims. */
  private static boolean isForeign(HttpServerRequest request, Caller caller) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    boolean own = origin != null && origin.endsWith("://" + request.authority());
    boolean asks = request.method().equals(HttpMethod.GET);
    return origin != null && !own && !asks && !caller.known() && caller.role() != Role.FORM;
  }

  private static Refusal refused(Row row, Caller caller, HttpServerResponse response) {
    if (caller.role() == Role.ANYONE) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"bailiwick\"");
      return new Refusal(
          ProblemType.UNAUTHENTICATED, "A key is needed: Authorization: Bearer bw_…");
    }
    return new Refusal(
        ProblemType.FORBIDDEN,
        "%s is not for the role %s.".formatted(row.route(), caller.role().word()));
  }

  private static void require(HttpServerResponse response, Rate rate, Left left) {
    long seconds = Math.max(1, (left.time().toMillis() + 999) / 1000);
    String policy = "\"leads\";q=%d;w=%d".formatted(rate.amount(), rate.per().toSeconds());
    response
        .putHeader("RateLimit-Policy", policy)
        .putHeader("RateLimit", "\"leads\";r=%d;t=%d".formatted(left.left(), seconds));
    if (!left.allowed()) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
      throw new Refusal(
          ProblemType.RATE_LIMITED,
          "This source may send %d leads within %d s; %d are left now."
              .formatted(rate.amount(), rate.per().toSeconds(), left.left()));
    }
  }

  /** Of the source that the key is of, or else that the request names. */
  private static @Nullable String source(RoutingContext context) {
    String own = Caller.of(context).source();
    return own == null ? context.request().getParam("source") : own;
  }

  private @Nullable Rate rate(RoutingContext context) {
    String source = source(context);
    SourceMapping file = source == null ? null : sources.get().get(source);
    return file == null ? null : file.rate();
  }

  private static String bucket(RoutingContext context) {
    return "leads of " + source(context);
  }
}
