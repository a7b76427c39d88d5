package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.CreditBook;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TraceParent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Carries calls to the CRM over WebClient: HTTP/1.1, no redirects, no content coding, a deadline
 * over everything and a cap on the body. WebClient alone does not say whether a failed request had
 * left, which is what parts "send again" from "look first"; its interceptor does.
 */
final class Wire {

  /**
   * A call to make.
   *
   * @param target path and query, encoded, from the API's root
   * @param cap on the answer's body, in bytes
   * @param trace the call's place in a trace, which the CRM is told
   * @param records that it writes; 0 where it reads
   */
  record Call(
      HttpMethod method,
      String target,
      @Nullable Buffer body,
      int cap,
      Duration limit,
      @Nullable TraceParent trace,
      int records) {

    Call(HttpMethod method, String target, @Nullable Buffer body, int cap, Duration limit) {
      this(method, target, body, cap, limit, null, 0);
    }

    Call with(Buffer content) {
      return new Call(method, target, content, cap, limit, trace, records);
    }

    Call in(@Nullable TraceParent place) {
      return new Call(method, target, body, cap, limit, place, records);
    }

    Call writing(int many) {
      return new Call(method, target, body, cap, limit, trace, many);
    }
  }

  /** A token that was refused, and the answer that said so. */
  private record Refusal(String token, Reply reply) {}

  private static final Set<String> TOKEN =
      Set.of("INVALID_TOKEN", "INVALID_OAUTHTOKEN", "AUTHENTICATION_FAILURE");

  private static final int MAX_WAITING = 10_000;
  private static final int KEEP_ALIVE_SECONDS = 30;

  private final Context context;
  private final Vertx vertx;
  private final WebClient client;
  private final TokenSource tokens;
  private final String root;
  private final String scheme;
  private final Gate gate;

  Wire(Vertx vertx, CrmSettings settings, TokenSource tokens, Gate gate) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.tokens = tokens;
    this.scheme = settings.dialect().scheme();
    this.root = root(settings.baseUrl());
    this.gate = gate;
    var options = new WebClientOptions().setFollowRedirects(false).setUserAgent("Bailiwick");
    options
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setConnectTimeout((int) settings.connectTimeout().toMillis())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
    var pool =
        new PoolOptions()
            .setHttp1MaxSize(settings.maxConnections())
            .setMaxWaitQueueSize(MAX_WAITING);
    this.client = WebClient.create(vertx, options, pool).addInterceptor(Wire::watch);
  }

  /** Never fails; the stage completes on an event loop, so whoever goes on must not block. */
  CompletionStage<Heard> call(Call call) {
    var exchange = new Exchange(call.cap());
    try {
      context.runOnContext(now -> begin(call, exchange));
    } catch (RejectedExecutionException stopped) {
      exchange.failed(stopped);
    }
    return exchange.heard();
  }

  private void begin(Call call, Exchange exchange) {
    long timer = vertx.setTimer(call.limit().toMillis(), late -> exchange.expired());
    exchange.heard().whenComplete((heard, none) -> vertx.cancelTimer(timer));
    gate.enter(
        call.records(),
        new Gate.Caller() {
          @Override
          public void go() {
            if (exchange.over()) {
              // Its deadline passed while it waited, which tells nothing of the CRM.
              context.runOnContext(now -> gate.left(call.records(), Ended.NOTHING));
              return;
            }
            exchange.heard().whenComplete((heard, none) -> over(call, heard));
            attempt(call, exchange, null);
          }

          @Override
          public void shut(Duration wait, String why) {
            exchange.shut(wait, why);
          }
        });
  }

  /** Not at once: whoever leaves the gate may let the next one in. */
  private void over(Call call, Heard heard) {
    context.runOnContext(now -> gate.left(call.records(), Ended.of(heard, gate.now())));
  }

  /** What calls cost is then the book's to keep. */
  void keepCredits(CreditBook book) {
    context.runOnContext(now -> new KeptCredits(vertx, gate, book).start());
  }

  /** From now on so many calls at a time at most; answers how many are under way then. */
  CompletionStage<Integer> allow(int calls) {
    var underWay = new CompletableFuture<Integer>();
    context.runOnContext(now -> underWay.complete(gate.allow(calls)));
    return underWay;
  }

  /** How the gate stands; any thread may ask. */
  CrmGate gate() {
    return gate.standing();
  }

  private void attempt(Call call, Exchange exchange, @Nullable Refusal before) {
    if (exchange.over()) {
      return;
    }
    tokens
        .token()
        .whenComplete(
            (token, trouble) ->
                context.runOnContext(
                    go -> {
                      if (token == null) {
                        exchange.noToken(
                            trouble == null ? new IllegalStateException("there is none") : trouble);
                      } else if (before != null && before.token().equals(token)) {
                        exchange.answered(before.reply());
                      } else {
                        send(call, exchange, token, before != null);
                      }
                    }));
  }

  /** How tokens are had, for people; empty where that cannot be told. */
  CompletionStage<String> token() {
    return tokens.told().exceptionally(unknown -> "");
  }

  void close() {
    client.close();
  }

  private String root() {
    return tokens.home().map(Wire::root).orElse(root);
  }

  private static String root(URI url) {
    return url.toString().replaceAll("/+$", "");
  }

  /** One segment of a path, so that no id can name another address. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
  }

  private void send(Call call, Exchange exchange, String token, boolean again) {
    if (exchange.over()) {
      return;
    }
    try {
      request(call, exchange, token)
          .map(Exchange::reply)
          .onSuccess(
              reply -> {
                if (!tokenRefused(reply)) {
                  tokens.worked(token);
                  exchange.answered(reply);
                } else {
                  tokens.refused(token);
                  again(call, exchange, new Refusal(token, reply), again);
                }
              })
          .onFailure(exchange::failed);
    } catch (IllegalStateException | IllegalArgumentException refused) {
      // The client is closed, or the token is none that a header can hold.
      exchange.failed(refused);
    }
  }

  /** Once more with another token, where there is one: a call that was refused did nothing. */
  private void again(Call call, Exchange exchange, Refusal refusal, boolean last) {
    if (last || exchange.over()) {
      exchange.answered(refusal.reply());
    } else {
      exchange.again();
      attempt(call, exchange, refusal);
    }
  }

  /** Of the meanings of 401, those that another token mends; no other is worth one. */
  private static boolean tokenRefused(Reply reply) {
    if (reply.status() != 401) {
      return false;
    }
    JsonNode body = reply.json();
    return body != null && TOKEN.contains(body.path("code").asText());
  }

  private Future<HttpResponse<Buffer>> request(Call call, Exchange exchange, String token) {
    HttpRequest<Buffer> request =
        client
            .requestAbs(call.method(), root() + call.target())
            .putHeader("Authorization", scheme + " " + token)
            .putHeader("Accept", "application/json")
            .as(exchange);
    if (call.trace() != null) {
      request.putHeader("traceparent", call.trace().header());
    }
    Buffer body = call.body();
    return body == null
        ? request.send()
        : request.putHeader("Content-Type", "application/json").sendBuffer(body);
  }

  private static void watch(HttpContext<?> call) {
    if (call.phase() == ClientPhase.SEND_REQUEST
        && call.request().bodyCodec() instanceof Exchange exchange) {
      if (exchange.over()) {
        // The deadline passed while it waited for a connection, and it was told as not sent.
        call.clientRequest().exceptionHandler(cause -> {}).reset();
        call.fail(new TimeoutException());
        return;
      }
      exchange.leaving(call.clientRequest());
    }
    call.next();
  }
}
