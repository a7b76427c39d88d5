package io.bailiwick.bench.measure;

import io.bailiwick.bench.process.Child;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Posts one lead again and again until it is accepted; by a bare socket, which costs little. */
final class Knock {

  private static final long EVERY_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String LEAD =
      "{\"crmId\":\"3652397000009999001\",\"country\":\"US\",\"region\":\"CA\",\"employees\":1200}";

  private Knock() {}

  static void until202(String url, String key, Child child) {
    byte[] request =
        ("POST /v1/leads HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + key
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + LEAD.length()
                + "\r\n\r\n"
                + LEAD)
            .getBytes(StandardCharsets.US_ASCII);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!accepted(URI.create(url), request)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no 202 in a minute; process " + child.pid());
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private static boolean accepted(URI url, byte[] request) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 1_000);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request);
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 202");
    } catch (IOException notYet) {
      return false;
    }
  }
}
