package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Ports;
import io.bailiwick.json.Json;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leads that come while the service starts: where rules served before, they are accepted before the
 * rules are compiled, and nothing else is done.
 */
class EarlyLeadIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Path TERRITORIES =
      Path.of("src/test/resources/desk/fixtures/territories.json");

  /** {@code Tier} is one of ours only by the rules' own {@code fields.yaml}. */
  private static final String LEAD =
      "{\"crmId\":\"3652397000009999001\",\"country\":\"US\",\"region\":\"CA\",\"Tier\":\"gold\"}";

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;
  private Path rules;
  private String url;
  private Config config;

  @BeforeEach
  void write() throws IOException {
    rules = Files.createDirectories(folder.resolve("rules"));
    Files.writeString(
        rules.resolve("routing.drl"),
        """
        rule "US" when Lead( country == "US" ) $t : Territory( name == "West Region" )
        then route.to($t); end
        """);
    Files.writeString(rules.resolve("fields.yaml"), "tier: text\n");
    Path fixtures = Files.createDirectories(folder.resolve("fixtures"));
    Files.copy(TERRITORIES, fixtures.resolve(TERRITORIES.getFileName()));
    int port = freePort();
    url = "http://localhost:" + port;
    Map<String, String> knobs = new HashMap<>(Demo.DEFAULTS);
    knobs.put("journal.url", "jdbc:sqlite:" + journal());
    knobs.put("http.port", Integer.toString(port));
    knobs.put("sandbox.port", "0");
    knobs.put("rules.dir", rules.toString());
    knobs.put("fixtures.dir", fixtures.toString());
    config = ConfigReader.read(null, Map.of(), knobs);
  }

  @Test
  void whereRulesServedBeforeALeadIsAcceptedBeforeTheyAreCompiled() {
    Service.start(config, true).stop();
    var compiled = new CompletableFuture<Void>();
    CompletableFuture<Service> starting = begin(held(compiled));
    await("the door is open", () -> get("/livez") == 200);

    HttpResponse<String> accepted = post();
    assertEquals(202, accepted.statusCode(), accepted.body());
    String id = json(accepted).path("id").asText();
    assertFalse(starting.isDone());
    for (String path : List.of("/readyz", "/v1/readiness", "/v1/leads/" + id, "/v1/rules")) {
      HttpResponse<String> later = ask(path);
      assertEquals(503, later.statusCode(), path);
      assertEquals("/problems/starting", json(later).path("type").asText(), path);
      assertTrue(later.headers().firstValue("Retry-After").isPresent(), path);
    }
    assertEquals(200, get("/problems/starting"));
    assertTrue(SqlJournal.service(journal()).isEmpty(), "commands were told to ask it");

    compiled.complete(null);
    Service service = starting.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    try {
      assertEquals(200, get("/readyz"));
      await("it is assigned", () -> lead(id).path("status").asText().equals("assigned"));
      assertEquals("gold", lead(id).at("/lead/attributes/Tier").asText());
    } finally {
      service.stop();
    }
  }

  @Test
  void whatWasAcceptedIsThereWhenNoRulesCameToServe() {
    Service.start(config, true).stop();
    var compiled = new CompletableFuture<Void>();
    CompletableFuture<Service> starting = begin(held(compiled));
    await("the door is open", () -> get("/livez") == 200);
    String id = json(post()).path("id").asText();

    compiled.completeExceptionally(new IllegalStateException("no rules may serve"));
    assertThrows(CompletionException.class, starting::join);
    assertEquals(0, get("/livez"), "it still listens");

    Service service = Service.start(config, true);
    try {
      await("it is assigned", () -> lead(id).path("status").asText().equals("assigned"));
    } finally {
      service.stop();
    }
  }

  @Test
  void onANewJournalTheDoorOpensWhenTheRulesServe() {
    var whileCompiling = new CopyOnWriteArrayList<Integer>();
    Service service =
        Service.start(
            config, true, ports -> around(ports, () -> whileCompiling.add(get("/livez")), null));
    try {
      assertEquals(List.of(0), whileCompiling);
      assertEquals(200, get("/livez"));
    } finally {
      service.stop();
    }
  }

  private CompletableFuture<Service> begin(UnaryOperator<Ports> around) {
    return CompletableFuture.supplyAsync(() -> Service.start(config, true, around));
  }

  private static UnaryOperator<Ports> held(CompletionStage<Void> until) {
    return ports -> around(ports, () -> {}, until);
  }

  /** {@code taken} is what the publisher asks of the journal last, when it has compiled. */
  private static Ports around(Ports real, Runnable asked, CompletionStage<Void> until) {
    Journal journal =
        AroundPort.of(
            Journal.class,
            real.journal(),
            (method, arguments, port) -> {
              Object answer = port.call();
              if (!method.equals("taken")) {
                return answer;
              }
              asked.run();
              return until == null
                  ? answer
                  : until.thenCompose(then -> (CompletionStage<?>) answer);
            });
    return new Ports(journal, real.crm(), real.timers(), real.signals());
  }

  private Path journal() {
    return folder.resolve("demo.db");
  }

  private HttpResponse<String> post() {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/v1/leads"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(LEAD)));
  }

  private JsonNode lead(String id) {
    return json(ask("/v1/leads/" + id));
  }

  /** The status; 0 where nobody listens. */
  private int get(String path) {
    HttpResponse<String> answer = ask(path);
    return answer == null ? 0 : answer.statusCode();
  }

  private HttpResponse<String> ask(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.own(answer.body(), JsonNode.class);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "in vain: " + what);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
