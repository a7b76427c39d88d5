package io.bailiwick.crm.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.json.Json;
import io.bailiwick.sandbox.Persona;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxServer;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.sandbox.SettableClock;
import io.bailiwick.wire.CrmDescription;
import io.bailiwick.wire.WireTap;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said to the accounts server, and what it says, is as the description has it. */
class TokenCallIT {

  private static final String CLIENT = "1000.SANDBOXCLIENT";
  private static final String SECRET = "sandbox-client-secret";

  private final Vertx vertx = Vertx.vertx();
  private final AccountsServer accounts = new AccountsServer(vertx);
  private SandboxModel model;
  private WireTap tap;
  private String url;

  @BeforeEach
  void start() {
    var settings = SandboxSettings.STANDARD.withPort(0);
    model =
        new SandboxModel(settings, Persona.SMALL.territories(), Persona.USER, new SettableClock());
    tap = new WireTap(given(new SandboxServer(vertx, model).start()));
    url = "http://127.0.0.1:" + tap.port();
  }

  @AfterEach
  void stop() {
    accounts.close();
    given(vertx.close().toCompletionStage());
    tap.close();
    var described = new CrmDescription();
    var said = tap.exchanges();
    assertEquals(3, said.size(), "calls went over the wire");
    assertEquals(List.of(), said.stream().flatMap(one -> described.flaws(one).stream()).toList());
  }

  @Test
  void aCodeARefreshTokenAndAWrongOneAreAskedForAndAnsweredAsDescribed() throws Exception {
    JsonNode made = model.control(Json.read("{\"do\":\"addGrantCode\"}".getBytes()));
    String code = made.path("code").asText();
    TokenReply first = given(accounts.exchange(new Connecting.Code(url, CLIENT, SECRET, code)));
    String refresh = assertInstanceOf(TokenReply.Given.class, first).refreshToken();
    Grant grant = new Grant(url, CLIENT, SECRET, refresh);
    assertInstanceOf(TokenReply.Given.class, given(accounts.refresh(grant)));
    Grant wrong = new Grant(url, CLIENT, SECRET, "1000.no such token & more");
    assertInstanceOf(TokenReply.Refused.class, given(accounts.refresh(wrong)));
  }

  private static <T> T given(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
