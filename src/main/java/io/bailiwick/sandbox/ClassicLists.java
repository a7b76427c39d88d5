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
import java.util.function.BiConsumer;

/** Lists of territories in the classic dialect: bare as in the seed contract, or by pages. */
final class ClassicLists {

  /** The largest page (Zoho's territories page). */
  static final int MAX_PER_PAGE = 200;

  private ClassicLists() {}

  /** A bare array where no page is asked for, as in the seed contract. */
  static ApiAnswer territories(List<Listed> all, Map<String, String> query) {
    if (query.containsKey("page") || query.containsKey("per_page")) {
      return page(all, query, ClassicLists::territory);
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
    return page(
        own,
        query,
        (node, listed) -> {
          node.put("id", listed.id()).put("Name", listed.name());
          parent(node, "Reporting_To", listed.parentId());
          manager(node, "Manager", listed.manager());
        });
  }

  private static ApiAnswer page(
      List<Listed> all, Map<String, String> query, BiConsumer<ObjectNode, Listed> write) {
    Integer page = number(query.get("page"), 1, Integer.MAX_VALUE);
    Integer perPage = number(query.get("per_page"), MAX_PER_PAGE, MAX_PER_PAGE);
    if (page == null || perPage == null) {
      ObjectNode details = Json.mapper().createObjectNode();
      details.put("param_name", page == null ? "page" : "per_page");
      return ApiAnswer.error(400, "INVALID_DATA", "invalid data", details);
    }
    long from = (page - 1L) * perPage;
    if (from >= all.size()) {
      return ApiAnswer.EMPTY;
    }
    int to = (int) Math.min(all.size(), from + perPage);
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode list = body.putArray("territories");
    all.subList((int) from, to).forEach(listed -> write.accept(list.addObject(), listed));
    body.putObject("info")
        .put("per_page", perPage)
        .put("count", list.size())
        .put("page", page)
        .put("more_records", to < all.size());
    return new ApiAnswer(200, body);
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

  /** The default where it is absent; null where it is no number of 1 to {@code most}. */
  private static @Nullable Integer number(@Nullable String text, int absent, int most) {
    if (text == null) {
      return absent;
    }
    if (!text.matches("[0-9]{1,9}")) {
      return null;
    }
    int value = Integer.parseInt(text);
    return value >= 1 && value <= most ? value : null;
  }
}
