package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which territories the parameter {@code filters} asks for. Its keys and comparators are those of
 * Zoho's page on getting territories; how criteria nest ({@code group_operator} and {@code group})
 * is as Zoho writes criteria elsewhere, which is our inference.
 */
final class TerritoryFilter {

  private final SandboxModel model;

  TerritoryFilter(SandboxModel model) {
    this.model = model;
  }

  /** Null where it is not understood: unheard, it would give territories nobody asked for. */
  @Nullable
  Predicate<Listed> read(String text) {
    try {
      return criterion(Json.read(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
      return null;
    }
  }

  private Predicate<Listed> criterion(JsonNode node, int deep) {
    if (!node.has("group")) {
      return one(node);
    }
    boolean all = node.path("group_operator").asText().equalsIgnoreCase("and");
    if (deep > 3 || (!all && !node.path("group_operator").asText().equalsIgnoreCase("or"))) {
      throw new IllegalArgumentException("group_operator");
    }
    List<Predicate<Listed>> each = new ArrayList<>();
    node.path("group").forEach(one -> each.add(criterion(one, deep + 1)));
    return all
        ? listed -> each.stream().allMatch(one -> one.test(listed))
        : listed -> each.stream().anyMatch(one -> one.test(listed));
  }

  private Predicate<Listed> one(JsonNode node) {
    String key = node.at("/field/api_name").asText();
    String comparator = node.path("comparator").asText();
    String value = node.path("value").asText();
    return switch (key) {
      case "name" -> listed -> named(comparator, listed.name(), value);
      case "created_time", "modified_time" -> {
        Instant at = OffsetDateTime.parse(value).toInstant();
        yield listed -> at(comparator, listed.createdAt(), at);
      }
      case "id", "reporting_to.id", "manager.id", "permission_type", "created_by", "modified_by" ->
          listed -> same(comparator, value(key, listed), value);
      default -> throw new IllegalArgumentException(key);
    };
  }

  private @Nullable String value(String key, Listed listed) {
    String manager = listed.manager();
    return switch (key) {
      case "id" -> listed.id();
      case "reporting_to.id" -> listed.parentId();
      case "manager.id" -> manager == null ? null : People.managerId(manager, model.userId());
      case "permission_type" -> V8Lists.PERMISSION;
      default -> model.userId();
    };
  }

  private static boolean same(String comparator, @Nullable String has, String value) {
    return switch (comparator) {
      case "equal" -> Objects.equals(has, value);
      case "not_equal" -> !Objects.equals(has, value);
      default -> throw new IllegalArgumentException(comparator);
    };
  }

  private static boolean named(String comparator, String name, String value) {
    return switch (comparator) {
      case "contains" -> name.contains(value);
      case "not_contains" -> !name.contains(value);
      case "starts_with" -> name.startsWith(value);
      case "ends_with" -> name.endsWith(value);
      default -> same(comparator, name, value);
    };
  }

  private static boolean at(String comparator, @Nullable Instant has, Instant value) {
    int order = has == null ? 0 : has.compareTo(value);
    boolean holds =
        switch (comparator) {
          case "equal" -> order == 0;
          case "not_equal" -> order != 0;
          case "greater_than" -> order > 0;
          case "greater_equal" -> order >= 0;
          case "less_than" -> order < 0;
          case "less_equal" -> order <= 0;
          default -> throw new IllegalArgumentException(comparator);
        };
    return has != null && holds;
  }
}
