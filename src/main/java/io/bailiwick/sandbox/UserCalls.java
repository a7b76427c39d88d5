package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import java.util.List;

/** The calls about the API user, which are the same in both dialects. */
final class UserCalls {

  static final String PROFILE = "1000000000000000001";

  private final SandboxModel model;

  UserCalls(SandboxModel model) {
    this.model = model;
  }

  /** Throws nothing; what follows {@code /crm/v2} or {@code /crm/v8} is {@code rest}. */
  ApiAnswer answer(ApiCall call, List<String> rest) {
    boolean own = rest.size() == 3 && rest.get(2).equals("territories");
    if (rest.size() != 1 && !own) {
      return ApiAnswer.unknownPath();
    }
    if (!call.method().equals("GET")) {
      return ApiAnswer.wrongMethod();
    }
    if (!own) {
      return currentUser(call);
    }
    if (!rest.get(1).equals(model.userId())) {
      return ApiAnswer.relatedIdInvalid(1);
    }
    if (!model.territoriesEnabled()) {
      return ApiAnswer.featureOff();
    }
    return model
        .userTerritories()
        .map(list -> ClassicLists.userTerritories(list, call.query()))
        .orElseGet(() -> ApiAnswer.error(403, "NO_PERMISSION", "permission denied"));
  }

  private ApiAnswer currentUser(ApiCall call) {
    String type = call.query().getOrDefault("type", "AllUsers");
    if (!List.of("CurrentUser", "AllUsers", "ActiveUsers").contains(type)) {
      ObjectNode details = Json.mapper().createObjectNode().put("param_name", "type");
      return ApiAnswer.error(400, "INVALID_DATA", "invalid data", details);
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode user = body.putArray("users").addObject();
    user.put("id", model.userId()).put("full_name", "Integration User").put("status", "active");
    user.putObject("profile").put("id", PROFILE).put("name", "Integration");
    return new ApiAnswer(200, body);
  }
}
