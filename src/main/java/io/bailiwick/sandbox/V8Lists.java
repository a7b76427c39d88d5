package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Territories in the documented shape of one version, and nothing beside it: no status, no flag.
 * Zoho's schema of version 8 allows no further member; what earlier ones have is from the models of
 * Zoho's own libraries of those versions.
 */
final class V8Lists {

  static final String PERMISSION = "read_write_delete";

  private static final List<String> RULES =
      List.of("account_rule_criteria", "deal_rule_criteria", "lead_rule_criteria");

  private final Version version;
  private final SandboxModel model;
  private final List<Listed> all;
  private final Map<String, String> names = new HashMap<>();

  V8Lists(Version version, SandboxModel model) {
    this.version = version;
    this.model = model;
    this.all = model.territories();
    all.forEach(listed -> names.put(listed.id(), listed.name()));
  }

  /** By pages, except for version 2; {@code ids} picks some, which come without {@code info}. */
  ApiAnswer territories(Map<String, String> query) {
    List<Listed> asked = filtered(query.get("filters"));
    if (asked == null) {
      return Pages.wrong("filters");
    }
    String ids = query.get("ids");
    if (ids != null) {
      Set<String> wanted = Set.copyOf(List.of(ids.split(",", -1)));
      return bare(asked.stream().filter(t -> wanted.contains(t.id())).toList(), query);
    }
    return version.paged() ? paged(asked, query) : bare(asked, query);
  }

  /** Version 8 alone has it; null where it is not understood. */
  private @Nullable List<Listed> filtered(@Nullable String filters) {
    if (filters == null) {
      return all;
    }
    Predicate<Listed> filter =
        version == Version.V8 ? new TerritoryFilter(model).read(filters) : null;
    try {
      return filter == null ? null : all.stream().filter(filter).toList();
    } catch (IllegalArgumentException comparator) {
      return null;
    }
  }

  /** 204 where there is no territory of that id. */
  ApiAnswer territory(String id, Map<String, String> query) {
    return bare(all.stream().filter(t -> t.id().equals(id)).toList(), query);
  }

  /** Those right below it. */
  ApiAnswer children(String id, Map<String, String> query) {
    List<Listed> below = all.stream().filter(t -> id.equals(t.parentId())).toList();
    return version.paged() ? paged(below, query) : bare(below, query);
  }

  /** How many users work in each. */
  ApiAnswer userCounts(Map<String, String> query) {
    List<List<People.User>> people = model.peopleOf(all);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      counts.put(all.get(i).id(), people.get(i).size());
    }
    return Pages.of(
        "associated_users_count",
        all,
        query,
        (node, listed) ->
            node.put("count", counts.getOrDefault(listed.id(), 0).toString())
                .putObject("territory")
                .put("name", listed.name())
                .put("id", listed.id())
                .put("subordinates", false));
  }

  /** Of one user, with capital letters, as Zoho documents it. */
  ApiAnswer userTerritories(List<Listed> own, Map<String, String> query) {
    return Pages.of(
        "territories",
        own,
        query,
        (node, listed) -> {
          node.put("id", listed.id());
          manager(node, "Manager", listed.manager());
          node.put("Name", listed.name());
          String parent = listed.parentId();
          if (parent == null) {
            node.putNull("Reporting_To");
          } else {
            node.putObject("Reporting_To").put("id", parent).put("Name", name(parent));
          }
        });
  }

  private ApiAnswer paged(List<Listed> some, Map<String, String> query) {
    return Pages.of("territories", some, query, (node, listed) -> write(node, listed, query));
  }

  private ApiAnswer bare(List<Listed> some, Map<String, String> query) {
    if (some.isEmpty()) {
      return ApiAnswer.EMPTY;
    }
    ObjectNode body = Json.mapper().createObjectNode();
    var list = body.putArray("territories");
    some.forEach(listed -> write(list.addObject(), listed, query));
    return new ApiAnswer(200, body);
  }

  /** The API user made and changed everything here, as far as a sandbox can tell. */
  private void write(ObjectNode node, Listed listed, Map<String, String> query) {
    Instant created = listed.createdAt();
    if (created != null) {
      node.put("created_time", created.toString()).put("modified_time", created.toString());
    }
    manages(node, listed.manager(), query.getOrDefault("include_inner_details", ""));
    node.put("name", listed.name()).putNull("description").put("id", listed.id());
    String parent = listed.parentId();
    if (version.reportsTo()) {
      node.put("permission_type", PERMISSION);
      if (parent == null) {
        node.putNull("reporting_to");
      } else {
        node.putObject("reporting_to").put("name", name(parent)).put("id", parent);
      }
      rules(node, query.getOrDefault("include", ""));
    } else {
      node.put("parent_id", parent).putNull("criteria");
    }
    if (version == Version.V8) {
      node.put("api_name", listed.name().replaceAll("[^A-Za-z0-9]+", "_"));
    }
  }

  private void rules(ObjectNode node, String include) {
    Set<String> asked = Set.copyOf(List.of(include.split(",", -1)));
    for (String rule : RULES) {
      boolean there = version.leadRules() || !rule.startsWith("lead");
      if (there && (version.rulesUnasked() || asked.contains(rule))) {
        node.putNull(rule);
      }
    }
  }

  /** Version 8 tells more of a manager where it is asked to. */
  private void manages(ObjectNode node, @Nullable String manager, String details) {
    ObjectNode told = manager(node, "manager", manager);
    if (told != null && version == Version.V8) {
      Set<String> asked = Set.copyOf(List.of(details.split(",", -1)));
      if (asked.contains("manager.zuid")) {
        told.put("zuid", told.path("id").asText());
      }
      if (asked.contains("manager.status")) {
        told.put("status", model.status(String.valueOf(manager)));
      }
    }
  }

  private @Nullable ObjectNode manager(ObjectNode node, String name, @Nullable String manager) {
    if (manager == null) {
      node.putNull(name);
      return null;
    }
    String id = People.managerId(manager, model.userId());
    return node.putObject(name).put("name", manager).put("id", id);
  }

  private String name(String territory) {
    return names.getOrDefault(territory, "");
  }
}
