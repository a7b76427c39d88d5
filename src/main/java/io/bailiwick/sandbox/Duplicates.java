package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which record has a value in a field by which duplicates are found; the last written wins. */
final class Duplicates {

  private record Key(String module, String field, String value) {}

  private final Map<Key, String> ids = new HashMap<>();

  @Nullable
  String find(String module, String field, JsonNode value) {
    return value.isNull() ? null : ids.get(key(module, field, value));
  }

  void put(String module, Map<String, JsonNode> fields, String id) {
    fields.forEach(
        (field, value) -> {
          if (value.isTextual()) {
            ids.put(key(module, field, value), id);
          }
        });
  }

  void remove(String module, Map<String, JsonNode> fields, String id) {
    fields.forEach((field, value) -> ids.remove(key(module, field, value), id));
  }

  private static Key key(String module, String field, JsonNode value) {
    return new Key(module, field, value.asText().toLowerCase(Locale.ROOT));
  }
}
