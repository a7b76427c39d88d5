package io.bailiwick.sandbox;

import java.util.List;

/**
 * Zoho's documented API, version 8 and, in their own shapes, those before it, as far as Bailiwick
 * and Zoho's own libraries need it, over the same model as the classic dialect. Every call gets an
 * answer below 500.
 */
final class V8Dialect {

  private final SandboxModel model;
  private final RecordCalls records;
  private final TerritoryCalls territories;
  private final UserCalls users;

  V8Dialect(SandboxModel model) {
    this.model = model;
    this.records = new RecordCalls(model);
    this.territories = new TerritoryCalls(model);
    this.users = new UserCalls(model);
  }

  /** Whether the call is for this dialect: any version but 2, which is the classic one's. */
  static boolean speaks(ApiCall call) {
    List<String> path = call.segments();
    Version version = path.size() > 2 ? Version.ofWord(path.get(1)) : null;
    return version != null && version != Version.V2 && path.get(0).equals("crm");
  }

  /** Of a call with a version that there is. */
  ApiAnswer answer(ApiCall call) {
    Version version = Version.ofWord(call.segments().get(1));
    if (version == null) {
      return ApiAnswer.unknownPath();
    }
    List<String> rest = call.segments().subList(2, call.segments().size());
    return switch (rest.get(0)) {
      case "settings" -> settings(call, rest, version);
      case "users" -> users.answer(call, rest, version);
      case "org" -> UserCalls.organisation(call, rest);
      default -> records.answer(call, rest, version);
    };
  }

  private ApiAnswer settings(ApiCall call, List<String> rest, Version version) {
    if (rest.size() == 2 && rest.get(1).equals("fields")) {
      return fields(call);
    }
    return rest.size() >= 2 && rest.get(1).equals("territories")
        ? territories.answer(call, rest, version)
        : ApiAnswer.unknownPath();
  }

  private ApiAnswer fields(ApiCall call) {
    if (!call.method().equals("GET")) {
      return ApiAnswer.wrongMethod();
    }
    String module = call.query().getOrDefault("module", "");
    if (module.isEmpty()) {
      return ApiAnswer.missingParameter("module");
    }
    return RecordBook.MODULES.contains(module)
        ? FieldList.of(model.fields(), module)
        : ApiAnswer.invalidModule();
  }
}
