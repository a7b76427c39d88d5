package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real service, a bare socket and bad intentions: requests within requests, one byte now and
 * then, connections by the thousand. No answer is 5xx, nothing hangs, nothing is stored.
 */
class HostileWireIT {

  private static final int FLOOD = Integer.getInteger("flood", 1_000);

  /** In milliseconds: how long an end may take to come, and silence that says that all was said. */
  private static final int PATIENCE = 10_000;

  private static final int QUIET = 400;

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = new RunningService(folder, Map.of("http.idle", "1s"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** What is sent, and the answers where it is legal; none where it is to be refused. */
  record Smuggled(String what, List<Integer> answers, String request) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static final String HEAD = "POST /v1/decisions HTTP/1.1\r\nHost: x\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String HIDDEN = "GET /livez?hidden HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String CHUNKED = "0\r\n\r\n";

  static Stream<Smuggled> smuggled() {
    return Stream.of(
        s(
            "CL.TE",
            HEAD
                + JSON
                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "TE.CL",
            HEAD
                + JSON
                + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "two lengths",
            HEAD + JSON + "Content-Length: 2\r\nContent-Length: 50\r\n\r\n{}" + HIDDEN),
        s(
            "two lengths equal",
            HEAD + JSON + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        s("list of lengths", HEAD + JSON + "Content-Length: 2, 50\r\n\r\n{}" + HIDDEN),
        s("list of equal lengths", HEAD + JSON + "Content-Length: 2, 2\r\n\r\n{}" + HIDDEN),
        s("length plus", HEAD + JSON + "Content-Length: +2\r\n\r\n{}" + HIDDEN),
        s("length hex", HEAD + JSON + "Content-Length: 0x2\r\n\r\n{}" + HIDDEN),
        s("length empty", HEAD + JSON + "Content-Length: \r\n\r\n{}" + HIDDEN),
        s("length huge", HEAD + JSON + "Content-Length: 18446744073709551618\r\n\r\n{}" + HIDDEN),
        s("space before colon", HEAD + JSON + "Content-Length : 2\r\n\r\n{}" + HIDDEN),
        s(
            "TE space before colon",
            HEAD + JSON + "Transfer-Encoding : chunked\r\n\r\n" + CHUNKED + HIDDEN),
        s(
            "TE identity",
            HEAD + JSON + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        s(
            "TE chunked, identity",
            HEAD + JSON + "Transfer-Encoding: chunked, identity\r\n\r\n" + CHUNKED + HIDDEN),
        legal(
            "TE identity, chunked",
            List.of(400, 200),
            HEAD + JSON + "Transfer-Encoding: identity, chunked\r\n\r\n" + CHUNKED + HIDDEN),
        s(
            "TE twice",
            HEAD
                + JSON
                + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "TE xchunked",
            HEAD
                + JSON
                + "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "TE tab",
            HEAD
                + JSON
                + "Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "TE vertical tab",
            HEAD
                + JSON
                + "Transfer-Encoding: \013chunked\r\nContent-Length: 5\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "TE quoted",
            HEAD
                + JSON
                + "Transfer-Encoding: \"chunked\"\r\nContent-Length: 5\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "TE in 1.0",
            "POST /v1/decisions HTTP/1.0\r\n"
                + JSON
                + "Transfer-Encoding: chunked\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        legal(
            "obs-fold",
            List.of(400, 200),
            HEAD
                + JSON
                + "X-A: 1\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "obs-fold TE",
            HEAD
                + JSON
                + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "bare LF lines",
            (HEAD + JSON + "Content-Length: 2\r\n\r\n{}").replace("\r\n", "\n") + HIDDEN),
        s("bare LF in header", HEAD + JSON + "X-A: 1\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        s(
            "bare LF hides TE",
            HEAD
                + JSON
                + "X-A: 1\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                + CHUNKED
                + HIDDEN),
        s(
            "bare CR in header",
            HEAD + JSON + "X-A: 1\rContent-Length: 50\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        s(
            "NUL in name",
            HEAD + JSON + "Content-Length\0: 50\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        s("NUL in value", HEAD + JSON + "X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        s("no colon", HEAD + JSON + "Content-Length\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        legal(
            "chunk ext",
            List.of(200, 200),
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\n\r\n" + HIDDEN),
        s(
            "chunk ext LF",
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n" + HIDDEN),
        s(
            "chunk ext with LF inside",
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n2;a\nb\r\n{}\r\n0\r\n\r\n" + HIDDEN),
        s("chunk LF", HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n" + HIDDEN),
        s(
            "chunk size huge",
            HEAD
                + JSON
                + "Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n0\r\n\r\n"
                + HIDDEN),
        s(
            "chunk size int overflow",
            HEAD
                + JSON
                + "Transfer-Encoding: chunked\r\n\r\n100000002\r\n{}\r\n0\r\n\r\n"
                + HIDDEN),
        s(
            "chunk size negative",
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
        s(
            "chunk size 0x",
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
        s(
            "chunk size space",
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n2 \r\n{}\r\n0\r\n\r\n" + HIDDEN),
        s(
            "chunk longer than said",
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX\r\n0\r\n\r\n" + HIDDEN),
        s(
            "chunk without end",
            HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n" + HIDDEN),
        legal(
            "trailer TE",
            List.of(200, 200),
            HEAD
                + JSON
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: 50\r\n\r\n"
                + HIDDEN),
        legal(
            "get with body",
            List.of(200),
            "GET /v1/leads HTTP/1.1\r\nHost: x\r\nContent-Length: "
                + HIDDEN.length()
                + "\r\n\r\n"
                + HIDDEN),
        s("two hosts", HEAD + "Host: y\r\n" + JSON + "Content-Length: 2\r\n\r\n{}" + HIDDEN),
        s(
            "line with LF",
            "POST /v1/decisions HTTP/1.1\nHost: x\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        s("h2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN),
        legal(
            "leading space",
            List.of(200, 200),
            " " + HEAD + JSON + "Content-Length: 2\r\n\r\n{}" + HIDDEN),
        legal(
            "upgrade h2c",
            List.of(200, 200),
            HEAD
                + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
                + JSON
                + "Content-Length: 2\r\n\r\n{}"
                + HIDDEN),
        legal(
            "expect",
            List.of(200, 200),
            HEAD + JSON + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
        legal(
            "expect other",
            List.of(200, 200),
            HEAD + JSON + "Expect: something\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN));
  }

  private static Smuggled s(String what, String request) {
    return new Smuggled(what, List.of(), request);
  }

  private static Smuggled legal(String what, List<Integer> answers, String request) {
    return new Smuggled(what, answers, request);
  }

  @ParameterizedTest
  @MethodSource("smuggled")
  void aRequestIsNeverReadAsTwoNorTwoAsOne(Smuggled one) throws Exception {
    try (var socket = new RawSocket(service.port())) {
      socket.send(one.request());
      var heard = socket.hear(one.answers().isEmpty() ? PATIENCE : QUIET);
      if (one.answers().isEmpty()) {
        assertTrue(heard.closed(), "refused, and the connection with it: " + heard);
        assertTrue(heard.statuses().size() <= 1, "what was hidden is not answered: " + heard);
        heard.statuses().forEach(status -> assertEquals(400, status, heard.text()));
      } else {
        assertEquals(one.answers(), heard.statuses(), heard.text());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST /v1/leads HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /v1/leads HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000\r\n\r\n{\"crmId\":\"1\",\"city\":\"",
        "POST /v1/leads HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n{\"crmId\":\"1\",\"city\":\"",
        "GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nX-Slow: "
      })
  void oneByteNowAndThenHoldsNoConnection(String begun) throws Exception {
    try (var socket = new RawSocket(service.port())) {
      socket.send(begun);
      long began = System.nanoTime();
      // Each byte is sent when the one before was met by silence.
      while (!socket.hear(100).closed() && socket.send("x")) {
        assertTrue(System.nanoTime() - began < 10_000_000_000L, "it is held for ever");
      }
    }
    assertEquals(200, service.get("/livez").status());
  }

  @Test
  void aFloodOfConnectionsKeepsNobodyOut() throws Exception {
    List<RawSocket> flood = new ArrayList<>();
    try {
      for (int i = 0; i < FLOOD; i++) {
        flood.add(new RawSocket(service.port()));
        flood.get(i).send(i % 2 == 0 ? "" : "POST /v1/leads HTTP/1.1\r\nHost: x\r\n");
        if (i % 100 == 0) {
          long began = System.nanoTime();
          assertEquals(200, service.get("/readyz").status());
          assertTrue(System.nanoTime() - began < 1_000_000_000L, "nobody waits");
        }
      }
      assertEquals(202, service.postLead("{\"crmId\":\"77\",\"country\":\"FR\"}").status());
      for (RawSocket one : flood) {
        assertTrue(one.hear(PATIENCE).closed(), "each is ended");
      }
    } finally {
      for (RawSocket one : flood) {
        one.close();
      }
    }
  }
}
