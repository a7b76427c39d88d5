package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Whose a record is: {@code POST {module}/{id}/actions/change_owner}, with the codes, texts and
 * places of Zoho's description of it. An owner is an active user of the organisation.
 */
final class OwnerWrites {

  private final SandboxModel model;

  OwnerWrites(SandboxModel model) {
    this.model = model;
  }

  ApiAnswer change(ApiCall call, String module, String id) {
    JsonNode owner;
    try {
      owner = Json.read(call.body()).path("owner");
    } catch (IOException notJson) {
      return ApiAnswer.error(400, "INVALID_DATA", "body is not in expected format");
    }
    if (owner.path("id").isMissingNode()) {
      return wrong("MANDATORY_NOT_FOUND", "required field not found", "$.owner");
    }
    if (model.record(module, id) == null) {
      return ApiAnswer.recordIdInvalid();
    }
    ErrorRow provoked = model.provoked(call.path(), id);
    if (provoked != null) {
      return Item.answer(List.of(provoked.item(0, id)));
    }
    People.User user = People.find(model.people(), owner.path("id").asText());
    if (user == null || !user.active()) {
      return wrong("INVALID_DATA", "Invalid data provided", "$.owner.id");
    }
    ObjectNode value = Json.mapper().createObjectNode();
    value.put("name", user.name()).put("id", user.id());
    model.write(new Wish(call.path(), module, id, false, null, Map.of("Owner", value), null));
    ObjectNode details = Json.mapper().createObjectNode().put("id", id);
    return Item.answer(
        List.of(Item.success(200, "SUCCESS", "owner is successfully updated", details)));
  }

  private static ApiAnswer wrong(String code, String message, String place) {
    ObjectNode details =
        Json.mapper().createObjectNode().put("api_name", "owner").put("json_path", place);
    return ApiAnswer.error(400, code, message, details);
  }
}
