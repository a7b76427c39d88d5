package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryRef;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Troubles of the network over real sockets: what left is unknown, what did not is not sent. */
@Timeout(60)
class WireIT {

  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final Assignment OURS =
      new Assignment("Leads", "7", new TerritoryRef("12", "West Region"));
  private static final String SUCCESS = "{\"data\":[{\"code\":\"SUCCESS\"}]}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  private final List<AutoCloseable> open = new ArrayList<>();
  private Vertx vertx;

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

  private RawServer server(RawServer.Manners manners) throws IOException {
    var server = new RawServer(manners);
    open.add(server);
    return server;
  }

  private ClassicCrm crm(String base, int connections) {
    var settings =
        CrmSettings.of(URI.create(base)).withDeadline(DEADLINE).withConnections(connections);
    var crm = new ClassicCrm(vertx, settings, TokenSource.fixed("secret"), InstantSource.system());
    open.add(crm);
    return crm;
  }

  private ClassicCrm crm(RawServer server) {
    return crm("http://127.0.0.1:" + server.port(), 4);
  }

  private static <T> T given(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static <T extends Outcome> T becomes(Class<T> type, Outcome outcome) {
    assertFalse(outcome.detail().contains("secret"), outcome.detail());
    return assertInstanceOf(type, outcome);
  }

  private static String answer(String body) {
    return OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void a_whole_answer_is_understood() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, answer(SUCCESS));
            });
    becomes(Outcome.Done.class, given(crm(self[0]).assign(OURS)));
  }

  @Test
  void a_refused_connection_was_not_sent() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    becomes(Outcome.Unavailable.class, given(crm("http://127.0.0.1:" + port, 4).assign(OURS)));
  }

  @Test
  void an_unknown_host_was_not_sent() {
    becomes(Outcome.Unavailable.class, given(crm("http://nowhere.invalid", 4).assign(OURS)));
  }

  @Test
  void a_tls_handshake_that_fails_was_not_sent() throws Exception {
    RawServer server =
        server(
            socket -> {
              socket.getInputStream().read(new byte[16]);
              RawServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
            });
    ClassicCrm crm = crm("https://127.0.0.1:" + server.port(), 4);
    becomes(Outcome.Unavailable.class, given(crm.assign(OURS)));
    assertEquals(0, server.requests());
  }

  @Test
  void a_tls_handshake_that_hangs_was_not_sent() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] = server(socket -> self[0].awaitEnd(socket));
    ClassicCrm crm = crm("https://127.0.0.1:" + self[0].port(), 4);
    becomes(Outcome.Unavailable.class, given(crm.assign(OURS)));
  }

  @Test
  void a_reset_after_the_request_is_unknown() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.reset(socket);
            });
    becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
    assertEquals(1, self[0].requests(), "it is not sent again by itself");
  }

  @Test
  void a_reset_in_the_middle_of_the_answer_is_unknown() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, OK + "Content-Length: 1000\r\n\r\n" + SUCCESS);
              RawServer.reset(socket);
            });
    becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
  }

  @Test
  void an_orderly_end_before_the_announced_length_is_unknown() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, OK + "Content-Length: 1000\r\n\r\n" + SUCCESS);
            });
    becomes(Outcome.Unknown.class, given(crm(self[0]).assign(OURS)));
  }

  @Test
  void a_head_and_then_nothing_ends_at_the_deadline_and_the_socket_is_closed() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, OK + "Content-Length: 50\r\n\r\n");
              self[0].awaitEnd(socket);
            });
    endsAtTheDeadline(self[0]);
  }

  @Test
  void silence_ends_at_the_deadline_and_the_socket_is_closed() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              self[0].awaitEnd(socket);
            });
    endsAtTheDeadline(self[0]);
  }

  @Test
  void an_answer_byte_by_byte_ends_at_the_deadline_as_a_whole() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, OK + "Content-Length: 1000000\r\n\r\n");
              drip(socket);
              self[0].ended().complete(0L);
            });
    endsAtTheDeadline(self[0]);
  }

  /** One byte each 20 ms, paced by a read that times out, until the client is gone. */
  private static void drip(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    while (true) {
      try {
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (java.net.SocketTimeoutException pace) {
        try {
          RawServer.write(socket, " ");
        } catch (IOException gone) {
          return;
        }
      } catch (IOException reset) {
        return;
      }
    }
  }

  private void endsAtTheDeadline(RawServer server) throws Exception {
    long start = System.nanoTime();
    becomes(Outcome.Unknown.class, given(crm(server).assign(OURS)));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 490 && millis < 5_000, "ended after " + millis + " ms");
    server.ended().get(5, TimeUnit.SECONDS);
  }

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
    var wire = new Wire(vertx, settings, TokenSource.fixed("secret"));
    open.add(wire::close);
    CompletionStage<Heard> first = wire.call(call(1_000));
    CompletionStage<Heard> second = wire.call(call(200));
    assertInstanceOf(Heard.NotSent.class, given(second));
    assertInstanceOf(Heard.Lost.class, given(first));
    // The third takes the place that came free; the second must not have been there before it.
    assertInstanceOf(Heard.Lost.class, given(wire.call(call(500))));
    assertEquals(2, self[0].requests());
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
}
