package io.bailiwick.bench.load;

import io.bailiwick.lead.Nullable;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the answers of one connection, one at a time, however they are cut. It knows answers with a
 * Content-Length, which all that is measured here sends, and says so where one has none. By bytes:
 * texts would cost the driver as much as the rest of an answer.
 */
final class Answer {

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int SAID = 600;

  private byte @Nullable [] begun;
  private String text = "";

  /** Takes what came; the status once the answer is whole, else 0. */
  int take(Buffer part) {
    byte[] all = joined(part.getBytes());
    int body = body(all);
    int whole = body < 0 ? Integer.MAX_VALUE : body + length(all, body);
    if (all.length < whole) {
      begun = all;
      return 0;
    }
    if (all.length > whole) {
      throw new IllegalStateException("more came than one answer");
    }
    begun = null;
    int status = (all[9] - '0') * 100 + (all[10] - '0') * 10 + (all[11] - '0');
    text =
        status == 202 ? "" : new String(all, 0, Math.min(whole, SAID), StandardCharsets.ISO_8859_1);
    return status;
  }

  /** The last answer where it was no 202. */
  String text() {
    return text;
  }

  private byte[] joined(byte[] part) {
    if (begun == null) {
      return part;
    }
    byte[] all = new byte[begun.length + part.length];
    System.arraycopy(begun, 0, all, 0, begun.length);
    System.arraycopy(part, 0, all, begun.length, part.length);
    return all;
  }

  /** Where the body begins; below 0 where the head is not whole. */
  private static int body(byte[] all) {
    for (int i = 3; i < all.length; i++) {
      if (all[i] == '\n' && all[i - 1] == '\r' && all[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int length(byte[] all, int body) {
    for (int i = 0; i < body - LENGTH.length; i++) {
      if (all[i] == '\n' && named(all, i + 1)) {
        return number(all, i + 1 + LENGTH.length);
      }
    }
    throw new IllegalStateException(
        "an answer without Content-Length: " + new String(all, StandardCharsets.ISO_8859_1));
  }

  private static boolean named(byte[] all, int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      // Header names are letters in either case, a dash and a colon.
      if ((all[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] all, int at) {
    int number = 0;
    for (int i = at; all[i] != '\r'; i++) {
      if (all[i] != ' ') {
        number = number * 10 + all[i] - '0';
      }
    }
    return number;
  }
}
