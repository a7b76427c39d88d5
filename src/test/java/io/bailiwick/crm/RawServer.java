package io.bailiwick.crm;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of bare sockets that misbehaves as a test says. */
final class RawServer implements AutoCloseable {

  /** What is done with one connection; what it throws ends the connection. */
  interface Manners {
    void with(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Manners manners;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final CompletableFuture<Long> ended = new CompletableFuture<>();

  RawServer(Manners manners) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.manners = manners;
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Requests that were read. */
  int requests() {
    return requests.get();
  }

  /** Completes with the bytes written when the client has closed its side. */
  CompletableFuture<Long> ended() {
    return ended;
  }

  /** Reads the head and as many bytes of body as it announces. */
  void readRequest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed before a request came");
      }
      head.append((char) next);
    }
    String text = head.toString().toLowerCase(java.util.Locale.ROOT);
    int at = text.indexOf("content-length: ");
    if (at >= 0) {
      in.readNBytes(Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at))));
    }
    requests.incrementAndGet();
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Closes with a reset instead of an orderly end. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Writes a chunk again and again until the client is gone. */
  void writeForEver(Socket socket, byte[] chunk) {
    long written = 0;
    try {
      while (true) {
        socket.getOutputStream().write(chunk);
        written += chunk.length;
      }
    } catch (IOException gone) {
      ended.complete(written);
    }
  }

  /** Waits until the client closes. */
  void awaitEnd(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // Whatever still comes is of no interest.
      }
    } catch (IOException reset) {
      // As good as closed.
    }
    ended.complete(0L);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      manners.with(socket);
    } catch (IOException ended) {
      // Part of the game.
    }
  }
}
