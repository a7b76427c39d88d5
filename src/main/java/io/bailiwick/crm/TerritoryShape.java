package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a list of territories, bare or {@code {"territories":[…],"info":{…}}}, in the shapes of v2
 * to v8. Whatever flag is absent or of another type is UNKNOWN. A territory without a name is kept,
 * for the sake of those below it; one without an id makes the list unusable.
 */
final class TerritoryShape {

  /** A territory, and the id of the user who manages it where the list tells one. */
  record Row(Listed listed, @Nullable String managerId) {}

  /**
   * One page.
   *
   * @param paged whether it says that it is a page; else it is the whole list
   * @param more whether it says that more follow
   */
  record Page(List<Row> rows, boolean paged, boolean more) {}

  private TerritoryShape() {}

  /** Throws IllegalArgumentException that says why the answer is no such list. */
  static Page page(Reply reply) {
    if (reply.status() == 204) {
      return new Page(List.of(), true, false);
    }
    JsonNode body = reply.json();
    JsonNode list = body == null || body.isArray() ? body : body.get("territories");
    if (reply.status() != 200 || body == null || list == null || !list.isArray()) {
      Saying saying = Saying.about(body, "");
      String code = saying == null ? "" : " " + Reply.shown(saying.code());
      String why =
          "the CRM answered " + reply.status() + code + " instead of a list of territories";
      AccessTrouble trouble = trouble(reply.status(), saying);
      throw trouble == null
          ? new IllegalArgumentException(why)
          : new AccessRefused(trouble, why + ": " + trouble.told());
    }
    List<Row> rows = new ArrayList<>();
    for (JsonNode node : list) {
      rows.add(new Row(listed(node), text(managerOf(node).path("id"))));
    }
    JsonNode info = body.path("info");
    return new Page(rows, info.isObject(), info.path("more_records").asBoolean(false));
  }

  /** Null where it is not about us. */
  private static @Nullable AccessTrouble trouble(int status, @Nullable Saying saying) {
    if ((status == 401 || status == 403)
        && saying != null
        && saying.meaning() == Saying.Meaning.FORBIDDEN
        && saying.trouble() != AccessTrouble.FEATURE_OFF) {
      return saying.trouble();
    }
    return status == 401 ? AccessTrouble.TOKEN_REFUSED : null;
  }

  private static Listed listed(JsonNode node) {
    String id = text(node.path("id"));
    if (id == null) {
      throw new IllegalArgumentException("a territory in the CRM's list has no id");
    }
    String name = text(node.has("name") ? node.path("name") : node.path("Name"));
    JsonNode api = node.has("api_enabled") ? node.path("api_enabled") : node.path("api_access");
    return new Listed(
        id,
        name == null ? "" : name,
        parent(node),
        manager(node),
        active(node.path("status")),
        flag(api),
        instant(node.path("created_time")),
        new Staff(employed(managerOf(node)), Flag.UNKNOWN));
  }

  private static @Nullable String parent(JsonNode node) {
    for (String name : List.of("parent_id", "reporting_to", "Reporting_To")) {
      JsonNode value = node.path(name);
      String id = text(value.isObject() ? value.path("id") : value);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  private static @Nullable String manager(JsonNode node) {
    JsonNode value = managerOf(node);
    if (!value.isObject()) {
      return text(value);
    }
    String name = text(value.path("name"));
    return name == null ? text(value.path("id")) : name;
  }

  private static JsonNode managerOf(JsonNode node) {
    return node.has("manager") ? node.path("manager") : node.path("Manager");
  }

  /** Whether a user's account is active: Zoho's other words are disabled, closed, deleted … */
  static Flag employed(JsonNode user) {
    return active(user.path("status"));
  }

  /** "Active" is YES, any other word NO, nothing UNKNOWN. */
  private static Flag active(JsonNode status) {
    String word = text(status);
    return word == null ? Flag.UNKNOWN : Flag.of(word.equalsIgnoreCase("Active"));
  }

  static Flag flag(JsonNode node) {
    if (node.isBoolean()) {
      return Flag.of(node.booleanValue());
    }
    String word = node.isTextual() ? node.textValue().strip().toLowerCase(Locale.ROOT) : "";
    return switch (word) {
      case "true" -> Flag.YES;
      case "false" -> Flag.NO;
      default -> Flag.UNKNOWN;
    };
  }

  static @Nullable Instant instant(JsonNode node) {
    String text = text(node);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notRfc3339) {
      return null;
    }
  }

  /** A text or a whole number, stripped; null where it is neither, or blank. */
  static @Nullable String text(JsonNode node) {
    boolean value = node.isTextual() || node.isIntegralNumber();
    return value && !node.asText().isBlank() ? node.asText().strip() : null;
  }
}
