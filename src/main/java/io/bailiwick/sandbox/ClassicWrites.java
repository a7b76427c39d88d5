package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;

/**
 * The writes of the classic dialect. {@code {"Territory":"…"}} is the seed contract's form and is
 * answered at the top level where it fails; {@code {"data":[…]}} is Zoho's, and is answered item by
 * item. An unknown field is ignored with SUCCESS, as is widely reported of Zoho.
 */
final class ClassicWrites {

  /** Records in one call (Zoho's update-records page). */
  static final int MAX_RECORDS = 100;

  private final SandboxModel model;

  ClassicWrites(SandboxModel model) {
    this.model = model;
  }

  ApiAnswer single(ApiCall call, String module, String id) {
    JsonNode body = object(call.body());
    if (body == null) {
      return notAnObject();
    }
    if (!body.has("data")) {
      if (body.isEmpty()) {
        return missingData();
      }
      ObjectNode item = item(call, module, id, body);
      return succeeded(item) ? new ApiAnswer(200, data(item)) : plainError(item);
    }
    ApiAnswer refusal = badData(body, 1);
    if (refusal != null) {
      return refusal;
    }
    ObjectNode item = item(call, module, id, body.get("data").get(0));
    if (recordUnknown(item)) {
      return plainError(item);
    }
    return new ApiAnswer(succeeded(item) ? 200 : 400, data(item));
  }

  /** 200 where every record was written, else 207; one item a record, in the order given. */
  ApiAnswer bulk(ApiCall call, String module) {
    JsonNode body = object(call.body());
    if (body == null) {
      return notAnObject();
    }
    ApiAnswer refusal = badData(body, MAX_RECORDS);
    if (refusal != null) {
      return refusal;
    }
    ArrayNode items = Json.mapper().createArrayNode();
    boolean all = true;
    for (int i = 0; i < body.get("data").size(); i++) {
      ObjectNode item = bulkItem(call, module, body.get("data").get(i), i);
      all &= succeeded(item);
      items.add(item);
    }
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.set("data", items);
    return new ApiAnswer(all ? 200 : 207, answer);
  }

  private ObjectNode bulkItem(ApiCall call, String module, JsonNode record, int index) {
    JsonNode id = record.path("id");
    String place = "$.data[" + index + "].id";
    if (id.isMissingNode() || id.isNull()) {
      return ApiAnswer.errorNode(
          "MANDATORY_NOT_FOUND", "required field not found", at("id", place));
    }
    if (!id.isTextual() && !id.isIntegralNumber()) {
      ObjectNode details = at("id", place).put("expected_data_type", "bigint");
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    ObjectNode item = item(call, module, id.asText(), record);
    if (recordUnknown(item)) {
      item =
          ApiAnswer.errorNode("INVALID_DATA", "the id given seems to be invalid", at("id", place));
    }
    ((ObjectNode) item.get("details")).put("id", id.asText());
    return item;
  }

  /** Writes one record; the item says what became of it, without the record's id where it fails. */
  private ObjectNode item(ApiCall call, String module, String id, JsonNode record) {
    if (!record.isObject()) {
      ObjectNode details = object("expected_data_type", "jsonobject");
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    JsonNode territory = record.path("Territory");
    boolean named = !territory.isMissingNode();
    if (named && !territory.isTextual() && !territory.isNull()) {
      ObjectNode details = object("expected_data_type", "text").put("api_name", "Territory");
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    var wish = new SandboxModel.Wish(call.path(), module, id, named, territory.textValue());
    return switch (model.write(wish)) {
      case WRITTEN, IGNORED -> success(id);
      case INVALID_TERRITORY -> {
        ObjectNode details = object("api_name", "Territory");
        yield ApiAnswer.errorNode("INVALID_DATA", "invalid territory id", details);
      }
      case REMOVED, SCHEDULED, ALREADY_SCHEDULED, ALREADY_THERE, TOO_MANY, LOCKED ->
          throw new IllegalStateException("no verdict on a classic write");
      case UNKNOWN_RECORD, UNKNOWN_MODULE -> {
        ObjectNode details = Json.mapper().createObjectNode().put("resource_path_index", 1);
        yield ApiAnswer.errorNode(
            "INVALID_DATA", "The record Id given seems to be invalid", details);
      }
    };
  }

  private static ObjectNode success(String id) {
    ObjectNode item = Json.mapper().createObjectNode().put("code", "SUCCESS");
    item.putObject("details").put("id", id);
    return item.put("message", "record updated").put("status", "success");
  }

  private static boolean succeeded(ObjectNode item) {
    return item.path("code").asText().equals("SUCCESS");
  }

  private static boolean recordUnknown(ObjectNode item) {
    return item.path("details").has("resource_path_index");
  }

  /** The seed contract's error body has code, details and message, and no status. */
  private static ApiAnswer plainError(ObjectNode item) {
    if (item.path("details").path("api_name").asText().equals("Territory")) {
      item.remove("status");
    }
    return new ApiAnswer(400, item);
  }

  private static ObjectNode data(ObjectNode item) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("data").add(item);
    return body;
  }

  private static @Nullable JsonNode object(byte[] body) {
    try {
      JsonNode node = Json.read(body);
      return node.isObject() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }

  static @Nullable ApiAnswer badData(JsonNode body, int most) {
    JsonNode data = body.path("data");
    if (data.isMissingNode()) {
      return missingData();
    }
    if (!data.isArray()) {
      ObjectNode details = object("expected_data_type", "jsonarray").put("api_name", "data");
      return ApiAnswer.error(400, "INVALID_DATA", "invalid data", details);
    }
    if (data.isEmpty()) {
      return missingData();
    }
    if (data.size() > most) {
      ObjectNode details = object("api_name", "data").put("maximum_length", most);
      String message = "count of records in your request exceeds the limit";
      return ApiAnswer.error(400, "LIMIT_EXCEEDED", message, details);
    }
    return null;
  }

  private static ApiAnswer missingData() {
    ObjectNode details = object("api_name", "data");
    return ApiAnswer.error(400, "MANDATORY_NOT_FOUND", "required field not found", details);
  }

  /** The text is Zoho's, from memory. */
  static ApiAnswer notAnObject() {
    ObjectNode details = object("expected_data_type", "jsonobject");
    return ApiAnswer.error(400, "INVALID_DATA", "body", details);
  }

  private static ObjectNode at(String name, String place) {
    return object("api_name", name).put("json_path", place);
  }

  private static ObjectNode object(String name, String value) {
    return Json.mapper().createObjectNode().put(name, value);
  }
}
