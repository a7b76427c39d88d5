package io.bailiwick.bench.crm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The records' territories, and the answers to their writing: the seed contract's for one record,
 * an item a record for several. A territory that there is not is refused as the sandbox does.
 */
final class Writes {

  /** A status and its body. */
  record Said(int status, String body) {}

  private static final String INVALID = "\"message\":\"invalid territory id\"";
  private static final JsonFactory JSON = new JsonFactory();

  // By id; the value is the territory's only copy, so a million records cost little.
  private final Map<Long, String> written = new HashMap<>();
  private final Map<String, String> territories;
  private long writes;
  private long newestAtMillis;

  Writes(Iterable<String> territories) {
    this.territories = new HashMap<>();
    territories.forEach(id -> this.territories.put(id, id));
  }

  Said one(String id, byte[] body) throws IOException {
    String territory = null;
    try (JsonParser parser = JSON.createParser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("Territory")) {
          territory = parser.nextTextValue();
        }
      }
    }
    return write(id, territory)
        ? new Said(200, "{\"data\":[" + success(id) + "]}")
        : new Said(
            400,
            "{\"code\":\"INVALID_DATA\",\"details\":{\"api_name\":\"Territory\"}," + INVALID + "}");
  }

  Said several(byte[] body) throws IOException {
    var answer = new StringBuilder("{\"data\":[");
    boolean all = true;
    String id = null;
    String territory = null;
    try (JsonParser parser = JSON.createParser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          id = name.equals("id") ? parser.nextTextValue() : id;
          territory = name.equals("Territory") ? parser.nextTextValue() : territory;
        } else if (parser.currentToken() == JsonToken.END_OBJECT && id != null) {
          boolean right = write(id, territory);
          all &= right;
          answer.append(answer.length() == 9 ? "" : ",").append(right ? success(id) : refusal(id));
          id = null;
          territory = null;
        }
      }
    }
    return new Said(all ? 200 : 207, answer.append("]}").toString());
  }

  /** The records as they stand; without a territory where none was written. */
  Said shown(String[] ids) {
    var answer = new StringBuilder("{\"data\":[");
    for (String id : ids) {
      String territory = written.get(Long.parseLong(id));
      answer
          .append(answer.length() == 9 ? "" : ",")
          .append("{\"id\":\"" + id + "\",\"Territory\":")
          .append(territory == null ? "null}" : "\"" + territory + "\"}");
    }
    return new Said(200, answer.append("]}").toString());
  }

  /** What was written so far. */
  Written told() {
    return new Written(writes, written.size(), newestAtMillis);
  }

  private boolean write(String id, @Nullable String territory) {
    String known = territories.get(territory);
    if (known == null) {
      return false;
    }
    writes++;
    if (written.put(Long.parseLong(id), known) == null) {
      newestAtMillis = System.currentTimeMillis();
    }
    return true;
  }

  private static String success(String id) {
    return "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
        + id
        + "\"},\"message\":\"record updated\",\"status\":\"success\"}";
  }

  private static String refusal(String id) {
    return "{\"code\":\"INVALID_DATA\",\"details\":{\"api_name\":\"Territory\",\"id\":\""
        + id
        + "\"},"
        + INVALID
        + ",\"status\":\"error\"}";
  }
}
