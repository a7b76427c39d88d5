package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;

/** One element of a call's {@code data} and where it stands. */
record Place(JsonNode node, int index) {

  /** The details of an error about a member, by its path below the element. */
  ObjectNode at(String name, String rest) {
    return Json.mapper()
        .createObjectNode()
        .put("api_name", name)
        .put("json_path", "$.data[" + index + "]." + rest);
  }

  ObjectNode at(String name) {
    return at(name, name);
  }
}
