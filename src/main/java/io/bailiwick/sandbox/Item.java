package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import java.util.List;

/** What became of one record of a call, and the status it would have alone. */
record Item(int status, ObjectNode node) {

  static Item success(int status, String code, String message, ObjectNode details) {
    ObjectNode node = Json.mapper().createObjectNode().put("code", code);
    node.set("details", details);
    return new Item(status, node.put("message", message).put("status", "success"));
  }

  static Item error(int status, String code, String message, ObjectNode details) {
    return new Item(status, ApiAnswer.errorNode(code, message, details));
  }

  static Item missing(ObjectNode details) {
    return error(400, "MANDATORY_NOT_FOUND", "required field not found", details);
  }

  static Item invalidId(ObjectNode details) {
    return error(400, "INVALID_DATA", "the id given seems to be invalid", details);
  }

  /** Whether the record was written, or will be. */
  boolean good() {
    return status < 300;
  }

  /** All of a call: 207 where they do not all end alike. */
  static ApiAnswer answer(List<Item> items) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode data = body.putArray("data");
    items.forEach(item -> data.add(item.node()));
    long statuses = items.stream().mapToInt(Item::status).distinct().count();
    boolean allGood = items.stream().allMatch(Item::good);
    int mixed = allGood ? 200 : 207;
    return new ApiAnswer(statuses == 1 ? items.get(0).status() : mixed, body);
  }
}
