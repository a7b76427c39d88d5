package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Zoho's documented API, version 8, as far as Bailiwick needs it, over the same model as the
 * classic dialect. Every call gets an answer below 500.
 */
final class V8Dialect {

  static final String REMOVE = "remove_territories";
  private static final Set<String> ACTIONS = Set.of("assign_territories", REMOVE);

  private final SandboxModel model;
  private final V8Writes writes;
  private final UserCalls users;

  V8Dialect(SandboxModel model) {
    this.model = model;
    this.writes = new V8Writes(model);
    this.users = new UserCalls(model);
  }

  /** Whether the call is for this dialect. */
  static boolean speaks(ApiCall call) {
    List<String> path = call.segments();
    return path.size() > 2 && path.get(0).equals("crm") && path.get(1).equals("v8");
  }

  ApiAnswer answer(ApiCall call) {
    List<String> rest = call.segments().subList(2, call.segments().size());
    return switch (rest.get(0)) {
      case "settings" -> settings(call, rest);
      case "users" -> users.answer(call, rest);
      default -> records(call, rest);
    };
  }

  private ApiAnswer settings(ApiCall call, List<String> rest) {
    if (rest.size() < 2 || rest.size() > 3 || !rest.get(1).equals("territories")) {
      return ApiAnswer.unknownPath();
    }
    if (!call.method().equals("GET")) {
      return ApiAnswer.wrongMethod();
    }
    if (!model.territoriesEnabled()) {
      return ApiAnswer.featureOff();
    }
    return rest.size() == 2
        ? V8Lists.territories(model.territories(), call.query())
        : V8Lists.territory(model.territories(), rest.get(2));
  }

  private ApiAnswer records(ApiCall call, List<String> rest) {
    int size = rest.size();
    boolean action =
        size >= 3
            && size <= 4
            && rest.get(size - 2).equals("actions")
            && ACTIONS.contains(rest.get(size - 1));
    if (!action && size != 2) {
      return ApiAnswer.unknownPath();
    }
    String module = rest.get(0);
    if (!RecordBook.MODULES.contains(module)) {
      return ApiAnswer.invalidModule();
    }
    if (!call.method().equals(action ? "POST" : "GET")) {
      return ApiAnswer.wrongMethod();
    }
    if (!action) {
      return record(module, rest.get(1));
    }
    if (!model.territoriesEnabled()) {
      return ApiAnswer.featureOff();
    }
    return size == 4 ? writes.single(call, module, rest.get(1)) : writes.bulk(call, module);
  }

  private ApiAnswer record(String module, String id) {
    RecordBook.Shown shown = model.record(module, id);
    if (shown == null) {
      return ApiAnswer.EMPTY;
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode record = body.putArray("data").addObject();
    record.put("id", id);
    territories(record.putArray("Territories"), shown.territories());
    if (model.activityShown()) {
      Instant activity = shown.activity();
      record.put("Last_Activity_Time", activity == null ? null : activity.toString());
    }
    return new ApiAnswer(200, body);
  }

  private void territories(ArrayNode list, List<String> ids) {
    List<Listed> all = ids.isEmpty() ? List.of() : model.territories();
    for (String id : ids) {
      String name =
          all.stream().filter(t -> t.id().equals(id)).map(Listed::name).findFirst().orElse("");
      list.addObject().put("Name", name).put("id", id).put("$assigned", "manually");
    }
  }
}
