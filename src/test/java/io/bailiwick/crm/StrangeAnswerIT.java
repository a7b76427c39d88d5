package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Answers over real sockets that no CRM should give, and what the client never does. */
class StrangeAnswerIT extends WireGround {

  @Test
  void ten_gigabytes_are_not_read() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, OK + "Content-Length: 10737418240\r\n\r\n");
              self[0].writeForEver(socket, new byte[65_536]);
            });
    becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
    long written = self[0].ended().get(10, TimeUnit.SECONDS);
    assertTrue(written < 64 << 20, "the client took " + written + " bytes");
  }

  @Test
  void a_packed_bomb_is_not_unpacked() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 512; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(
                  socket,
                  OK + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
              socket.getOutputStream().write(packed.toByteArray());
              self[0].awaitEnd(socket);
            });
    becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
  }

  @Test
  void what_is_no_json_of_ours_is_unknown() throws Exception {
    for (String body :
        new String[] {
          "", "<html>Sign in</html>", "{\"data\":", "[".repeat(10_000), "\u00ff\u00fe\u00e9"
        }) {
      RawServer[] self = new RawServer[1];
      self[0] =
          server(
              socket -> {
                self[0].readRequest(socket);
                RawServer.write(socket, answer(body).replace("application/json", "text/html"));
              });
      becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
    }
  }

  @Test
  void what_is_no_http_is_unknown() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n");
            });
    becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    RawServer elsewhere = server(socket -> RawServer.write(socket, answer(SUCCESS)));
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              String place = "http://127.0.0.1:" + elsewhere.port() + "/";
              RawServer.write(
                  socket,
                  "HTTP/1.1 302 Found\r\nLocation: " + place + "\r\nContent-Length: 0\r\n\r\n");
            });
    becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
    assertInstanceOf(RecordState.Unreadable.class, given(crm(self[0]).read("Leads", "7")));
    assertEquals(0, elsewhere.requests());
  }

  @Test
  void a_call_that_found_no_connection_in_time_was_not_sent_and_is_never_sent() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              self[0].awaitEnd(socket);
            });
    var settings =
        CrmSettings.of(URI.create("http://127.0.0.1:" + self[0].port())).withConnections(1);
    Wire wire = wire(settings);
    open.add(wire::close);
    CompletionStage<Heard> first = wire.call(call(1_000));
    CompletionStage<Heard> second = wire.call(call(200));
    assertInstanceOf(Heard.NotSent.class, given(second));
    assertInstanceOf(Heard.Lost.class, given(first));
    // The third takes the place that came free; the second must not have been there before it.
    assertInstanceOf(Heard.Lost.class, given(wire.call(call(500))));
    assertEquals(2, self[0].requests());
  }

  @Test
  void closing_ends_what_is_under_way_and_what_comes_after_is_not_sent() throws Exception {
    RawServer[] self = new RawServer[1];
    var asked = new CompletableFuture<Boolean>();
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              asked.complete(true);
              self[0].awaitEnd(socket);
            });
    var settings = CrmSettings.of(URI.create("http://127.0.0.1:" + self[0].port()));
    Wire wire = wire(settings);
    CompletionStage<Heard> first = wire.call(call(15_000));
    given(asked);
    wire.close();
    assertInstanceOf(Heard.Lost.class, given(first));
    assertInstanceOf(Heard.NotSent.class, given(wire.call(call(15_000))));
    given(vertx.close().toCompletionStage());
    assertInstanceOf(Heard.NotSent.class, given(wire.call(call(15_000))));
  }

  private static Wire.Call call(int millis) {
    Buffer body = Buffer.buffer("{}");
    return new Wire.Call(HttpMethod.PUT, "/x", body, 1024, Duration.ofMillis(millis));
  }

  @Test
  void an_id_cannot_name_another_address() throws Exception {
    var seen = new CompletableFuture<String>();
    RawServer server =
        server(
            socket -> {
              byte[] head = new byte[400];
              int length = socket.getInputStream().read(head);
              seen.complete(new String(head, 0, length, StandardCharsets.ISO_8859_1));
            });
    var assignment = new Assignment("Leads", "../../x?y#z 1", OURS.territory());
    given(crm(server).assign(assignment));
    assertTrue(
        given(seen).startsWith("PUT /crm/v2/Leads/%2E%2E%2F%2E%2E%2Fx%3Fy%23z%201 HTTP/1.1"),
        seen::join);
    assertTrue(given(seen).toLowerCase(java.util.Locale.ROOT).contains("bearer secret"));
  }

  private Wire wire(CrmSettings settings) {
    return new Wire(vertx, settings, TokenSource.fixed("secret"), Gate.of(settings, clock));
  }
}
