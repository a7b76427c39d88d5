package io.bailiwick.replay.leads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.bailiwick.json.Json;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** One JSON object a line; a line that is none says so and the next is read. */
final class NdjsonRows implements RowReader {

  private static final int BUFFER = 1 << 16;

  private final String file;
  private final InputStream in;
  private final JsonElements elements;
  private final ObjectReader reader = Json.mapper().reader();
  private byte[] line = new byte[BUFFER];
  private int length;
  private boolean tooLong;
  private long number = 1;

  NdjsonRows(String file, InputStream in, SourceMapping mapping) {
    this.file = file;
    this.in = in;
    this.elements = new JsonElements(mapping);
  }

  @Override
  public void read(Tally tally) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int read;
    try {
      while ((read = in.read(buffer)) >= 0) {
        take(buffer, read, tally);
      }
    } catch (IOException e) {
      throw new Broken(file + ":" + number, "the file cannot be read on: " + e.getMessage(), e);
    }
    if (length > 0 || tooLong) {
      endLine(tally);
    }
  }

  private void take(byte[] buffer, int read, Tally tally) {
    int from = 0;
    for (int i = 0; i < read; i++) {
      if (buffer[i] == '\n') {
        append(buffer, from, i);
        endLine(tally);
        from = i + 1;
      }
    }
    append(buffer, from, read);
  }

  private void append(byte[] buffer, int from, int to) {
    int more = to - from;
    if (tooLong || length + more > LeadFiles.MAX_ROW) {
      tooLong = true;
      return;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(line.length * 2, length + more));
    }
    System.arraycopy(buffer, from, line, length, more);
    length += more;
  }

  private void endLine(Tally tally) {
    String place = file + ":" + number;
    if (tooLong) {
      tally.unread(place, Unread.TOO_LONG, "longer than " + LeadFiles.MAX_ROW + " bytes");
    } else if (!blank()) {
      JsonNode node = parse(place, tally);
      if (node != null) {
        elements.add(place, node, null, tally);
      }
    }
    length = 0;
    tooLong = false;
    number++;
  }

  private @Nullable JsonNode parse(String place, Tally tally) {
    int mark = number == 1 && length >= 3 && (line[0] & 0xFF) == 0xEF ? 3 : 0;
    try {
      return reader.readTree(line, mark, length - mark);
    } catch (JsonProcessingException e) {
      tally.unread(place, Unread.NOT_JSON, e.getOriginalMessage());
    } catch (IOException e) {
      // Bytes in memory do not break; what is not UTF-8 comes as this.
      tally.unread(place, Unread.NOT_UTF8, "the line is not UTF-8");
    }
    return null;
  }

  private boolean blank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
