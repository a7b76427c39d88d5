package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.service.BadBodies.Bad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are none, over bare sockets: a problem below 500 too, and nothing stored. */
class BadRequestIT {

  private static final OpenApi DESCRIBED = new OpenApi();

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = new RunningService(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** A request line, or what is wrong with a head, and the status it is to be answered with. */
  record Head(String request, int status, String problem) {}

  static Stream<Head> heads() {
    String post = "POST /v1/leads HTTP/1.1\r\nContent-Type: application/json\r\nHost: x\r\n";
    String lead = "Content-Length: 2\r\n\r\n{}";
    String get = " HTTP/1.1\r\nHost: x\r\n\r\n";
    return Stream.of(
        new Head("GARBAGE\r\n\r\n", 400, "invalid-request"),
        new Head(post.replace("Host: x\r\n", "") + lead, 400, "invalid-request"),
        new Head(post.replace("Host: x", "Host: a b") + lead, 400, "invalid-request"),
        new Head(post + "Content-Length: abc\r\n\r\n{}", 400, "invalid-request"),
        new Head(post + "Content-Length: -5\r\n\r\n{}", 400, "invalid-request"),
        new Head(post + "Transfer-Encoding: chunked\r\n" + lead, 400, "invalid-request"),
        new Head(post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", 400, "invalid-request"),
        new Head(post + "Content-Length: 99999999999\r\n\r\n{}", 413, "body-too-large"),
        new Head(post + "Content-Encoding: gzip\r\n" + lead, 415, "unsupported-media-type"),
        new Head(
            post
                + "Idempotency-Key: "
                + "k".repeat(300)
                + "\r\nContent-Length: 13\r\n\r\n{\"crmId\":\"1\"}",
            400,
            "invalid-request"),
        new Head(
            post + "Idempotency-Key: \r\nContent-Length: 13\r\n\r\n{\"crmId\":\"1\"}",
            400,
            "invalid-request"),
        new Head(post.replace("leads", "leads?source=nobody") + lead, 400, "invalid-request"),
        new Head(post.replace("leads", "leads?source=../../x") + lead, 400, "invalid-request"),
        new Head(post.replace("leads", "leads?source=%zz") + lead, 400, "invalid-request"),
        new Head("GET /v1/leads?cursor=%zz" + get, 400, "invalid-request"),
        new Head("GET /v1/leads?cursor=nonsense" + get, 400, "invalid-request"),
        new Head("GET /v1/leads?limit=0" + get, 400, "invalid-request"),
        new Head("GET /v1/leads?status=held" + get, 400, "invalid-request"),
        new Head("GET /v1/leads?reason=none" + get, 400, "invalid-request"),
        new Head("PUT ?v1/leads" + get, 400, "invalid-request"),
        new Head("GET /v1/leads/%zz" + get, 400, "invalid-request"),
        new Head("GET /v1/leads/%ff" + get, 404, "not-found"),
        new Head("GET /v1/leads/none" + get, 404, "not-found"),
        new Head("GET /nothing" + get, 404, "not-found"),
        new Head("GET /problems/none" + get, 404, "not-found"),
        new Head("PUT /v1/leads" + get, 405, "method-not-allowed"),
        new Head("FOO /v1/leads" + get, 405, "method-not-allowed"),
        new Head("GET /v1/leads?cursor=" + "a".repeat(5_000) + get, 414, "line-too-long"),
        new Head(
            "GET /v1/leads HTTP/1.1\r\nHost: x\r\nX-A: " + "a".repeat(9_000) + "\r\n\r\n",
            431,
            "headers-too-large"));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void aRequestThatIsNoneIsRefusedWithAProblemAndNothingIsStored(Head head) {
    var answer = send(service, head.request().getBytes(StandardCharsets.ISO_8859_1), false);
    assertEquals(head.status(), answer.status(), answer.text());
    assertEquals("/problems/" + head.problem(), answer.body().path("type").asText(), answer.text());
    assertEquals("application/problem+json", answer.headers().get("content-type"));
    String[] line = head.request().split("[ \r]");
    String path = line.length > 1 && line[1].startsWith("/") ? line[1] : "/none";
    if (!path.equals("/none")) {
      assertEquals(List.of(), DESCRIBED.flaws(line[0], path, answer));
    }
    assertEquals(0, service.get("/v1/leads").body().path("leads").size(), "nothing is stored");
  }

  @Test
  void rubbishOnTheWireIsNeverAnswered500(@TempDir Path rubbish) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(
        "rubbish seed " + seed + " (-Dseed=" + seed + " repeats it, -Drubbish=N sends more)");
    var random = new Random(seed);
    List<Bad> bodies = BadBodies.all().filter(bad -> bad.body().length < 1_000).toList();
    List<Head> heads = heads().toList();
    // A service of its own: by luck, rubbish may turn out to be a lead.
    try (var own = new RunningService(rubbish)) {
      for (int i = 0; i < Integer.getInteger("rubbish", 1_000); i++) {
        byte[] sent =
            random.nextBoolean()
                ? heads.get(random.nextInt(heads.size())).request().getBytes(StandardCharsets.UTF_8)
                : BadBodies.request(bodies.get(random.nextInt(bodies.size())));
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          sent[random.nextInt(sent.length)] = (byte) random.nextInt(256);
        }
        int status = send(own, sent, true).status();
        // To another version of HTTP, Vert.x itself says 501 before any handler is asked.
        boolean otherVersion =
            status == 501 && !new String(sent, StandardCharsets.UTF_8).contains(" HTTP/1.1\r\n");
        assertTrue(
            status < 500 || otherVersion,
            () ->
                "seed " + seed + ": " + status + " to " + new String(sent, StandardCharsets.UTF_8));
      }
      assertEquals(200, own.get("/livez").status());
    }
  }

  /** Sends bytes as they are, and no more if {@code end}; status 0 where nothing is answered. */
  private static RunningService.Answer send(RunningService service, byte[] request, boolean end) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request);
      if (end) {
        socket.shutdownOutput();
      }
      return answer(socket.getInputStream());
    } catch (SocketException reset) {
      return new RunningService.Answer(0, Map.of(), RunningService.json(""), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunningService.Answer answer(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 2));
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    int status = lines[0].startsWith("HTTP/") ? Integer.parseInt(lines[0].split(" ")[1]) : 0;
    return new RunningService.Answer(status, headers, RunningService.json(body), body);
  }
}
