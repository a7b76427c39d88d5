package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reading of several records, {@code GET Leads?ids=1,2&fields=Territory}: those of a hundred
 * ids that exist (Zoho's page on getting records). A list without {@code ids} is not served.
 */
final class RecordLists {

  private RecordLists() {}

  /** {@code one} answers the reading of one record. */
  static ApiAnswer of(ApiCall call, Function<String, ApiAnswer> one) {
    String ids = call.query().getOrDefault("ids", "");
    List<String> all = List.of(ids.split(",", -1));
    if (all.contains("") || all.size() > RecordWrites.MAX_RECORDS) {
      return Pages.wrong("ids");
    }
    Set<String> fields =
        Stream.of(call.query().getOrDefault("fields", "").split(","))
            .filter(field -> !field.isEmpty())
            .collect(Collectors.toSet());
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode data = body.putArray("data");
    for (String id : all) {
      JsonNode found = one.apply(id).body();
      if (found != null) {
        data.add(only((ObjectNode) found.get("data").get(0), fields));
      }
    }
    body.putObject("info")
        .put("per_page", 200)
        .put("count", data.size())
        .put("page", 1)
        .put("more_records", false);
    return data.isEmpty() ? ApiAnswer.EMPTY : new ApiAnswer(200, body);
  }

  /** All where none are named; the id is always there. */
  private static ObjectNode only(ObjectNode record, Set<String> fields) {
    if (!fields.isEmpty()) {
      record.retain(Stream.concat(Stream.of("id"), fields.stream()).toList());
    }
    return record;
  }
}
