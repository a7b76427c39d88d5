package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lists of territories in the classic dialect: bare as in the seed contract, or by pages. */
final class ClassicLists {

  private ClassicLists() {}

  /** A bare array where no page is asked for, as in the seed contract. */
  static ApiAnswer territories(List<Listed> all, Map<String, String> query) {
    if (query.containsKey("page") || query.containsKey("per_page")) {
      return Pages.of("territories", all, query, ClassicLists::territory);
    }
    if (all.isEmpty()) {
      return ApiAnswer.EMPTY;
    }
    ArrayNode list = Json.mapper().createArrayNode();
    all.forEach(listed -> territory(list.addObject(), listed));
    return new ApiAnswer(200, list);
  }

  /** Always by pages, and with capital letters, as Zoho documents it. */
  static ApiAnswer userTerritories(List<Listed> own, Map<String, String> query) {
    return Pages.of(
        "territories",
        own,
        query,
        (node, listed) -> {
          node.put("id", listed.id()).put("Name", listed.name());
          parent(node, "Reporting_To", listed.parentId());
          manager(node, "Manager", listed.manager());
        });
  }

  private static void territory(ObjectNode node, Listed listed) {
    node.put("id", listed.id()).put("name", listed.name());
    if (listed.active() != Flag.UNKNOWN) {
      node.put("status", listed.active() == Flag.YES ? "Active" : "Inactive");
    }
    if (listed.apiEnabled() != Flag.UNKNOWN) {
      node.put("api_enabled", listed.apiEnabled() == Flag.YES);
    }
    Instant created = listed.createdAt();
    if (created != null) {
      node.put("created_time", created.toString());
    }
    node.put("parent_id", listed.parentId());
    manager(node, "manager", listed.manager());
  }

  private static void parent(ObjectNode node, String name, @Nullable String id) {
    if (id == null) {
      node.putNull(name);
    } else {
      node.putObject(name).put("id", id);
    }
  }

  private static void manager(ObjectNode node, String name, @Nullable String manager) {
    if (manager == null) {
      node.putNull(name);
    } else {
      node.putObject(name).put("name", manager);
    }
  }
}
