package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.service.RunningService.Answer;
import io.bailiwick.store.Reached;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service that asks for keys, with source files of the tests' own, and keys for who asks. */
final class Guarded implements AutoCloseable {

  private static final Path RULES = Path.of("src/test/resources/desk/rules");

  final RunningService service;
  private final Reached reached;

  Guarded(Path folder, Map<String, String> sources, Map<String, String> more) {
    Path rules = folder.resolve("rules");
    try (Stream<Path> files = Files.walk(RULES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = rules.resolve(RULES.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
      Files.createDirectories(rules.resolve("sources"));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Files.writeString(rules.resolve("sources/" + source.getKey() + ".yaml"), source.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> config = new HashMap<>(Map.of("http.access", "keys"));
    config.put("rules.dir", rules.toString());
    config.putAll(more);
    this.service = new RunningService(folder, config);
    this.reached = SqlJournal.service(folder.resolve("demo.db")).orElseThrow();
  }

  /** Makes a key as {@code POST /v1/keys} does; answers it with its secret. */
  JsonNode key(String wish) {
    Answer made = as(reached.command(), "POST", "/v1/keys", wish);
    if (made.status() != 201) {
      throw new AssertionError(made.text());
    }
    return made.body();
  }

  /** The secret of a new key of this role. */
  String secret(String role) {
    return key("{\"name\":\"%1$s\",\"role\":\"%1$s\"}".formatted(role)).path("secret").asText();
  }

  /** The secret of a new key of this source. */
  String source(String source) {
    String wish = "{\"role\":\"source\",\"source\":\"%s\"}".formatted(source);
    return key(wish).path("secret").asText();
  }

  /** Asks with this key, or with none where it is empty; more headers by name and value. */
  Answer as(String key, String method, String path, String body, String... more) {
    List<String> headers = new ArrayList<>(List.of(more));
    if (!key.isEmpty()) {
      headers.addAll(List.of("Authorization", "Bearer " + key));
    }
    if (!headers.contains("Content-Type")) {
      headers.addAll(List.of("Content-Type", "application/json"));
    }
    return RunningService.send(
        HttpRequest.newBuilder(URI.create(service.url() + path))
            .method(method, BodyPublishers.ofString(body))
            .headers(headers.toArray(String[]::new))
            .build());
  }

  /** A lead of the country US with this record id. */
  static String lead(String crmId) {
    return Json.mapper()
        .createObjectNode()
        .put("crmId", crmId)
        .put("country", "US")
        .put("email", "ana@acme.example")
        .toString();
  }

  @Override
  public void close() {
    service.close();
  }
}
