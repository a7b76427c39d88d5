package io.bailiwick.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a table, with what its beginning tells: UTF-8, or UTF-16 where it begins so, and
 * which of comma, semicolon, tab and bar separates the cells of its first line.
 */
public record TableText(Reader text, char separator) {

  private static final int BEGINNING = 1 << 16;
  private static final String SEPARATORS = ",;\t|";

  /** Reads the beginning; the rest is read by whoever reads {@code text}. */
  public static TableText of(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, BEGINNING);
    buffered.mark(BEGINNING);
    byte[] beginning = buffered.readNBytes(BEGINNING);
    buffered.reset();
    Charset charset = StandardCharsets.UTF_8;
    int mark = 0;
    if (begins(beginning, 0xEF, 0xBB, 0xBF)) {
      mark = 3;
    } else if (begins(beginning, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (begins(beginning, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    }
    buffered.skipNBytes(mark);
    String start = new String(beginning, mark, beginning.length - mark, charset);
    return new TableText(new InputStreamReader(buffered, charset), separator(start));
  }

  private static boolean begins(byte[] bytes, int... mark) {
    return bytes.length >= mark.length
        && Arrays.equals(
            mark,
            java.util.stream.IntStream.range(0, mark.length).map(i -> bytes[i] & 0xFF).toArray());
  }

  /** The one that stands most often outside quotes in the first line that is not blank. */
  private static char separator(String start) {
    int[] counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    for (char c : start.stripLeading().toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted && SEPARATORS.indexOf(c) >= 0) {
        counts[SEPARATORS.indexOf(c)]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return SEPARATORS.charAt(most);
  }
}
