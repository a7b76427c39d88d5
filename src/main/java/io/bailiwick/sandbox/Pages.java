package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Lists of territories page by page, as both dialects have them. */
final class Pages {

  /** The largest page (Zoho's territories page). */
  static final int MAX_PER_PAGE = 200;

  private Pages() {}

  /**
   * The page that {@code page} and {@code per_page} ask for; {@code info} says whether more follow.
   */
  static ApiAnswer of(
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
