package io.bailiwick.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a server, hands every byte on as it is, a cut connection too, and
 * keeps what went over the wire.
 */
public final class WireTap implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final List<Line> lines = new CopyOnWriteArrayList<>();

  /** Listens on a free port for calls to that one, both on the loopback address. */
  public WireTap(int target) {
    this.target = target;
    try {
      this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  /** Where clients are to call. */
  public int port() {
    return server.getLocalPort();
  }

  /** What was said so far, call by call, of every connection. */
  public List<Exchange> exchanges() {
    List<Exchange> all = new ArrayList<>();
    lines.forEach(line -> all.addAll(Exchange.of(line.up.toByteArray(), line.down.toByteArray())));
    return all;
  }

  @Override
  public void close() {
    quietly(server);
    lines.forEach(Line::hangUp);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        var line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target));
        lines.add(line);
        thread(() -> line.pump(line.client, line.server, line.up));
        thread(() -> line.pump(line.server, line.client, line.down));
      } catch (IOException closed) {
        // The server of the test is gone, or the tap is: both end it.
      }
    }
  }

  private static void thread(Runnable task) {
    var thread = new Thread(task, "wire-tap");
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception gone) {
      // It is closed either way.
    }
  }

  /** One connection, and what went each way. */
  private record Line(
      Socket client, Socket server, ByteArrayOutputStream up, ByteArrayOutputStream down) {

    Line(Socket client, Socket server) {
      this(client, server, new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    void pump(Socket from, Socket to, ByteArrayOutputStream kept) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[16_384];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          kept.write(buffer, 0, read);
          out.write(buffer, 0, read);
        }
      } catch (IOException cut) {
        // A cut on one side is a cut on the other.
      }
      hangUp();
    }

    void hangUp() {
      quietly(client);
      quietly(server);
    }
  }
}
