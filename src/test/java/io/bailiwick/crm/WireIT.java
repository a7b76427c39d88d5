package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Troubles of the network over real sockets: what left is unknown, what did not is not sent. */
class WireIT extends WireGround {

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
    becomes(Outcome.Unavailable.class, given(refused().assign(OURS)));
  }

  /** As in a demo, where the service and its CRM share a clock that is moved. */
  @Test
  void a_gate_that_is_shut_lets_one_try_when_its_clock_is_moved_past_its_rest() throws Exception {
    ZohoCrm crm = refused();
    for (int i = 0; i < 5; i++) {
      becomes(Outcome.Unavailable.class, given(crm.assign(OURS)));
    }
    for (int i = 0; i < 5; i++) {
      becomes(Outcome.GateShut.class, given(crm.assign(OURS)));
      clock.moveForward(Duration.ofMinutes(1));
      becomes(Outcome.Unavailable.class, given(crm.assign(OURS)));
    }
  }

  private ZohoCrm refused() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return crm("http://127.0.0.1:" + socket.getLocalPort(), 4);
    }
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
    ZohoCrm crm = crm("https://127.0.0.1:" + server.port(), 4);
    becomes(Outcome.Unavailable.class, given(crm.assign(OURS)));
    assertEquals(0, server.requests());
  }

  @Test
  void a_tls_handshake_that_hangs_was_not_sent() throws Exception {
    RawServer[] self = new RawServer[1];
    self[0] = server(socket -> self[0].awaitEnd(socket));
    ZohoCrm crm = crm("https://127.0.0.1:" + self[0].port(), 4);
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
}
