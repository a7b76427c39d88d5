package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.util.List;

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
    Body body = Body.of(call);
    ErrorRow provoked = model.provoked(call.path(), id);
    if (provoked != null) {
      return Item.answer(List.of(provoked.item(0, id)));
    }
    if (body.bare()) {
      ObjectNode item = item(call, module, id, body.whole(), body);
      return succeeded(item) ? new ApiAnswer(200, data(item)) : plainError(item);
    }
    ApiAnswer refusal = body.refusal(1);
    if (refusal != null) {
      return refusal;
    }
    ObjectNode item = item(call, module, id, body.records().get(0), body);
    if (recordUnknown(item)) {
      return plainError(item);
    }
    return new ApiAnswer(succeeded(item) ? 200 : 400, data(item));
  }

  /** 200 where every record was written, else 207; one item a record, in the order given. */
  ApiAnswer bulk(ApiCall call, String module) {
    Body body = Body.of(call);
    ApiAnswer refusal = body.refusal(MAX_RECORDS);
    if (refusal != null) {
      return refusal;
    }
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode items = answer.putArray("data");
    boolean all = true;
    for (Place place : body.records()) {
      ObjectNode item = bulkItem(call, module, place, body);
      all &= succeeded(item);
      items.add(item);
    }
    return new ApiAnswer(all ? 200 : 207, answer);
  }

  private ObjectNode bulkItem(ApiCall call, String module, Place place, Body body) {
    JsonNode id = place.node().path("id");
    if (id.isMissingNode() || id.isNull()) {
      return Item.missing(place.at("id")).node();
    }
    if (!id.isTextual() && !id.isIntegralNumber()) {
      ObjectNode details = place.at("id").put("expected_data_type", "bigint");
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    ErrorRow provoked = model.provoked(call.path(), id.asText());
    ObjectNode item =
        provoked == null
            ? item(call, module, id.asText(), place, body)
            : provoked.item(place.index(), id.asText()).node();
    if (recordUnknown(item)) {
      item = Item.invalidId(place.at("id")).node();
    }
    ((ObjectNode) item.get("details")).put("id", id.asText());
    return item;
  }

  /** Writes one record; the item says what became of it, without the record's id where it fails. */
  private ObjectNode item(ApiCall call, String module, String id, Place place, Body body) {
    if (!place.node().isObject()) {
      ObjectNode details = object("expected_data_type", "jsonobject");
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    JsonNode territory = place.node().path("Territory");
    boolean named = !territory.isMissingNode();
    if (named && !territory.isTextual() && !territory.isNull()) {
      ObjectNode details = object("expected_data_type", "text").put("api_name", "Territory");
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    FieldReader.Read read = new FieldReader(model, module).read(place, false);
    if (read.wrong() != null) {
      return read.wrong().node();
    }
    String value = territory.textValue();
    return told(
        id,
        model.write(
            new Wish(call.path(), module, id, named, value, read.fields(), body.options())));
  }

  private static ObjectNode told(String id, Verdict verdict) {
    return switch (verdict) {
      case WRITTEN, UPDATED, IGNORED -> success(id);
      case INVALID_TERRITORY -> {
        ObjectNode details = object("api_name", "Territory");
        yield ApiAnswer.errorNode("INVALID_DATA", "invalid territory id", details);
      }
      case INSERTED, REMOVED, SCHEDULED, ALREADY_SCHEDULED, ALREADY_THERE, TOO_MANY, LOCKED ->
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

  private static ObjectNode object(String name, String value) {
    return Json.mapper().createObjectNode().put(name, value);
  }
}
