package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Territories in the shape of version 8, and nothing beside it: no status, no flag, the parent by
 * {@code reporting_to}. Zoho's schema allows no further member.
 */
final class V8Lists {

  private V8Lists() {}

  static ApiAnswer territories(List<Listed> all, Map<String, String> query) {
    Map<String, String> names = names(all);
    return Pages.of(all, query, (node, listed) -> territory(node, listed, names));
  }

  /** 204 where there is no territory of that id. */
  static ApiAnswer territory(List<Listed> all, String id) {
    ObjectNode body = Json.mapper().createObjectNode();
    for (Listed listed : all) {
      if (listed.id().equals(id)) {
        territory(body.putArray("territories").addObject(), listed, names(all));
        return new ApiAnswer(200, body);
      }
    }
    return ApiAnswer.EMPTY;
  }

  /** The API user made and changed everything here, as far as a sandbox can tell. */
  private static void territory(ObjectNode node, Listed listed, Map<String, String> names) {
    Instant created = listed.createdAt();
    if (created != null) {
      node.put("created_time", created.toString()).put("modified_time", created.toString());
    }
    node.put("permission_type", "read_write_delete");
    manager(node, listed.manager());
    node.put("api_name", listed.name().replaceAll("[^A-Za-z0-9]+", "_"));
    node.put("name", listed.name()).putNull("description");
    node.put("id", listed.id());
    String parent = listed.parentId();
    if (parent == null) {
      node.putNull("reporting_to");
    } else {
      node.putObject("reporting_to").put("name", names.getOrDefault(parent, "")).put("id", parent);
    }
  }

  private static void manager(ObjectNode node, @Nullable String manager) {
    if (manager == null) {
      node.putNull("manager");
    } else {
      node.putObject("manager").put("name", manager).put("id", userId(manager));
    }
  }

  /** The model knows managers by name alone; one name is one id, and never the API user's. */
  private static String userId(String name) {
    return "3652397000007" + String.format("%010d", name.hashCode() & 0xffffffffL);
  }

  private static Map<String, String> names(List<Listed> all) {
    Map<String, String> names = new HashMap<>();
    all.forEach(listed -> names.put(listed.id(), listed.name()));
    return names;
  }
}
