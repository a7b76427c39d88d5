package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.sandbox.SettableClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client whose deadline is short, and servers of bare sockets to misbehave before it. */
@Timeout(60)
abstract class WireGround {

  static final Duration DEADLINE = Duration.ofMillis(500);
  static final Assignment OURS =
      new Assignment("Leads", "7", new TerritoryRef("12", "West Region"));
  static final String SUCCESS = "{\"data\":[{\"code\":\"SUCCESS\"}]}";
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  final List<AutoCloseable> open = new ArrayList<>();
  final SettableClock clock = new SettableClock();
  Vertx vertx;

  @BeforeEach
  void start_vertx() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close_all() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  RawServer server(RawServer.Manners manners) throws IOException {
    var server = new RawServer(manners);
    open.add(server);
    return server;
  }

  ZohoCrm crm(String base, int connections) {
    var settings =
        CrmSettings.of(URI.create(base)).withDeadline(DEADLINE).withConnections(connections);
    var crm = new ZohoCrm(vertx, settings, TokenSource.fixed("secret"), clock);
    open.add(crm);
    return crm;
  }

  ZohoCrm crm(RawServer server) {
    return crm("http://127.0.0.1:" + server.port(), 4);
  }

  static <T> T given(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  static <T extends Outcome> T becomes(Class<T> type, Outcome outcome) {
    assertFalse(outcome.detail().contains("secret"), outcome.detail());
    return assertInstanceOf(type, outcome);
  }

  static String answer(String body) {
    return OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }
}
