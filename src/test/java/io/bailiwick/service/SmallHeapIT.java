package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar with little memory, and more bodies at once than fit into it. */
class SmallHeapIT {

  private static final int BODIES = 200;
  private static final int BYTES = 1_000_000;

  /** Some are taken apart and refused for what is in them, the others are not taken in. */
  private static final Set<String> REFUSED = Set.of("422", "503");

  @TempDir Path folder;

  @Test
  void moreBodiesAtOnceThanFitAreAskedToComeAgainAndWhoSendsOneLeadIsServed() throws Exception {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    // The one way in that outdoes what is said on the command line.
    environment.put("_JAVA_OPTIONS", "-Xmx96m -XX:+ExitOnOutOfMemoryError");
    try (JarProcess service = JarProcess.start(folder, environment, "serve", "--demo")) {
      String url = service.url();
      Map<String, Integer> answers = new TreeMap<>();
      List<Socket> sockets = new ArrayList<>();
      try {
        byte[] body = leadsThatAreRefused();
        for (int i = 0; i < BODIES; i++) {
          sockets.add(begin(url, body));
        }
        assertEquals(202, lead(url, "1"), "while all that fits is taken up");
        for (Socket socket : sockets) {
          answers.merge(answer(socket), 1, Integer::sum);
        }
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      System.out.println("bodies that do not fit into the heap: " + answers);
      assertTrue(REFUSED.containsAll(answers.keySet()), "" + answers);
      assertTrue(answers.containsKey("503"), "more than fit: " + answers);
      assertTrue(answers.containsKey("422"), "what fits is looked at: " + answers);
      assertEquals(202, lead(url, "2"));
      assertEquals(0, service.stop(), "it lived all the time");
    }
  }

  private static int lead(String url, String record) {
    String lead = "{\"crmId\":\"%s\",\"country\":\"US\",\"region\":\"CA\"}".formatted(record);
    return RunningService.postTo(url, lead).status();
  }

  /** Each lacks what names its record. */
  private static byte[] leadsThatAreRefused() {
    String lead = "{\"country\":\"US\",\"campaign\":\"%s\"},".formatted("x".repeat(1_000));
    String leads = "[" + lead.repeat(900);
    String end = "{}]";
    return (leads + " ".repeat(BYTES - leads.length() - end.length()) + end)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Sends all but the last byte, as far as it is taken. */
  private static Socket begin(String url, byte[] body) throws IOException {
    URI at = URI.create(url);
    var socket = new Socket(at.getHost(), at.getPort());
    socket.setSoTimeout(60_000);
    String head =
        "POST /v1/leads HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d"
            .formatted(at.getAuthority(), body.length);
    var out = socket.getOutputStream();
    out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(body, 0, body.length - 1);
    out.flush();
    return socket;
  }

  /** Sends the last byte; answers the status. */
  private static String answer(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write(']');
    } catch (IOException refused) {
      // What is refused may be closed before its end.
    }
    var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
    String status = new BufferedReader(in).readLine();
    return status == null ? "none" : status.split(" ")[1];
  }
}
