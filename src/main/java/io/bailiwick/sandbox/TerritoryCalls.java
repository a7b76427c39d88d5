package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.util.List;

/** The calls under {@code settings/territories}, in the shapes of one version. */
final class TerritoryCalls {

  private final SandboxModel model;

  TerritoryCalls(SandboxModel model) {
    this.model = model;
  }

  /** {@code rest} is what follows the version, from {@code settings} on. */
  ApiAnswer answer(ApiCall call, List<String> rest, Version version) {
    List<String> after = rest.subList(2, rest.size());
    String form = form(after);
    if (form.isEmpty()) {
      return ApiAnswer.unknownPath();
    }
    if (!call.method().equals("GET")) {
      return ApiAnswer.wrongMethod();
    }
    if (!model.territoriesEnabled()) {
      return ApiAnswer.featureOff();
    }
    return switch (form) {
      case "users" -> users(call, after);
      default -> list(call, after, form, new V8Lists(version, model));
    };
  }

  private static ApiAnswer list(ApiCall call, List<String> after, String form, V8Lists lists) {
    return switch (form) {
      case "one" -> lists.territory(after.get(0), call.query());
      case "children" -> lists.children(after.get(0), call.query());
      case "counts" -> lists.userCounts(call.query());
      default -> lists.territories(call.query());
    };
  }

  private static String form(List<String> after) {
    return switch (after.size()) {
      case 0 -> "all";
      case 1 -> "one";
      case 2 ->
          switch (after.get(1)) {
            case "__child_territories" -> "children";
            case "users" -> "users";
            case "associated_users_count" -> after.get(0).equals("actions") ? "counts" : "";
            default -> "";
          };
      case 3 -> after.get(1).equals("users") ? "users" : "";
      default -> "";
    };
  }

  /** All users of a territory, or one of them. The text is Zoho's own. */
  private ApiAnswer users(ApiCall call, List<String> after) {
    List<Listed> territory =
        model.territories().stream().filter(t -> t.id().equals(after.get(0))).toList();
    if (territory.isEmpty()) {
      ObjectNode details = Json.mapper().createObjectNode().put("resource_path_index", 2);
      String message = "the given id given seems to be invalid";
      return ApiAnswer.error(400, "INVALID_DATA", message, details);
    }
    List<People.User> users = model.peopleOf(territory).get(0);
    if (after.size() == 3) {
      String id = after.get(2);
      users = users.stream().filter(user -> user.id().equals(id)).toList();
    }
    return Pages.of("users", users, call.query(), UserCalls::write);
  }
}
