package io.bailiwick.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bailiwick.json.Json;
import java.io.IOException;

/** How many records a call brings to insert, update or upsert, read in one pass without a tree. */
final class Weight {

  private Weight() {}

  /** 0 of every other call, and of a body that is not understood. */
  static int of(String method, String path, byte[] body) {
    boolean write = method.equals("PUT") || method.equals("POST");
    if (!write || path.contains("/actions/")) {
      return 0;
    }
    try (JsonParser parser = Json.mapper().getFactory().createParser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? records(parser) : 0;
    } catch (IOException notJson) {
      return 0;
    }
  }

  private static int records(JsonParser parser) throws IOException {
    int records = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean data = parser.currentName().equals("data");
      boolean list = parser.nextToken() == JsonToken.START_ARRAY;
      if (data && list) {
        while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
          records++;
          parser.skipChildren();
        }
      } else {
        parser.skipChildren();
      }
    }
    return records;
  }
}
