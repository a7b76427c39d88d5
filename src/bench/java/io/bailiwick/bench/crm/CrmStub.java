package io.bailiwick.bench.crm;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.Demo;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxServer;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.sandbox.SettableClock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The stub's process: the classic dialect under {@code /crm/v2}, what was written under {@code
 * /bench/written}, and a collector that forgets traces under {@code /v1/traces}.
 */
public final class CrmStub {

  private static final String RECORDS = "/crm/v2/Leads";
  private static final String TOKEN = "Bearer " + SandboxSettings.STANDARD.token();

  private final HttpClient client;
  private final Writes writes;
  private final Later later;
  private final int sandbox;

  private CrmStub(Vertx vertx, Writes writes, Later later, int sandbox) {
    this.client = vertx.createHttpClient();
    this.writes = writes;
    this.later = later;
    this.sandbox = sandbox;
  }

  /** Its arguments are the fixtures' folder and the latency of a write in milliseconds. */
  public static void main(String[] arguments) {
    // One event loop: what was written needs no locks, and the stub never takes a core more.
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    int port = start(vertx, Path.of(arguments[0]), Long.parseLong(arguments[1]));
    System.out.println("listens on http://localhost:" + port);
  }

  /** Listens on a free port, which it answers; {@code vertx} has one event loop. */
  static int start(Vertx vertx, Path fixtures, long millis) {
    TerritoriesJson.World world = Demo.territories(fixtures);
    SandboxSettings settings = SandboxSettings.STANDARD.withPort(0).withAdopt(true);
    var model = new SandboxModel(settings, world.reading(), world.userId(), new SettableClock());
    int sandbox = new SandboxServer(vertx, model).start().toCompletableFuture().join();
    var ids = world.reading().territories().stream().map(TerritoryReading.Listed::id).toList();
    var stub = new CrmStub(vertx, new Writes(ids), new Later(vertx, millis), sandbox);
    return vertx
        .createHttpServer()
        .requestHandler(stub::serve)
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  private void serve(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              try {
                answer(request, body);
              } catch (IOException | IllegalArgumentException wrong) {
                request.response().setStatusCode(400).end(wrong.toString());
              }
            });
  }

  private void answer(HttpServerRequest request, Buffer body) throws IOException {
    String path = request.path();
    if (path.equals("/bench/written")) {
      say(request, new Writes.Said(200, new ObjectMapper().writeValueAsString(writes.told())));
    } else if (path.equals("/v1/traces")) {
      request.response().end();
    } else if (!path.startsWith(RECORDS) || !TOKEN.equals(request.getHeader("Authorization"))) {
      pass(request);
    } else {
      Writes.Said said = records(request, body);
      later.after(() -> say(request, said));
    }
  }

  private Writes.Said records(HttpServerRequest request, Buffer body) throws IOException {
    String rest = request.path().substring(RECORDS.length());
    if (request.method().equals(HttpMethod.PUT)) {
      return rest.isEmpty()
          ? writes.several(body.getBytes())
          : writes.one(rest.substring(1), body.getBytes());
    }
    return writes.shown(
        rest.isEmpty() ? request.getParam("ids").split(",") : new String[] {rest.substring(1)});
  }

  /** To the sandbox, which knows the territories, the user and the profile. */
  private void pass(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    client
        .request(request.method(), sandbox, "127.0.0.1", request.uri())
        .map(to -> authorization == null ? to : to.putHeader("Authorization", authorization))
        .compose(HttpClientRequest::send)
        .compose(
            answer ->
                answer.body().map(body -> new Writes.Said(answer.statusCode(), body.toString())))
        .onSuccess(said -> say(request, said))
        .onFailure(gone -> say(request, new Writes.Said(502, gone.toString())));
  }

  private static void say(HttpServerRequest request, Writes.Said said) {
    HttpServerResponse response = request.response();
    if (!response.closed()) {
      response
          .setStatusCode(said.status())
          .putHeader("Content-Type", "application/json;charset=UTF-8")
          .end(said.body());
    }
  }
}
