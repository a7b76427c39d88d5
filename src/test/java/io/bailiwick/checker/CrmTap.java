package io.bailiwick.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bailiwick.checker.Evidence.Answer;
import io.bailiwick.checker.Evidence.Attempt;
import io.bailiwick.checker.Evidence.Call;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a CRM of the classic dialect, hands every call on as it is but for its token, and
 * notes each write of each record: from which life of which instance, when, and what became of it.
 * Each life is told apart by a token of its own.
 */
public final class CrmTap implements AutoCloseable {

  /** What a process has heard so shortly before it dies may not be on its disk. */
  private static final Duration LAST_MOMENT = Duration.ofMillis(500);

  private static final Set<String> UNSENT =
      Set.of(
          "host",
          "connection",
          "content-length",
          "upgrade",
          "http2-settings",
          "expect",
          "authorization");

  /** What names a life, and its number after it. */
  private static final String TOKEN = "life-";

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String crm;
  private final String token;
  private final List<Call> calls = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Silence> silences = new ArrayList<>();
  private final AtomicInteger lives = new AtomicInteger();

  /** When a life could not hear what it was answered. */
  private record Silence(int life, Instant from, Instant to) {

    boolean unheard(Attempt attempt) {
      return attempt.life() == life
          && attempt.begin().isBefore(to)
          && (attempt.end() == null || !attempt.end().isBefore(from.minus(LAST_MOMENT)));
    }
  }

  /** Listens on a free port of this machine for calls to that CRM, which knows that token. */
  public CrmTap(String crm, String token) throws IOException {
    this.crm = crm;
    this.token = token;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where the service is to call. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A process is about to begin; answers the token that it is to call with. */
  public String born() {
    return TOKEN + lives.incrementAndGet();
  }

  /** The process with that token has died. */
  public synchronized void died(String token) {
    silences.add(new Silence(life(token), Instant.now(), Instant.MAX));
  }

  /** The process with that token stood still from then on until now. */
  public synchronized void stoodStill(String token, Instant since) {
    silences.add(new Silence(life(token), since, Instant.now()));
  }

  /** 0 of what is no token of a life. */
  private static int life(String token) {
    return token.startsWith(TOKEN) ? Integer.parseInt(token.substring(TOKEN.length())) : 0;
  }

  /** Every call that concerned a record. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Every write, with what the process that made it can have learned. */
  public synchronized List<Attempt> attempts() {
    return attempts.stream().map(this::asLearned).toList();
  }

  private Attempt asLearned(Attempt attempt) {
    return silences.stream().noneMatch(silence -> silence.unheard(attempt))
        ? attempt
        : new Attempt(
            attempt.life(),
            attempt.seq(),
            attempt.line(),
            attempt.territory(),
            attempt.begin(),
            attempt.end(),
            Answer.UNKNOWN,
            null);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] said = authorization(exchange).split(" ");
    int mine = life(said[said.length - 1]);
    Instant begin = Instant.now();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    boolean write = exchange.getRequestMethod().equals("PUT");
    try {
      HttpResponse<byte[]> answer = handOn(exchange, body);
      answer(exchange, answer);
      if (write) {
        note(mine, begin, written(path, body), answer);
      }
    } catch (IOException | InterruptedException cut) {
      // Cut on one side is cut on the other, and nobody knows what came of it.
      if (write) {
        note(mine, begin, written(path, body), null);
      }
    } finally {
      if (path.matches("/crm/v2/(Leads|Accounts)(/.*)?")) {
        synchronized (this) {
          calls.add(new Call(mine, begin, Instant.now()));
        }
      }
      exchange.close();
    }
  }

  private static String authorization(HttpExchange exchange) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
  }

  private HttpResponse<byte[]> handOn(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(crm + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!UNSENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    String said = authorization(exchange);
    if (!said.isEmpty()) {
      request.header("Authorization", said.replaceAll(TOKEN + "\\d+", token));
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    for (String name : List.of("content-type", "retry-after")) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
    exchange.getResponseBody().write(answer.body());
  }

  /** The territory that each record is to show. */
  private static Map<String, String> written(String path, byte[] body) throws IOException {
    String[] parts = path.substring(1).split("/");
    JsonNode asked = Json.read(body);
    Map<String, String> written = new HashMap<>();
    if (parts.length == 4) {
      written.put(parts[2] + "/" + parts[3], asked.path("Territory").asText());
    }
    for (JsonNode one : asked.path("data")) {
      written.put(parts[2] + "/" + one.path("id").asText(), one.path("Territory").asText());
    }
    return written;
  }

  private synchronized void note(
      int mine, Instant begin, Map<String, String> written, HttpResponse<byte[]> answer)
      throws IOException {
    Map<String, String> codes = answer == null ? Map.of() : codes(answer.body());
    written.forEach(
        (line, territory) -> {
          String record = line.substring(line.indexOf('/') + 1);
          String code = codes.getOrDefault(record, codes.getOrDefault("", "none"));
          attempts.add(
              new Attempt(
                  mine,
                  attempts.size(),
                  line,
                  territory,
                  begin,
                  Instant.now(),
                  became(answer, code),
                  rest(answer)));
        });
  }

  private static Answer became(HttpResponse<byte[]> answer, String code) {
    if (answer == null || answer.statusCode() >= 500) {
      return Answer.UNKNOWN;
    }
    if (answer.statusCode() == 429) {
      return Answer.LIMITED;
    }
    return code.equals("SUCCESS") ? Answer.TAKEN : Answer.REFUSED;
  }

  private static Duration rest(HttpResponse<byte[]> answer) {
    return answer == null
        ? null
        : answer
            .headers()
            .firstValue("retry-after")
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(null);
  }

  /** By record; under no name where the answer names none. */
  private static Map<String, String> codes(byte[] body) {
    Map<String, String> codes = new HashMap<>();
    try {
      for (JsonNode item : Json.read(body).path("data")) {
        codes.put(item.path("details").path("id").asText(), item.path("code").asText());
      }
    } catch (IOException none) {
      // An answer that cannot be read says success to nobody.
    }
    return codes;
  }
}
