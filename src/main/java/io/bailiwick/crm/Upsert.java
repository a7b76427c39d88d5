package io.bailiwick.crm;

import io.bailiwick.lead.Lead;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Nullable;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How records are made: by Zoho's upsert, the same in each dialect, which finds a record by the
 * check fields before it makes one. What else it says keeps the CRM's own rules from deciding what
 * ours decide.
 *
 * @param larId the id of the CRM's assignment rule to run; null for none
 * @param trigger what the CRM is to run of workflow, approval, blueprint, pathfinder and
 *     orchestration; empty for nothing, which is said, since to say nothing means all
 * @param features the features to apply, such as {@code layout_rules}; empty for the CRM's own
 *     choice, which is said by saying nothing
 */
public record Upsert(
    NewRecords records, @Nullable String larId, List<String> trigger, List<String> features) {

  /** Keeps its own copies. */
  public Upsert {
    trigger = List.copyOf(trigger);
    features = List.copyOf(features);
  }

  /** By these check fields, and with nothing of the CRM's own run. */
  public static Upsert by(NewRecords records) {
    return new Upsert(records, null, List.of(), List.of());
  }

  /** The request for one record: an answer of several would not tie each item to its lead. */
  Writing.Request request(Lead lead) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("data", List.of(records.values(lead)));
    body.put("duplicate_check_fields", records.checks(lead));
    body.put("trigger", trigger);
    if (larId != null) {
      body.put("lar_id", larId);
    }
    if (!features.isEmpty()) {
      body.put(
          "apply_feature_execution",
          features.stream().map(feature -> Map.of("name", feature)).toList());
    }
    String path = Wire.segment(lead.module()) + "/upsert";
    return new Writing.Request(HttpMethod.POST, path, body);
  }
}
