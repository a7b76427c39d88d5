package io.bailiwick.service;

import io.bailiwick.Demo;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxServer;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.sandbox.SettableClock;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox of its own in this process, whose tokens are had by OAuth. */
abstract class OAuthGround {

  static final String CLIENT = "1000.SANDBOXCLIENT";
  static final String SECRET = "sandbox-client-secret";
  static final String REFRESH_TOKEN = "1000.sandbox-refresh-token";

  private Vertx vertx;
  private SandboxServer server;
  String crm;

  @BeforeEach
  void startTheSandbox() {
    vertx = Vertx.vertx();
    TerritoriesJson.World world = Demo.territories(Path.of("src/test/resources/desk/fixtures"));
    var settings = SandboxSettings.STANDARD.withPort(0).withAdopt(true);
    var model = new SandboxModel(settings, world.reading(), world.userId(), new SettableClock());
    server = new SandboxServer(vertx, model);
    crm = "http://127.0.0.1:" + server.start().toCompletableFuture().join();
  }

  @AfterEach
  void stopTheSandbox() {
    server.stop().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Where the CRM is, and that it is asked again soon after a refused token. */
  Map<String, String> toTheSandbox() {
    Map<String, String> more = new HashMap<>();
    more.put("crm.base-url", crm);
    more.put("crm.accounts-url", crm);
    more.put("retry.token-pause", "1s");
    return more;
  }

  Map<String, String> withRefreshToken() {
    Map<String, String> more = toTheSandbox();
    more.put("crm.client-id", CLIENT);
    more.put("crm.client-secret", SECRET);
    more.put("crm.refresh-token", REFRESH_TOKEN);
    return more;
  }

  /** How many access tokens the sandbox gave. */
  long given(RunningService service) {
    return service.sandbox("state").path("oauth").path("given").asLong();
  }
}
