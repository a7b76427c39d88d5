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

  private final SandboxModel model;
  private final ClassicWrites writes;
  private final V8Dialect documented;

  ClassicDialect(SandboxModel model) {
    this.model = model;
    this.writes = new ClassicWrites(model);
    this.documented = new V8Dialect(model);
  }

  ApiAnswer answer(ApiCall call) {
    List<String> path = call.segments();
    if (path.size() < 3 || !path.get(0).equals("crm") || !path.get(1).equals("v2")) {
      return ApiAnswer.unknownPath();
    }
    List<String> rest = path.subList(2, path.size());
    return switch (rest.get(0)) {
      case "settings" -> settings(call, rest);
      case "users", "org" -> documented.answer(call);
      default -> records(call, rest);
    };
  }

  private ApiAnswer settings(ApiCall call, List<String> rest) {
    boolean territories = rest.size() == 2 && rest.get(1).equals("territories");
    boolean profile = rest.size() == 3 && rest.get(1).equals("profiles");
    if (!territories && !profile) {
      return documented.answer(call);
    }
    if (!call.method().equals("GET")) {
      return ApiAnswer.wrongMethod();
    }
    if (territories && !model.territoriesEnabled()) {
      return ApiAnswer.featureOff();
    }
    return territories
        ? ClassicLists.territories(model.territories(), call.query())
        : profile(rest.get(2));
  }

  /** The seed contract's reading and writing; everything else is as it is documented. */
  private ApiAnswer records(ApiCall call, List<String> rest) {
    String module = rest.get(0);
    boolean one = rest.size() == 2;
    boolean read = one && call.method().equals("GET");
    boolean write = rest.size() <= 2 && call.method().equals("PUT");
    if (!RecordBook.MODULES.contains(module) || !(read || write)) {
      return documented.answer(call);
    }
    if (read) {
      return record(module, rest.get(1));
    }
    return one ? writes.single(call, module, rest.get(1)) : writes.bulk(call, module);
  }

  private ApiAnswer record(String module, String id) {
    RecordBook.Shown shown = model.record(module, id);
    if (shown == null) {
      return ApiAnswer.EMPTY;
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode record = body.putArray("data").addObject();
    record.put("id", id).put("Territory", shown.territory());
    shown.fields().forEach(record::set);
    if (model.activityShown()) {
      Instant activity = shown.activity();
      record.put("Last_Activity_Time", activity == null ? null : activity.toString());
    }
    return new ApiAnswer(200, body);
  }

  /**
   * The shape {@code profiles[].permissions_details[]} with {@code name}, {@code display_label} and
   * {@code enabled} follows Zoho's Profiles API from memory; that "Manage Territories" stands there
   * under this display label is the seed contract's word, and its {@code name} is our inference.
   */
  private ApiAnswer profile(String id) {
    if (!id.equals(People.PROFILE)) {
      return ApiAnswer.relatedIdInvalid(2);
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode profile = body.putArray("profiles").addObject();
    profile.put("id", People.PROFILE).put("name", "Integration");
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
}
