package io.bailiwick.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bare connection to a server of this machine: bytes as they are, and what comes back. */
final class RawSocket implements AutoCloseable {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

  /** How long an answer may take before it counts as a hang, in milliseconds. */
  private static final int PATIENCE = 15_000;

  private final Socket socket;

  RawSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    socket.setTcpNoDelay(true);
  }

  /** The statuses of the answers, and whether the server ended the connection in time. */
  record Heard(List<Integer> statuses, boolean closed, String text) {}

  /** False where the server has cut it. */
  boolean send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  void endOfInput() throws IOException {
    socket.shutdownOutput();
  }

  /** All that comes until the server closes, or says nothing for so many milliseconds. */
  Heard hear(int quiet) throws IOException {
    var all = new ByteArrayOutputStream();
    boolean closed = true;
    try {
      socket.setSoTimeout(quiet);
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8_192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        all.write(buffer, 0, read);
      }
    } catch (SocketTimeoutException silence) {
      closed = false;
    } catch (SocketException cut) {
      // Reset is closed, too.
    }
    String text = all.toString(StandardCharsets.ISO_8859_1);
    List<Integer> statuses = new ArrayList<>();
    Matcher status = STATUS.matcher(text);
    while (status.find()) {
      statuses.add(Integer.parseInt(status.group(1)));
    }
    return new Heard(statuses, closed, text);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
