package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The body of a write: its records, and what it says beside them; or why it is refused. */
final class Body {

  private static final Set<String> TRIGGERS =
      Set.of("approval", "workflow", "blueprint", "pathfinder", "orchestration");
  private static final List<String> OPTIONS =
      List.of(
          "trigger",
          "apply_feature_execution",
          "skip_feature_execution",
          "duplicate_check_fields",
          "lar_id");

  private final JsonNode root;

  private Body(JsonNode root) {
    this.root = root;
  }

  /** A body that is no object has no records. */
  static Body of(ApiCall call) {
    try {
      return new Body(Json.read(call.body()));
    } catch (IOException notJson) {
      return new Body(Json.mapper().missingNode());
    }
  }

  /** Whether it is one record itself, as in the seed contract, and not a list of them. */
  boolean bare() {
    return root.isObject() && !root.isEmpty() && !root.has("data");
  }

  /** That one record. */
  Place whole() {
    return new Place(root, 0);
  }

  /** Why it is refused as a whole; null where it is not. */
  @Nullable
  ApiAnswer refusal(int most) {
    if (!root.isObject()) {
      return ClassicWrites.notAnObject();
    }
    ApiAnswer refusal = ClassicWrites.badData(root, most);
    return refusal == null ? optionsRefused() : refusal;
  }

  List<Place> records() {
    List<Place> records = new ArrayList<>();
    JsonNode data = root.path("data");
    for (int i = 0; i < data.size(); i++) {
      records.add(new Place(data.get(i), i));
    }
    return records;
  }

  JsonNode option(String name) {
    return root.path(name);
  }

  /** What it says beside its records; null where it says nothing. */
  @Nullable
  ObjectNode options() {
    ObjectNode said = Json.mapper().createObjectNode();
    for (String name : OPTIONS) {
      if (root.has(name)) {
        said.set(name, root.get(name));
      }
    }
    return said.isEmpty() ? null : said;
  }

  private @Nullable ApiAnswer optionsRefused() {
    JsonNode trigger = root.path("trigger");
    if (!trigger.isMissingNode() && !words(trigger)) {
      return wrong("trigger", "jsonarray");
    }
    for (String feature : List.of("apply_feature_execution", "skip_feature_execution")) {
      JsonNode list = root.path(feature);
      if (!list.isMissingNode() && !(list.isArray() && named(list))) {
        return wrong(feature, "jsonarray");
      }
    }
    JsonNode rule = root.path("lar_id");
    boolean id = rule.isMissingNode() || rule.asText().matches("[0-9]{1,20}");
    return id ? null : wrong("lar_id", "bigint");
  }

  private static boolean words(JsonNode list) {
    for (JsonNode word : list) {
      if (!TRIGGERS.contains(word.asText())) {
        return false;
      }
    }
    return list.isArray();
  }

  private static boolean named(JsonNode list) {
    for (JsonNode feature : list) {
      if (!feature.path("name").isTextual()) {
        return false;
      }
    }
    return true;
  }

  private static ApiAnswer wrong(String name, String type) {
    ObjectNode details = Json.mapper().createObjectNode();
    details.put("expected_data_type", type).put("api_name", name).put("json_path", "$." + name);
    return ApiAnswer.error(400, "INVALID_DATA", "invalid data", details);
  }
}
