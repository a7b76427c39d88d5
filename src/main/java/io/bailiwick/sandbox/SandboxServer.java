package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Effect.Ending;
import io.bailiwick.sandbox.SandboxModel.Turn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP face: the pretend API under {@code /crm}, control and inspection under {@code /sandbox},
 * on one port. No request in HTTP/1.1 is answered 500 or above, but for the faults on demand.
 */
public final class SandboxServer {

  private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);
  private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
  private static final String JSON = "application/json;charset=UTF-8";
  private static final Buffer LOGIN_PAGE =
      Buffer.buffer(
          "<!DOCTYPE html><html><title>Sign in</title><body>Please sign in</body></html>");

  private final Vertx vertx;
  private final SandboxModel model;
  private final ClassicDialect classic;
  private final V8Dialect v8;
  private final ControlDoor control;
  private final HttpServer server;

  /** Does not listen yet. */
  public SandboxServer(Vertx vertx, SandboxModel model) {
    this.vertx = vertx;
    this.model = model;
    this.classic = new ClassicDialect(model);
    this.v8 = new V8Dialect(model);
    this.control = new ControlDoor(vertx, model);
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
            .requestHandler(this::serve);
  }

  /** Listens; answers the port, or fails where it is taken. */
  public CompletionStage<Integer> start() {
    SandboxSettings settings = model.settings();
    return server
        .listen(settings.port(), settings.host())
        .map(HttpServer::actualPort)
        .toCompletionStage();
  }

  /** Stops listening and closes what is open. */
  public CompletionStage<Void> stop() {
    return server.close().toCompletionStage();
  }

  private void serve(HttpServerRequest request) {
    String path = path(request);
    if (path.equals("/sandbox") || path.startsWith("/sandbox/")) {
      control.serve(request, path);
      return;
    }
    Turn turn = model.open(request.method().name(), path);
    CappedRequest.body(request)
        .onFailure(gone -> model.close(turn, CallLog.CUT))
        .onSuccess(
            body -> {
              body.ifPresent(bytes -> weigh(turn, bytes));
              after(turn.effect().delay(), () -> proceed(request, turn, body));
            });
  }

  private void weigh(Turn turn, Buffer body) {
    CallTrace trace = turn.trace();
    model.weigh(turn, Weight.of(trace.method, trace.path, body.getBytes()));
  }

  private void proceed(HttpServerRequest request, Turn turn, Optional<Buffer> body) {
    Effect effect = turn.effect();
    switch (effect.ending()) {
      case RESET -> cut(request, turn);
      case STATUS -> answer(request, turn, Prepared.of(ApiAnswer.fault(effect)));
      case GARBAGE -> answer(request, turn, new Prepared(200, "text/html", LOGIN_PAGE, null));
      case ANSWER, LOST -> apply(request, turn, body);
    }
  }

  /** On a worker thread: a long list of territories must not hold the event loop. */
  private void apply(HttpServerRequest request, Turn turn, Optional<Buffer> body) {
    String authorization = request.getHeader("Authorization");
    String uri = request.uri();
    String since = request.getHeader("If-Unmodified-Since");
    OAuthDesk.Asked asked =
        OAuthDesk.serves(turn.trace().path) ? OAuthDesk.Asked.of(request) : null;
    Future<Prepared> prepared =
        vertx.executeBlocking(
            () ->
                Prepared.of(
                    asked == null
                        ? decide(turn, new Asked(uri, since), authorization, body)
                        : token(asked, body)),
            false);
    prepared
        .onFailure(
            mistake -> {
              LOG.error("the sandbox failed to answer a call", mistake);
              answer(request, turn, Prepared.of(ApiAnswer.ofStatus(500)));
            })
        .onSuccess(
            ready -> {
              Duration late = turn.effect().late();
              if (turn.effect().ending() == Ending.LOST) {
                after(late, () -> cut(request, turn));
              } else {
                after(late, () -> answer(request, turn, ready));
              }
            });
  }

  private ApiAnswer token(OAuthDesk.Asked asked, Optional<Buffer> body) {
    byte[] form = body.orElseGet(Buffer::buffer).getBytes();
    return model.oauth(book -> OAuthDesk.answer(book, asked, form, model.now()));
  }

  /** The address, and on which condition. */
  private record Asked(String uri, @Nullable String unmodifiedSince) {}

  private ApiAnswer decide(
      Turn turn, Asked asked, @Nullable String authorization, Optional<Buffer> body) {
    if (body.isEmpty()) {
      return ApiAnswer.error(413, "REQUEST_ENTITY_TOO_LARGE", "the request is too large");
    }
    if (!asked.uri().startsWith("/crm/")) {
      return ApiAnswer.unknownPath();
    }
    if (authorization == null) {
      return ApiAnswer.error(401, "AUTHENTICATION_FAILURE", "Authentication failed");
    }
    try {
      ApiCall call =
          ApiCall.of(turn.trace().method, asked.uri(), body.get().getBytes())
              .unless(asked.unmodifiedSince());
      ApiAnswer refusal = authorized(authorization) ? null : refusal(authorization, call);
      if (refusal == null) {
        refusal = model.admit(turn);
      }
      if (refusal != null) {
        return refusal;
      }
      return V8Dialect.speaks(call) ? v8.answer(call) : classic.answer(call);
    } catch (IllegalArgumentException malformedEscape) {
      return ApiAnswer.unknownPath();
    }
  }

  /** Zoho takes both schemes. */
  private boolean authorized(String authorization) {
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space);
    byte[] given = authorization.substring(space + 1).strip().getBytes(StandardCharsets.UTF_8);
    byte[] expected = model.settings().token().getBytes(StandardCharsets.UTF_8);
    return (scheme.equalsIgnoreCase("Bearer") || scheme.equalsIgnoreCase("Zoho-oauthtoken"))
        && MessageDigest.isEqual(given, expected);
  }

  private @Nullable ApiAnswer refusal(String authorization, ApiCall call) {
    String token = authorization.replaceFirst("(?i)^(Bearer|Zoho-oauthtoken) ", "").strip();
    // Without one of the schemes it is no token, whatever it says.
    String known = token.length() < authorization.strip().length() ? token : "";
    return model.oauth(book -> book.refusal(known, call, model.now()));
  }

  private void answer(HttpServerRequest request, Turn turn, Prepared prepared) {
    model.close(turn, prepared.status());
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(prepared.status()).putHeader("Content-Type", prepared.type());
    response.putHeader("Date", DATE.format(model.now().atOffset(ZoneOffset.UTC)));
    if (prepared.retryAfter() != null) {
      response.putHeader("Retry-After", prepared.retryAfter().toString());
    }
    Long credits = model.creditsRemaining();
    if (credits != null) {
      response.putHeader("X-API-CREDITS-REMAINING", credits.toString());
    }
    if (prepared.status() == 413) {
      // The rest of the body is still coming; only closing ends it.
      response.putHeader("Connection", "close");
    }
    response.end(prepared.body());
  }

  private void cut(HttpServerRequest request, Turn turn) {
    model.close(turn, CallLog.CUT);
    request.connection().close();
  }

  private void after(Duration delay, Runnable task) {
    if (delay.isZero()) {
      task.run();
    } else {
      vertx.setTimer(delay.toMillis(), timer -> task.run());
    }
  }

  private static String path(HttpServerRequest request) {
    String uri = request.uri();
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    return path.startsWith("/") ? path : "/" + path;
  }

  /** An answer in bytes. */
  private record Prepared(int status, String type, Buffer body, @Nullable Long retryAfter) {

    static Prepared of(ApiAnswer answer) {
      JsonNode body = answer.body();
      Buffer bytes = body == null ? Buffer.buffer() : Buffer.buffer(body.toString());
      return new Prepared(answer.status(), JSON, bytes, answer.retryAfter());
    }
  }
}
