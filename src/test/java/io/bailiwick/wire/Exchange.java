package io.bailiwick.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One call and its answer as they went over the wire.
 *
 * @param answer null where none came, or not whole
 */
public record Exchange(Message call, Message answer) {

  /** The first line, the headers in lower case, and the body. */
  public record Message(String first, Map<String, String> headers, String body) {

    /** The word at that place of the first line. */
    public String word(int index) {
      return first.split(" ", 3)[index];
    }
  }

  /** Of one connection: the calls in their order, each with its answer. */
  static List<Exchange> of(byte[] up, byte[] down) {
    List<Message> calls = messages(up);
    List<Message> answers = messages(down);
    List<Exchange> all = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      all.add(new Exchange(calls.get(i), i < answers.size() ? answers.get(i) : null));
    }
    return all;
  }

  private static List<Message> messages(byte[] bytes) {
    List<Message> all = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = endOfHead(bytes, at);
      if (end < 0) {
        return all;
      }
      String[] lines = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1).split("\r\n");
      Map<String, String> headers = new TreeMap<>();
      for (String line : Arrays.asList(lines).subList(1, lines.length)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      if (headers.containsKey("transfer-encoding")) {
        throw new AssertionError("a body in chunks is not read here: " + lines[0]);
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      int body = end + 4;
      if (body + length > bytes.length) {
        return all;
      }
      String text = new String(bytes, body, length, StandardCharsets.UTF_8);
      all.add(new Message(lines[0], headers, text));
      at = body + length;
    }
  }

  /** Where the blank line begins; below zero where it has not come. */
  private static int endOfHead(byte[] bytes, int from) {
    for (int i = from; i + 3 < bytes.length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
