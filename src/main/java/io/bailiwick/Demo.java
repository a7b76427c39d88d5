package io.bailiwick;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.http.SandboxRoutes;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxServer;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.sandbox.SettableClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The sandbox CRM inside a {@code --demo} service: it begins with the fixture territories, adopts
 * unknown record ids, and shares its clock with the service.
 */
public final class Demo {

  /** What a demo sets in place of the defaults; the file and the environment still win. */
  public static final Map<String, String> DEFAULTS =
      Map.of(
          "journal.url", "jdbc:sqlite:data/demo.db",
          "crm.verify", "false",
          "territories.recheck", "1s");

  private final SettableClock clock = new SettableClock();
  private final SandboxModel model;
  private final SandboxServer server;
  private final SandboxSettings settings;

  /** Reads the fixture territories; throws UncheckedIOException where they cannot be read. */
  public Demo(Vertx vertx, Config config) {
    this.settings =
        new SandboxSettings(
            SandboxSettings.STANDARD.host(),
            (int) config.number(Config.SANDBOX_PORT),
            SandboxSettings.STANDARD.token(),
            true,
            config.propagation(),
            SandboxSettings.STANDARD.seed());
    TerritoriesJson.World world = territories(config.fixtures());
    this.model = new SandboxModel(settings, world.reading(), world.userId(), clock);
    this.server = new SandboxServer(vertx, model);
  }

  /** The territories of {@code fixtures/territories.json}. */
  public static TerritoriesJson.World territories(Path fixtures) {
    Path file = fixtures.resolve("territories.json");
    try {
      return TerritoriesJson.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the territories of the sandbox, " + file, e);
    }
  }

  /** What takes orders to the sandbox. */
  SandboxRoutes.Orders orders() {
    return new SandboxRoutes.Orders() {
      @Override
      public JsonNode state() {
        return model.state();
      }

      @Override
      public JsonNode obey(JsonNode orders) {
        return model.control(orders);
      }
    };
  }

  SettableClock clock() {
    return clock;
  }

  String token() {
    return settings.token();
  }

  /**
   * Blocks until it listens; answers the base URL. {@code advanced} is told how far the shared
   * clock is set forward, whenever it is.
   */
  String start(Consumer<Duration> advanced) {
    var told = new AtomicReference<>(Duration.ZERO);
    clock.onMove(
        () -> {
          Duration offset = clock.offset();
          advanced.accept(offset.minus(told.getAndSet(offset)));
        });
    int port = server.start().toCompletableFuture().join();
    return "http://" + settings.host() + ":" + port;
  }

  void stop() {
    server.stop().toCompletableFuture().join();
  }
}
