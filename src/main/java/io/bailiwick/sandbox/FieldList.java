package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;

/**
 * The answer to {@code settings/fields}: what Zoho's own libraries need to know of a field before
 * they write a record. {@code Territories} is no custom field, else they refuse it by themselves.
 */
final class FieldList {

  private static final long FIRST = 3_652_397_000_000_002_001L;

  private FieldList() {}

  static ApiAnswer of(Fields fields, String module) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode list = body.putArray("fields");
    for (Field field : fields.all(module)) {
      ObjectNode node = node(list, field.name(), field.type().word(), field.type().json());
      node.put("system_mandatory", field.mandatory()).put("custom_field", field.custom());
      if (field.length() > 0) {
        node.put("length", field.length());
      }
      node.put("read_only", false).put("field_read_only", false);
      ObjectNode unique = node.putObject("unique");
      if (field.unique() && field.custom()) {
        unique.put("casesensitive", false);
      }
    }
    for (String name : new String[] {"Created_Time", "Modified_Time", "Last_Activity_Time"}) {
      readOnly(node(list, name, Field.Type.DATETIME.word(), Field.Type.DATETIME.json()));
    }
    readOnly(node(list, "Territories", "multiselectlookup", "jsonarray"));
    return new ApiAnswer(200, body);
  }

  private static void readOnly(ObjectNode node) {
    node.put("system_mandatory", false).put("custom_field", false);
    node.put("read_only", true).put("field_read_only", true).putObject("unique");
  }

  private static ObjectNode node(ArrayNode list, String name, String type, String json) {
    ObjectNode node = list.addObject().put("id", Long.toString(FIRST + list.size()));
    String label = name.replace('_', ' ');
    node.put("api_name", name).put("field_label", label).put("display_label", label);
    node.put("data_type", type).put("json_type", json).put("visible", true);
    node.putArray("pick_list_values");
    return node;
  }
}
