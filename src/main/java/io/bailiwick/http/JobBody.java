package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Left;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Realigned.Result;
import java.util.Map;

/** How a job is told. */
final class JobBody {

  private JobBody() {}

  static ObjectNode of(Job job) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", job.id()).put("action", job.kind().word()).put("state", job.state().word());
    Json.put(body, "undoes", job.undoes());
    body.put("per_second", job.perSecond());
    body.put("total", job.total()).put("done", job.done()).put("passed_over", job.passedOver());
    if (job.kind() == Job.Kind.REALIGN) {
      body.set("left", left(job.left()));
    }
    body.set("filter", filter(job.which()));
    ArrayNode acts = body.putArray("acts");
    job.acts().forEach(act -> acts.add(Json.object(act)));
    return body;
  }

  /** The same, with what became of the leads it changed. */
  static ObjectNode of(Job job, Map<Result, Long> results) {
    ObjectNode body = of(job);
    ObjectNode counts = body.putObject("results");
    for (Result result : Result.values()) {
      counts.put(result.word(), results.getOrDefault(result, 0L));
    }
    return body;
  }

  static ObjectNode left(Left left) {
    return Json.mapper()
        .createObjectNode()
        .put("same", left.same())
        .put("unready", left.unready())
        .put("by_hand", left.byHand());
  }

  private static ObjectNode filter(LeadFilter which) {
    ObjectNode body = Json.mapper().createObjectNode();
    Json.put(body, "status", which.stage() == null ? null : which.stage().status());
    Json.put(body, "reason", which.reason() == null ? null : which.reason().word());
    Json.put(body, "reason", which.parkReason() == null ? null : which.parkReason().word());
    Json.put(body, "blocker", which.blocker());
    Json.put(body, "territory", which.territory());
    Json.put(body, "rule", which.rule());
    Json.put(body, "source", which.source());
    Json.put(body, "sender", which.sender());
    Json.put(body, "changed_after", which.changedAfter());
    Json.put(body, "unchanged_since", which.unchangedSince());
    return body;
  }
}
