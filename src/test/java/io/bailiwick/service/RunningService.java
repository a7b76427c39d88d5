package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.ConfigReader;
import io.bailiwick.Demo;
import io.bailiwick.Service;
import io.bailiwick.json.Json;
import io.bailiwick.store.Reached;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A demo service in this process, with rules and territories of the tests' own, and a client. */
final class RunningService implements AutoCloseable {

  /** How long a condition may take to come true before the test fails. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Service service;
  private final Path journal;

  RunningService(Path folder) {
    this(folder, Map.of());
  }

  RunningService(Path folder, Map<String, String> more) {
    this(folder, more, true);
  }

  /** Without a demo, {@code more} says which CRM it is. */
  RunningService(Path folder, Map<String, String> more, boolean demo) {
    Map<String, String> defaults = new HashMap<>(Demo.DEFAULTS);
    defaults.put("journal.url", "jdbc:sqlite:" + folder.resolve("demo.db"));
    defaults.put("http.port", "0");
    defaults.put("sandbox.port", "0");
    defaults.put("rules.dir", "src/test/resources/desk/rules");
    defaults.put("fixtures.dir", "src/test/resources/desk/fixtures");
    defaults.putAll(more);
    this.journal = Path.of(defaults.get("journal.url").substring("jdbc:sqlite:".length()));
    this.service = Service.start(ConfigReader.read(null, Map.of(), defaults), demo);
    await("the territories are read", () -> command("/v1/territories").body().has("snapshot"));
  }

  /** Asks as a command of this machine does, which needs no key. */
  Answer command(String path) {
    Reached reached = SqlJournal.service(journal).orElseThrow();
    return send(
        HttpRequest.newBuilder(URI.create(reached.url() + path))
            .header("Authorization", "Bearer " + reached.command())
            .build());
  }

  /** An answer with its body as JSON, or as text where it is none. */
  record Answer(int status, Map<String, String> headers, JsonNode body, String text) {}

  Answer postLead(String json, String... headers) {
    return post("/v1/leads", "application/json", json.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer post(String path, String type, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  Answer put(String path, String json) {
    return send("PUT", url() + path, json);
  }

  /** Posts JSON. */
  Answer post(String path, String json) {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url() + path)).build());
  }

  Answer request(String method, String path) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, BodyPublishers.noBody())
            .build());
  }

  /** A command to the sandbox, which must be obeyed. */
  JsonNode control(String json) {
    Answer answer = send("POST", service.crmUrl() + "/sandbox/control", json);
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    return answer.body();
  }

  JsonNode sandbox(String path) {
    return send(HttpRequest.newBuilder(URI.create(service.crmUrl() + "/sandbox/" + path)).build())
        .body();
  }

  JsonNode lead(String id) {
    return get("/v1/leads/" + id).body();
  }

  /** Waits until it holds; fails with what was waited for. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Waits until the lead has this status; answers it. */
  JsonNode awaitStatus(String id, String status) {
    await(id + " " + status, () -> lead(id).path("status").asText().equals(status));
    return lead(id);
  }

  String url() {
    return "http://127.0.0.1:" + service.port();
  }

  int port() {
    return service.port();
  }

  @Override
  public void close() {
    service.stop();
  }

  /** Asks any service. */
  static Answer get(String url, String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).build());
  }

  /** Posts a lead to any service, with a name and a value for each header. */
  static Answer postTo(String url, String lead, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/v1/leads"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(lead));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** Sends JSON to any address. */
  static Answer send(String method, String address, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build());
  }

  static Answer send(HttpRequest request) {
    try {
      if (request.uri().getPath().equals("/v1/events")) {
        return begun(request);
      }
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      Map<String, String> headers = new HashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new Answer(response.statusCode(), headers, json(response.body()), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Of an answer that does not end, how it begins; a refusal is read whole. */
  private static Answer begun(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
    Map<String, String> headers = new HashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    try (InputStream body = response.body()) {
      byte[] read = response.statusCode() == 200 ? new byte[0] : body.readAllBytes();
      String text = new String(read, StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), headers, json(text), text);
    }
  }

  static JsonNode json(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Json.mapper().missingNode();
    }
  }
}
