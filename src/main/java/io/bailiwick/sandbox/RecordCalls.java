package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The calls about records as Zoho documents them: reading, writing, and their territories. */
final class RecordCalls {

  static final String REMOVE = "remove_territories";
  private static final Set<String> ACTIONS = Set.of("assign_territories", REMOVE);
  private static final String OWNER = "change_owner";
  private static final String INFO = "get_feature_specific_info";

  /** Modules that Zoho has and that have no territories. */
  private static final Set<String> WITHOUT = Set.of("Tasks", "Events", "Calls", "Notes");

  private final SandboxModel model;
  private final RecordWrites writes;
  private final V8Writes actions;

  RecordCalls(SandboxModel model) {
    this.model = model;
    this.writes = new RecordWrites(model);
    this.actions = new V8Writes(model);
  }

  /** {@code rest} is what follows the version, from the module on. */
  ApiAnswer answer(ApiCall call, List<String> rest, Version version) {
    int size = rest.size();
    String last = rest.get(size - 1);
    boolean action = size >= 3 && size <= 4 && rest.get(size - 2).equals("actions");
    boolean owner = last.equals(OWNER) && size == 4;
    boolean known = action ? ACTIONS.contains(last) || last.equals(INFO) || owner : size <= 2;
    if (!known) {
      return ApiAnswer.unknownPath();
    }
    String module = rest.get(0);
    if (!RecordBook.MODULES.contains(module)) {
      return WITHOUT.contains(module) ? ApiAnswer.notSupported() : ApiAnswer.invalidModule();
    }
    if (action && owner) {
      return call.method().equals("POST")
          ? new OwnerWrites(model).change(call, module, rest.get(1))
          : ApiAnswer.wrongMethod();
    }
    return action ? action(call, rest, version) : record(call, rest, module);
  }

  private ApiAnswer record(ApiCall call, List<String> rest, String module) {
    boolean one = rest.size() == 2;
    boolean upsert = one && rest.get(1).equals("upsert");
    return switch (call.method()) {
      case "GET" -> upsert ? ApiAnswer.wrongMethod() : read(call, rest, module);
      case "PUT" ->
          upsert
              ? ApiAnswer.wrongMethod()
              : one ? writes.update(call, module, rest.get(1)) : writes.update(call, module);
      case "POST" ->
          upsert
              ? writes.upsert(call, module)
              : one ? ApiAnswer.wrongMethod() : writes.insert(call, module);
      default -> ApiAnswer.wrongMethod();
    };
  }

  private ApiAnswer action(ApiCall call, List<String> rest, Version version) {
    String module = rest.get(0);
    boolean single = rest.size() == 4;
    boolean info = rest.get(rest.size() - 1).equals(INFO);
    if (!call.method().equals(info ? "GET" : "POST")) {
      return ApiAnswer.wrongMethod();
    }
    if (!model.territoriesEnabled()) {
      return ApiAnswer.featureOff();
    }
    if (!model.territoriesEnabled(module)) {
      return ApiAnswer.leadsOff();
    }
    if (info) {
      String ids = single ? rest.get(1) : call.query().getOrDefault("ids", "");
      return jobs(call, module, List.of(ids.split(",", -1)));
    }
    return single
        ? actions.single(call, module, rest.get(1), version)
        : actions.bulk(call, module, version);
  }

  /**
   * What waits of these records. Zoho documents the feature's name, {@code job_id} and {@code
   * source}; how they are nested is our inference.
   */
  private ApiAnswer jobs(ApiCall call, String module, List<String> ids) {
    if (!"territory_scheduled_jobs".equals(call.query().get("features"))) {
      return Pages.wrong("features");
    }
    if (ids.size() > RecordWrites.MAX_RECORDS || ids.contains("")) {
      return Pages.wrong("ids");
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode data = body.putArray("data");
    for (String id : ids) {
      ScheduledJobs.Waiting waiting = model.waiting(module, id);
      if (waiting != null) {
        boolean removal = waiting.job().placing().removal();
        data.addObject()
            .put("id", id)
            .putArray("territory_scheduled_jobs")
            .addObject()
            .put("job_id", waiting.id())
            .put("source", "manual_territory_" + (removal ? "removal" : "assignment"));
      }
    }
    return data.isEmpty() ? ApiAnswer.EMPTY : new ApiAnswer(200, body);
  }

  private ApiAnswer read(ApiCall call, List<String> rest, String module) {
    return rest.size() == 2
        ? read(module, rest.get(1))
        : call.query().containsKey("fields")
            ? RecordLists.of(call, id -> read(module, id))
            : ApiAnswer.parameterMissing("fields");
  }

  private ApiAnswer read(String module, String id) {
    RecordBook.Shown shown = model.record(module, id);
    if (shown == null) {
      return ApiAnswer.EMPTY;
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode record = body.putArray("data").addObject();
    record.put("id", id);
    shown.fields().forEach(record::set);
    if (model.territoriesEnabled(module)) {
      territories(record.putArray("Territories"), shown);
    }
    if (model.activityShown()) {
      Instant activity = shown.activity();
      record.put("Last_Activity_Time", activity == null ? null : activity.toString());
    }
    return new ApiAnswer(200, body);
  }

  /** The API user assigned everything here, as far as a sandbox can tell. */
  private void territories(ArrayNode list, RecordBook.Shown shown) {
    List<Listed> all = shown.territories().isEmpty() ? List.of() : model.territories();
    for (String id : shown.territories()) {
      String name =
          all.stream().filter(t -> t.id().equals(id)).map(Listed::name).findFirst().orElse("");
      ObjectNode one = list.addObject().put("Name", name).put("id", id);
      one.put("$assigned", "manually");
      Instant since = shown.since().get(id);
      if (since != null) {
        one.putObject("$assigned_by").put("name", People.API_USER).put("id", model.userId());
        one.put("$assigned_time", since.toString());
      }
    }
  }
}
