package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SandboxServerIT {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final SandboxModel model = Samples.model(true);
  private int port;

  @BeforeEach
  void start() throws Exception {
    var server = new SandboxServer(vertx, model);
    port = server.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder put(String id, String body) {
    return request("/crm/v2/Leads/" + id)
        .header("Authorization", "Bearer sandbox-token")
        .PUT(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> control(String commands) throws Exception {
    String json = commands.replace('\'', '"');
    return send(request("/sandbox/control").POST(BodyPublishers.ofString(json)));
  }

  private JsonNode seen(String path) throws Exception {
    HttpResponse<String> answer = send(request(path));
    assertEquals(200, answer.statusCode());
    return json(answer);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 401, AUTHENTICATION_FAILURE",
    "Bearer wrong, 401, INVALID_TOKEN",
    "Basic sandbox-token, 401, INVALID_TOKEN",
    "sandbox-token, 401, INVALID_TOKEN",
    "Bearer sandbox-token, 200, SUCCESS",
    "Zoho-oauthtoken sandbox-token, 200, SUCCESS"
  })
  void a_call_needs_the_token(String header, int status, String code) throws Exception {
    var request =
        request("/crm/v2/Leads/7")
            .PUT(BodyPublishers.ofString("{\"Territory\":\"" + Samples.WEST + "\"}"));
    if (!header.isEmpty()) {
      request.header("Authorization", header);
    }
    HttpResponse<String> answer = send(request);
    assertEquals(status, answer.statusCode());
    assertTrue(answer.body().contains("\"code\":\"" + code + "\""), answer::body);
  }

  @Test
  void a_refused_territory_is_answered_with_the_seed_contracts_own_bytes() throws Exception {
    assertEquals(
        "{\"code\":\"INVALID_DATA\",\"details\":{\"api_name\":\"Territory\"},"
            + "\"message\":\"invalid territory id\"}",
        send(put("7", "{\"Territory\":\"4\"}")).body());
  }

  @Test
  void control_and_inspection_tell_what_was_written() throws Exception {
    control("{'do':'setTerritory','territory':'No Access','apiEnabled':true}");
    assertEquals(200, send(put("7", "{\"Territory\":\"4\"}")).statusCode());
    JsonNode writes = seen("/sandbox/writes?module=Leads&id=7");
    assertEquals("4", writes.path("writes").path(0).path("territory").asText());
    assertEquals(0, seen("/sandbox/writes?id=8").path("total").asInt());
    JsonNode line = seen("/sandbox/calls").path("calls").path(0);
    assertEquals("/crm/v2/Leads/{id}", line.path("path").asText());
    assertEquals(3, seen("/sandbox/state").path("territories").size());
  }

  @Test
  void a_wrong_control_request_is_answered_with_a_problem() throws Exception {
    for (String body : new String[] {"", "x", "7", "{'do':'fly'}", "[[]]"}) {
      HttpResponse<String> answer = control(body);
      assertEquals(400, answer.statusCode(), body);
      String type = answer.headers().firstValue("Content-Type").orElse("");
      assertEquals("application/problem+json", type);
      assertTrue(json(answer).path("detail").asText().length() > 20);
    }
    assertEquals(404, send(request("/sandbox/else")).statusCode());
    assertEquals(400, send(request("/sandbox/writes?after=x")).statusCode());
    HttpResponse<String> wrongMethod = send(request("/sandbox/control"));
    assertEquals(405, wrongMethod.statusCode());
    assertEquals("POST", wrongMethod.headers().firstValue("Allow").orElse(""));
  }

  @Test
  void a_body_beyond_the_cap_is_refused_and_not_kept() throws Exception {
    HttpResponse<String> answer = send(put("7", "x".repeat(3 << 20)));
    assertEquals(413, answer.statusCode());
  }

  @Test
  void a_rate_limit_names_its_time_only_where_it_should() throws Exception {
    control("{'do':'setFaults','faults':[{'kind':'status','status':429,'retryAfter':7}]}");
    HttpResponse<String> named = send(put("7", "{}"));
    assertEquals("7", named.headers().firstValue("Retry-After").orElse(""));
    control("{'do':'setFaults','faults':[{'kind':'status','status':429}]}");
    assertFalse(send(put("7", "{}")).headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void a_cut_connection_is_counted_as_cut() throws Exception {
    control("{'do':'setFaults','faults':[{'kind':'reset','times':1}]}");
    assertThrows(IOException.class, () -> send(put("7", "{}")));
    assertEquals("cut", seen("/sandbox/calls").path("calls").path(0).path("status").asText());
  }

  @Test
  void calls_under_way_at_once_are_counted() throws Exception {
    control("{'do':'setFaults','faults':[{'kind':'latency','millis':300}]}");
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(client.sendAsync(put("7", "{\"x\":1}").build(), BodyHandlers.ofString()));
    }
    for (var call : calls) {
      assertEquals(200, call.get(20, TimeUnit.SECONDS).statusCode());
    }
    assertEquals(12, seen("/sandbox/calls").path("mostAtOnce").asInt());
    assertEquals(0, seen("/sandbox/calls").path("underWay").asInt());
  }

  /** Whole requests of rubbish over bare sockets: whatever is answered is below 500. */
  @Test
  void rubbish_on_the_wire_is_never_answered_500() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("rubbish seed " + seed + " (-Dseed=" + seed + " repeats it)");
    var random = new Random(seed);
    String[] targets = {
      "/crm/v2/Leads/7",
      "/crm/v2/%zz",
      "*",
      "http://x/crm/v2/users",
      "/crm/v2/Leads?a=%",
      "//",
      "/crm/v2/users?type=CurrentUser",
      "/sandbox/control",
      "/sandbox/writes?limit=%00",
      "/%2e%2e/"
    };
    String[] methods = {"GET", "PUT", "POST", "HEAD", "OPTIONS", "TRACE", "FOO", "get"};
    String[] bodies = {"", "{", "{\"Territory\":\"1\"}", "\u00ff\u00fe", "[[[[", "{\"do\":1}"};
    for (int i = 0; i < 600; i++) {
      String body = bodies[random.nextInt(bodies.length)];
      String head =
          methods[random.nextInt(methods.length)]
              + " "
              + targets[random.nextInt(targets.length)]
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              + "Authorization: Bearer sandbox-token\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      byte[] bytes = (head + body).getBytes(StandardCharsets.ISO_8859_1);
      if (random.nextInt(3) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String status = status(bytes);
      String sent = new String(bytes, StandardCharsets.ISO_8859_1);
      // Of another version of HTTP, 501 is the right thing to say.
      boolean otherVersion = status.equals("501") && !sent.contains(" HTTP/1.1\r\n");
      assertTrue(
          otherVersion || status.compareTo("500") < 0,
          "seed " + seed + ": " + status + " to " + sent);
    }
    assertEquals(200, send(request("/sandbox/state")).statusCode());
  }

  /** Sends it as it is; 000 where no answer comes, as to what is no HTTP. */
  private String status(byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      byte[] answer = socket.getInputStream().readAllBytes();
      String text = new String(answer, StandardCharsets.ISO_8859_1);
      return text.startsWith("HTTP/1.1 ") ? text.substring(9, 12) : "000";
    }
  }
}
