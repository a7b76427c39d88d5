package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.Config;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.store.Reached;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The service that holds the configured journal, asked by a command that may not write to the
 * journal itself. It is found by what it wrote beside its journal.
 */
final class AskedService {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(90);

  /** The service refused, or gave no answer; the message is for people. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private final String url;
  private final String command;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  private AskedService(Reached reached) {
    this.url = reached.url();
    this.command = reached.command();
  }

  /** Null where no service holds the journal. */
  static @Nullable AskedService find(Config config) {
    return SqlJournal.service(config.journal())
        .map(AskedService::new)
        .filter(AskedService::lives)
        .orElse(null);
  }

  /** One that was found otherwise. */
  static AskedService of(Reached reached) {
    return new AskedService(reached);
  }

  /** Where it listens. */
  String url() {
    return url;
  }

  JsonNode get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)));
  }

  /** Posts JSON. */
  JsonNode post(String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.write(body).getBytes(StandardCharsets.UTF_8))));
  }

  /** Puts JSON. */
  JsonNode put(String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(Json.write(body).getBytes(StandardCharsets.UTF_8))));
  }

  JsonNode delete(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).DELETE());
  }

  /** Posts nothing, and waits for the outcome as long as the service allows. */
  JsonNode post(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Prefer", "wait=60")
            .POST(BodyPublishers.noBody()));
  }

  private boolean lives() {
    try {
      get("/livez");
      return true;
    } catch (NoAnswer e) {
      return false;
    }
  }

  /** Throws {@link NoAnswer} with the problem's detail where it is refused. */
  private JsonNode send(HttpRequest.Builder builder) {
    HttpRequest.Builder request = builder.header("Authorization", "Bearer " + command);
    try {
      HttpResponse<byte[]> answer =
          client.send(request.timeout(ANSWER).build(), BodyHandlers.ofByteArray());
      JsonNode body = Json.readFiles(answer.body());
      if (answer.statusCode() >= 400) {
        String why = body.path("detail").asText("no reason");
        throw new NoAnswer("%s answered %d: %s".formatted(url, answer.statusCode(), why), null);
      }
      return body;
    } catch (IOException e) {
      throw new NoAnswer("the service on " + url + " gave no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted while the service was asked", e);
    }
  }
}
