package io.bailiwick.bench.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.Demo;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxServer;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.sandbox.SettableClock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The stub says what the sandbox says. */
class CrmStubIT {

  private static final Path FIXTURES = Path.of("fixtures");
  private static final String WEST = "3652397000001234567";
  private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private static final int STUB = CrmStub.start(VERTX, FIXTURES, 5);
  private static final int SANDBOX = sandbox();

  private final HttpClient client = HttpClient.newHttpClient();

  private static int sandbox() {
    var world = Demo.territories(FIXTURES);
    var settings = SandboxSettings.STANDARD.withPort(0).withAdopt(true);
    var model = new SandboxModel(settings, world.reading(), world.userId(), new SettableClock());
    return new SandboxServer(VERTX, model).start().toCompletableFuture().join();
  }

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  private String said(int port, String method, String path, @Nullable String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + SandboxSettings.STANDARD.token())
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    var answer = client.send(request.build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private void same(String method, String path, @Nullable String body) throws Exception {
    assertEquals(
        said(SANDBOX, method, path, body), said(STUB, method, path, body), method + " " + path);
  }

  @Test
  void aWriteOfOneIsAnsweredAsByTheSandbox() throws Exception {
    same("PUT", "/crm/v2/Leads/3652397000009999001", "{\"Territory\":\"" + WEST + "\"}");
    same("PUT", "/crm/v2/Leads/3652397000009999001", "{\"Territory\":\"99\"}");
  }

  @Test
  void aWriteOfSeveralIsAnsweredAsByTheSandbox() throws Exception {
    String right = "{\"id\":\"1\",\"Territory\":\"" + WEST + "\"}";
    String reversed = "{\"Territory\":\"" + WEST + "\",\"id\":\"3\"}";
    String wrong = "{\"id\":\"2\",\"Territory\":\"99\"}";
    same("PUT", "/crm/v2/Leads", "{\"data\":[" + right + "," + reversed + "]}");
    same("PUT", "/crm/v2/Leads", "{\"data\":[" + right + "," + wrong + "]}");
  }

  @Test
  void whatWasWrittenIsReadAgainAsFromTheSandbox() throws Exception {
    same("PUT", "/crm/v2/Leads/77", "{\"Territory\":\"" + WEST + "\"}");
    same("GET", "/crm/v2/Leads/77", null);
  }

  @Test
  void territoriesAndTheUserAreTheSandboxsOwn() throws Exception {
    same("GET", "/crm/v2/settings/territories?page=1&per_page=200", null);
    same("GET", "/crm/v2/users?type=CurrentUser", null);
  }

  @Test
  void writesAreCountedAndRecordsOnce() throws Exception {
    Written before = written();
    for (int i = 0; i < 2; i++) {
      said(STUB, "PUT", "/crm/v2/Leads/4242", "{\"Territory\":\"" + WEST + "\"}");
    }
    assertEquals(before.writes() + 2, written().writes());
    assertEquals(before.records() + 1, written().records());
  }

  @Test
  void aWriteTakesItsLatency() throws Exception {
    long begun = System.nanoTime();
    said(STUB, "PUT", "/crm/v2/Leads/5", "{\"Territory\":\"" + WEST + "\"}");
    assertTrue(System.nanoTime() - begun >= 5_000_000);
  }

  private Written written() throws Exception {
    String said = said(STUB, "GET", "/bench/written", null);
    return new ObjectMapper().readValue(said.substring(4), Written.class);
  }
}
