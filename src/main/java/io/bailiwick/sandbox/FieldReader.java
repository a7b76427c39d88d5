package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one record of a call, as far as the module has them: a field it does not know is
 * left out in silence, as is widely reported of Zoho. A value of a wrong type is an error.
 */
final class FieldReader {

  private final SandboxModel model;
  private final String module;

  FieldReader(SandboxModel model, String module) {
    this.model = model;
    this.module = module;
  }

  /** What was read; {@code wrong} is null where nothing is wrong. */
  record Read(Map<String, JsonNode> fields, @Nullable Item wrong) {}

  /** {@code whole} is true of a new record, which needs every mandatory field. */
  Read read(Place place, boolean whole) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    List<ObjectNode> errors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : place.node().properties()) {
      Field field = model.fields().find(module, member.getKey());
      if (field != null) {
        ObjectNode error = error(place, field, member.getValue());
        if (error == null) {
          fields.put(field.name(), member.getValue());
        } else {
          errors.add(error);
        }
      }
    }
    for (Field field : model.fields().all(module)) {
      boolean given = place.node().hasNonNull(field.name());
      boolean cleared = !whole && place.node().has(field.name()) && !given;
      if (field.mandatory() && !given && (whole || cleared)) {
        errors.add(Item.missing(place.at(field.name())).node());
      }
    }
    return new Read(fields, item(errors));
  }

  private @Nullable ObjectNode error(Place place, Field field, JsonNode value) {
    ObjectNode details = place.at(field.name());
    if (!field.takes(value)) {
      details.put("expected_data_type", field.type().word());
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    if (field.tooLong(value)) {
      details.put("maximum_length", field.length());
      return ApiAnswer.errorNode("INVALID_DATA", "invalid data", details);
    }
    if (field.type() == Field.Type.OWNER && !value.isNull()) {
      String id = value.isTextual() ? value.textValue() : value.path("id").asText();
      return People.find(model.people(), id) == null
          ? Item.invalidId(place.at("id", field.name() + ".id")).node()
          : null;
    }
    return null;
  }

  /** Several errors of one record come wrapped; the text is Zoho's, from memory. */
  private static @Nullable Item item(List<ObjectNode> errors) {
    if (errors.isEmpty()) {
      return null;
    }
    if (errors.size() == 1) {
      return new Item(400, errors.get(0));
    }
    ObjectNode details = Json.mapper().createObjectNode();
    details.putArray("errors").addAll(errors);
    return Item.error(400, "MULTIPLE_OR_MULTI_ERRORS", "Multiple or multi errors", details);
  }
}
