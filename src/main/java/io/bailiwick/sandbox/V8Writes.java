package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Placing.Placed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The actions on the territories of records, with the codes, texts and places that Zoho documents.
 * An error item has the place of its cause in the request, and not the record's id.
 */
final class V8Writes {

  /** Records in one call: of the two figures that Zoho's pages give, the smaller. */
  static final int MAX_RECORDS = 10;

  private final SandboxModel model;

  V8Writes(SandboxModel model) {
    this.model = model;
  }

  /** An item, and the status it would have alone. */
  private record Item(int status, ObjectNode node) {}

  ApiAnswer single(ApiCall call, String module, String id) {
    ArrayNode data = Json.mapper().createArrayNode();
    ApiAnswer refusal = read(call, 1, data);
    if (refusal != null) {
      return refusal;
    }
    if (model.record(module, id) == null) {
      ObjectNode details = Json.mapper().createObjectNode().put("resource_path_index", 1);
      String message = "The record Id given seems to be invalid";
      return ApiAnswer.error(400, "INVALID_DATA", message, details);
    }
    return answer(List.of(item(call, module, id, new Place(data.get(0), 0))));
  }

  /** One item a record; 207 where they do not all end alike. */
  ApiAnswer bulk(ApiCall call, String module) {
    ArrayNode data = Json.mapper().createArrayNode();
    ApiAnswer refusal = read(call, MAX_RECORDS, data);
    if (refusal != null) {
      return refusal;
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      items.add(bulkItem(call, module, new Place(data.get(i), i)));
    }
    return answer(items);
  }

  /** One element of {@code data} and where it stands. */
  private record Place(JsonNode node, int index) {

    ObjectNode at(String name, String rest) {
      return Json.mapper()
          .createObjectNode()
          .put("api_name", name)
          .put("json_path", "$.data[" + index + "]." + rest);
    }
  }

  private Item bulkItem(ApiCall call, String module, Place place) {
    JsonNode id = place.node().path("id");
    if (id.isMissingNode() || id.isNull()) {
      return missing(place.at("id", "id"));
    }
    if (!id.isTextual() || model.record(module, id.textValue()) == null) {
      return invalidId(place.at("id", "id"));
    }
    return item(call, module, id.textValue(), place);
  }

  private Item item(ApiCall call, String module, String id, Place place) {
    JsonNode list = place.node().path("Territories");
    if (!list.isArray() || list.isEmpty()) {
      return missing(place.at("Territories", "Territories"));
    }
    Set<String> ids = new LinkedHashSet<>();
    for (int j = 0; j < list.size(); j++) {
      JsonNode territory = list.get(j).path("id");
      String at = "Territories[" + j + "].id";
      if (territory.isMissingNode() || territory.isNull()) {
        return missing(place.at("id", at));
      }
      if (!ids.add(territory.asText())) {
        return error(400, "ALREADY_USED", "duplicate territory id found", place.at("id", at));
      }
    }
    var placing = new Placing(call.path(), module, id, List.copyOf(ids), removal(call));
    return told(model.place(placing), id, place);
  }

  private static boolean removal(ApiCall call) {
    return call.segments().get(call.segments().size() - 1).equals(V8Dialect.REMOVE);
  }

  private static Item told(Placed placed, String id, Place place) {
    ObjectNode at = place.at("id", "Territories[" + placed.at() + "].id");
    return switch (placed.verdict()) {
      case WRITTEN, REMOVED, IGNORED ->
          success(200, "SUCCESS", "the territories data updated successfully", id, placed.job());
      case SCHEDULED ->
          success(
              202,
              "SCHEDULED",
              "Territory assignment process scheduled successfully",
              id,
              placed.job());
      case ALREADY_SCHEDULED ->
          error(400, "ALREADY_SCHEDULED", "a territory job is already scheduled", of(id));
      case ALREADY_THERE ->
          error(400, "DUPLICATE_DATA", "Given Territory already exists for that record", at);
      case LOCKED ->
          error(
              400,
              "RECORD_LOCKED",
              "Sorry, you cannot perform this operation as the record is locked.",
              of(id).put("action", "record_locking"));
      case TOO_MANY ->
          error(
              400,
              "LIMIT_EXCEEDED",
              "Maximum limit of territories for that record exceeds",
              place.at("Territories", "Territories").put("limit", Placing.MOST));
      case INVALID_TERRITORY ->
          forbidden(placed.blocker())
              ? error(
                  401,
                  "NO_PERMISSION",
                  "User has no permission to assign/remove this territory",
                  place.at("id", "Territories"))
              : invalidId(at);
      case UNKNOWN_RECORD, UNKNOWN_MODULE -> invalidId(place.at("id", "id"));
    };
  }

  private static boolean forbidden(@Nullable Blocker blocker) {
    return blocker == Blocker.NOT_A_MEMBER || blocker == Blocker.NOT_PERMITTED;
  }

  private static ApiAnswer answer(List<Item> items) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode data = body.putArray("data");
    items.forEach(item -> data.add(item.node()));
    long statuses = items.stream().mapToInt(Item::status).distinct().count();
    return new ApiAnswer(statuses == 1 ? items.get(0).status() : 207, body);
  }

  private static Item success(
      int status, String code, String message, String id, @Nullable String job) {
    ObjectNode node = Json.mapper().createObjectNode().put("code", code);
    ObjectNode details = node.putObject("details").put("id", id);
    if (job != null) {
      details.put("job_id", job);
    }
    return new Item(status, node.put("message", message).put("status", "success"));
  }

  private static Item missing(ObjectNode details) {
    return error(400, "MANDATORY_NOT_FOUND", "required field not found", details);
  }

  private static Item invalidId(ObjectNode details) {
    return error(400, "INVALID_DATA", "the id given seems to be invalid", details);
  }

  private static Item error(int status, String code, String message, ObjectNode details) {
    return new Item(status, ApiAnswer.errorNode(code, message, details));
  }

  private static ObjectNode of(String id) {
    return Json.mapper().createObjectNode().put("id", id);
  }

  /** Fills {@code data}, or says why the body is refused as a whole. */
  private static @Nullable ApiAnswer read(ApiCall call, int most, ArrayNode data) {
    JsonNode body;
    try {
      body = Json.read(call.body());
    } catch (IOException notJson) {
      return ClassicWrites.notAnObject();
    }
    if (!body.isObject()) {
      return ClassicWrites.notAnObject();
    }
    ApiAnswer refusal = ClassicWrites.badData(body, most);
    if (refusal == null) {
      body.get("data").forEach(data::add);
    }
    return refusal;
  }
}
