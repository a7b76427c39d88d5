package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Flag;
import java.time.Instant;
import java.util.List;

/**
 * The classic dialect of the API, version 2, to the letter of the seed contract; what that leaves
 * open is answered as Zoho documents it. Every call gets an answer below 500.
 */
final class ClassicDialect {

  static final String PROFILE = "1000000000000000001";

  private final SandboxModel model;
  private final ClassicWrites writes;

  ClassicDialect(SandboxModel model) {
    this.model = model;
    this.writes = new ClassicWrites(model);
  }

  ApiAnswer answer(ApiCall call) {
    List<String> path = call.segments();
    if (path.size() < 3 || !path.get(0).equals("crm") || !path.get(1).equals("v2")) {
      return unknownPath();
    }
    List<String> rest = path.subList(2, path.size());
    return switch (rest.get(0)) {
      case "settings" -> settings(call, rest);
      case "users" -> users(call, rest);
      default -> records(call, rest);
    };
  }

  private ApiAnswer settings(ApiCall call, List<String> rest) {
    boolean territories = rest.size() == 2 && rest.get(1).equals("territories");
    boolean profile = rest.size() == 3 && rest.get(1).equals("profiles");
    if (!territories && !profile) {
      return unknownPath();
    }
    if (!call.method().equals("GET")) {
      return wrongMethod();
    }
    if (territories && !model.territoriesEnabled()) {
      return featureOff();
    }
    return territories
        ? ClassicLists.territories(model.territories(), call.query())
        : profile(rest.get(2));
  }

  private ApiAnswer users(ApiCall call, List<String> rest) {
    boolean own = rest.size() == 3 && rest.get(2).equals("territories");
    if (rest.size() != 1 && !own) {
      return unknownPath();
    }
    if (!call.method().equals("GET")) {
      return wrongMethod();
    }
    if (!own) {
      return currentUser(call);
    }
    if (!rest.get(1).equals(model.userId())) {
      return relatedIdInvalid(1);
    }
    if (!model.territoriesEnabled()) {
      return featureOff();
    }
    return model
        .userTerritories()
        .map(list -> ClassicLists.userTerritories(list, call.query()))
        .orElseGet(() -> ApiAnswer.error(403, "NO_PERMISSION", "permission denied"));
  }

  private ApiAnswer records(ApiCall call, List<String> rest) {
    if (rest.size() > 2) {
      return unknownPath();
    }
    String module = rest.get(0);
    if (!RecordBook.MODULES.contains(module)) {
      return ApiAnswer.error(400, "INVALID_MODULE", "the module name given seems to be invalid");
    }
    boolean write = call.method().equals("PUT");
    if (rest.size() == 1) {
      return write ? writes.bulk(call, module) : wrongMethod();
    }
    if (write) {
      return writes.single(call, module, rest.get(1));
    }
    return call.method().equals("GET") ? record(module, rest.get(1)) : wrongMethod();
  }

  private ApiAnswer record(String module, String id) {
    RecordBook.Shown shown = model.record(module, id);
    if (shown == null) {
      return ApiAnswer.EMPTY;
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode record = body.putArray("data").addObject();
    record.put("id", id).put("Territory", shown.territory());
    if (model.activityShown()) {
      Instant activity = shown.activity();
      record.put("Last_Activity_Time", activity == null ? null : activity.toString());
    }
    return new ApiAnswer(200, body);
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

  /**
   * The shape {@code profiles[].permissions_details[]} with {@code name}, {@code display_label} and
   * {@code enabled} follows Zoho's Profiles API from memory; that "Manage Territories" stands there
   * under this display label is the seed contract's word, and its {@code name} is our inference.
   */
  private ApiAnswer profile(String id) {
    if (!id.equals(PROFILE)) {
      return relatedIdInvalid(2);
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode profile = body.putArray("profiles").addObject();
    profile.put("id", PROFILE).put("name", "Integration");
    var permissions = profile.putArray("permissions_details");
    permissions
        .addObject()
        .put("name", "Crm_Implied_Api_Access")
        .put("display_label", "API Access")
        .put("enabled", true);
    Flag permitted = model.permitted();
    if (permitted != Flag.UNKNOWN) {
      permissions
          .addObject()
          .put("name", "Crm_Implied_Manage_Territories")
          .put("display_label", "Manage Territories")
          .put("enabled", permitted == Flag.YES);
    }
    return new ApiAnswer(200, body);
  }

  private static ApiAnswer relatedIdInvalid(int index) {
    ObjectNode details = Json.mapper().createObjectNode().put("resource_path_index", index);
    return ApiAnswer.error(
        400, "INVALID_DATA", "the related id given seems to be invalid", details);
  }

  static ApiAnswer unknownPath() {
    return ApiAnswer.error(
        404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one");
  }

  /** Code and text as Zoho's territories page documents them. */
  private static ApiAnswer featureOff() {
    return ApiAnswer.error(400, "FEATURE_NOT_ENABLED", "Territory Management is not enabled");
  }

  /** Code and text as Zoho's list of status codes has them, from memory. */
  private static ApiAnswer wrongMethod() {
    return ApiAnswer.error(
        400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one");
  }
}
