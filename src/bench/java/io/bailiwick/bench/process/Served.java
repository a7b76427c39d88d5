package io.bailiwick.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Bailiwick as it is shipped: the built jar, by its launcher, with the launcher's flags; on a free
 * port and a journal of its own.
 */
public final class Served implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LAUNCHER = "bin/bailiwick";
  private static final long LOOK_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Child child;
  private final String url;
  private final @Nullable String operator;
  private @Nullable String source;

  private Served(Child child, String url, @Nullable String operator) {
    this.child = child;
    this.url = url;
    this.operator = operator;
  }

  /** Starts it on a new journal in that folder and waits until it has read the territories. */
  public static Served start(Path folder, Setting setting) {
    String key = setting.keys() ? key(folder, setting) : null;
    Child child = launch(folder, setting, 0);
    try {
      var served = new Served(child, child.url(), key);
      if (key != null) {
        JsonNode made = served.ask("POST", "/v1/keys", "{\"role\":\"source\",\"source\":\"web\"}");
        served.source = "Bearer " + made.path("secret").asText();
      }
      served.until(() -> served.ask("GET", "/v1/territories", null).has("snapshot"));
      return served;
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
  }

  /** Starts it on that port and waits for nothing. */
  public static Child launch(Path folder, Setting setting, int port) {
    Map<String, String> environment = new HashMap<>(setting.environment(folder));
    environment.put("BAILIWICK_HTTP_PORT", Integer.toString(port));
    return Child.start(
        folder.resolve("bailiwick.log"), environment, List.of("sh", LAUNCHER, "serve"));
  }

  /** An operator's key, made before the service runs, as its manual says. */
  public static String key(Path folder, Setting setting) {
    return command(folder, setting, "keys", "add", "operator", "--role", "operator").strip();
  }

  /** What a command says until it ends. */
  private static String command(Path folder, Setting setting, String... words) {
    List<String> line = new ArrayList<>(List.of("sh", LAUNCHER));
    line.addAll(List.of(words));
    Path log = folder.resolve("command.log");
    try (Child child = Child.start(log, setting.environment(folder), line)) {
      return child.ended();
    }
  }

  /** The flags that the launcher gives, but for archives of the jar. */
  public static List<String> flags(Path folder) {
    Path log = folder.resolve("flags.log");
    List<String> line = List.of("sh", LAUNCHER, "sandbox", "--port", "0");
    try (Child child = Child.start(log, Map.of("JAVA", Java.launcher()), line)) {
      child.url();
      return Java.flags(child.pid());
    }
  }

  public String url() {
    return url;
  }

  /** What a source sends with its leads; null where none is asked for. */
  public @Nullable String source() {
    return source;
  }

  public Child child() {
    return child;
  }

  /** Stops sending to the CRM, while leads are accepted. */
  public void pause() {
    ask("POST", "/v1/pause", null);
  }

  /** Goes on. */
  public void resume() {
    ask("POST", "/v1/resume", null);
  }

  /** What it answers; fails where that is an error. */
  public JsonNode ask(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (operator != null) {
      request.header("Authorization", "Bearer " + operator);
    }
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    child.close();
  }

  private void until(java.util.function.BooleanSupplier what) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!what.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the territories are not read after a minute");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
