package io.bailiwick.watching;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives webhooks on a real socket, and looks at their signatures as receivers should. */
public final class WebhookReceiver implements AutoCloseable {

  /** A call: its headers that count, and its body. */
  public record Call(String id, String timestamp, String signature, String type, JsonNode body) {}

  private final HttpServer server;
  private final List<Call> calls = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private int status = 204;

  /** Listens on that port of the loopback address; 0 takes a free one. */
  public WebhookReceiver(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          var headers = exchange.getRequestHeaders();
          int answer;
          synchronized (this) {
            answer = status;
            calls.add(
                new Call(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    headers.getFirst("Content-Type"),
                    Json.read(body)));
            bodies.add(new String(body, StandardCharsets.UTF_8));
          }
          exchange.getResponseHeaders().add("Retry-After", "600");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  /** A port where nothing listens. */
  public static int closedPort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public synchronized void answer(int next) {
    status = next;
  }

  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The calls of CloudEvents of that type. */
  public List<Call> calls(String type) {
    return calls().stream().filter(call -> call.body().path("type").asText().equals(type)).toList();
  }

  /** Whether each call so far was signed with that secret. */
  public synchronized boolean allSignedWith(String secret) throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = call.id() + "." + call.timestamp() + "." + bodies.get(i);
      byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      String header = "v1," + Base64.getEncoder().encodeToString(expected);
      if (!List.of(call.signature().split(" ")).contains(header)) {
        return false;
      }
    }
    return !calls.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
