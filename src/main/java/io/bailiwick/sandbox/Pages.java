package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Lists page by page, as all versions have them. */
final class Pages {

  /** The largest page (Zoho's territories page). */
  static final int MAX_PER_PAGE = 200;

  private Pages() {}

  /**
   * The page of the list {@code name} that {@code page} and {@code per_page} ask for; {@code info}
   * says whether more follow.
   */
  static <T> ApiAnswer of(
      String name, List<T> all, Map<String, String> query, BiConsumer<ObjectNode, T> write) {
    Integer page = number(query.get("page"), 1, Integer.MAX_VALUE);
    Integer perPage = number(query.get("per_page"), MAX_PER_PAGE, MAX_PER_PAGE);
    if (page == null || perPage == null) {
      return wrong(page == null ? "page" : "per_page");
    }
    long from = (page - 1L) * perPage;
    if (from >= all.size()) {
      return ApiAnswer.EMPTY;
    }
    int to = (int) Math.min(all.size(), from + perPage);
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode list = body.putArray(name);
    all.subList((int) from, to).forEach(one -> write.accept(list.addObject(), one));
    body.putObject("info")
        .put("per_page", perPage)
        .put("count", list.size())
        .put("page", page)
        .put("more_records", to < all.size());
    return new ApiAnswer(200, body);
  }

  /** Of a query parameter that is not understood. */
  static ApiAnswer wrong(String parameter) {
    ObjectNode details = Json.mapper().createObjectNode().put("param_name", parameter);
    return ApiAnswer.error(400, "INVALID_DATA", "invalid data", details);
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
