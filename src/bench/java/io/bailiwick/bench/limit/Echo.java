package io.bailiwick.bench.limit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Bare Vert.x: reads the body, parses it with Jackson, answers 202 with an id; keeps nothing. */
public final class Echo {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PAD = "0".repeat(36);
  private static final String AFTER = "\",\"status\":\"accepted\"}";
  private static final AtomicLong IDS = new AtomicLong();

  private Echo() {}

  /** Listens on a free port and says which. */
  public static void main(String[] arguments) {
    say(listen(Vertx.vertx(), Echo::answer));
  }

  /** What is done with a request and its body. */
  interface Door {

    /** Answers it, now or later. */
    void serve(HttpServerRequest request, Buffer body) throws IOException;
  }

  /** The same HTTP for all limits; answers the port once it listens. */
  static int listen(Vertx vertx, Door door) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> served(door, request, body)))
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  /** Whoever started this process waits for that line. */
  static void say(int port) {
    System.out.println("listens on http://localhost:" + port);
  }

  /** A lead as it came, read by Jackson; fails where it is none. */
  static JsonNode parsed(Buffer body) throws IOException {
    return MAPPER.readTree(body.getBytes());
  }

  /** 202 with an id, as long as Bailiwick's. */
  static void accepted(HttpServerRequest request, long id) {
    request
        .response()
        .setStatusCode(202)
        .putHeader("location", "/v1/leads/" + id)
        .putHeader("content-type", "application/json")
        .end("{\"id\":\"" + PAD.substring(Long.toString(id).length()) + id + AFTER);
  }

  private static void answer(HttpServerRequest request, Buffer body) throws IOException {
    if (parsed(body).path("crmId").asText().isEmpty()) {
      throw new IOException("no crmId");
    }
    accepted(request, IDS.incrementAndGet());
  }

  private static void served(Door door, HttpServerRequest request, Buffer body) {
    try {
      door.serve(request, body);
    } catch (JsonProcessingException notJson) {
      request.response().setStatusCode(400).end(notJson.getOriginalMessage());
    } catch (IOException wrong) {
      request.response().setStatusCode(400).end(wrong.getMessage());
    }
  }
}
