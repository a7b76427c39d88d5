package io.bailiwick.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The form of {@code fixtures/territories.json}: territories and the API user as a file, which
 * stands for a CRM in fixtures, stories and the demo. An absent flag is UNKNOWN.
 */
public final class TerritoriesJson {

  /** The file's content: who the API user is, and what reading the CRM as that user gives. */
  public record World(String userId, TerritoryReading reading) {}

  private TerritoriesJson() {}

  /** Reads the file; throws IllegalArgumentException that names the member that is wrong. */
  public static World read(byte[] file) {
    JsonNode root;
    try {
      root = Json.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("territories are not JSON: " + e.getMessage(), e);
    }
    JsonNode user = root.path("user");
    Set<String> memberOf = null;
    if (user.has("memberOf")) {
      memberOf = new HashSet<>();
      for (JsonNode id : user.get("memberOf")) {
        memberOf.add(id.asText());
      }
    }
    List<TerritoryReading.Listed> listed = new ArrayList<>();
    JsonNode territories = root.path("territories");
    for (int i = 0; i < territories.size(); i++) {
      listed.add(territory(territories.get(i), "/territories/" + i));
    }
    return new World(
        user.path("id").asText("1"),
        new TerritoryReading(listed, memberOf, flag(user.get("permitted"))));
  }

  private static TerritoryReading.Listed territory(JsonNode node, String pointer) {
    String status = text(node, "status");
    return new TerritoryReading.Listed(
        needed(node, "id", pointer),
        needed(node, "name", pointer),
        text(node, "parentId"),
        text(node, "manager"),
        status == null ? Flag.UNKNOWN : Flag.of(status.equalsIgnoreCase("Active")),
        flag(node.get("apiEnabled")),
        instant(node, pointer),
        Staff.UNKNOWN);
  }

  private static @Nullable Instant instant(JsonNode node, String pointer) {
    String text = text(node, "createdAt");
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          pointer + "/createdAt is no RFC 3339 time such as 2024-01-31T09:00:00Z", e);
    }
  }

  private static Flag flag(@Nullable JsonNode node) {
    return node == null || node.isNull() ? Flag.UNKNOWN : Flag.of(node.asBoolean());
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  private static String needed(JsonNode node, String name, String pointer) {
    String value = text(node, name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(pointer + " has no " + name);
    }
    return value;
  }
}
