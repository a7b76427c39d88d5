package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.ShadowRun;
import io.bailiwick.flow.ShadowStanding;
import io.bailiwick.flow.ShadowStanding.Difference;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Standing;
import java.util.List;

/** How a shadow and what it has come to look in JSON. */
final class ShadowBodies {

  private ShadowBodies() {}

  static ObjectNode run(ShadowRun run) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("candidate", run.candidate());
    body.put("hash", run.hash());
    body.put("since", run.since().toString());
    return body;
  }

  /**
   * A shadow with a page of its differences.
   *
   * @param before only differences with lower numbers are shown
   */
  static ObjectNode standing(ShadowStanding standing, long before, int limit) {
    ObjectNode body = run(standing.run());
    body.put("serving", standing.run().serving());
    body.put("compared", standing.compared());
    ObjectNode counts = body.putObject("counts");
    standing.counts().forEach((change, count) -> counts.put(change.word(), count));
    body.put("skipped", standing.skipped());
    ArrayNode groups = body.putArray("groups");
    for (ShadowStanding.Group group : standing.groups()) {
      ObjectNode one = groups.addObject();
      one.put("change", group.change().word());
      one.set("from", standing(group.from()));
      one.set("to", standing(group.to()));
      one.put("count", group.count());
    }
    List<Difference> older =
        standing.differences().stream().filter(one -> one.number() < before).toList();
    List<Difference> shown = older.stream().limit(limit).toList();
    ArrayNode differences = body.putArray("differences");
    shown.forEach(one -> differences.add(difference(one)));
    if (shown.size() < older.size()) {
      body.put("next", Long.toString(shown.get(shown.size() - 1).number()));
    }
    return body;
  }

  private static ObjectNode difference(Difference difference) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("lead", difference.lead());
    body.put("at", difference.at().toString());
    body.put("change", difference.change().word());
    body.set("from", standing(difference.from()));
    body.set("to", standing(difference.to()));
    rule(body, "ruleBefore", difference.ruleBefore());
    rule(body, "ruleAfter", difference.ruleAfter());
    return body;
  }

  /** A territory, where it has one, and why it waits, where it does. */
  private static ObjectNode standing(Standing standing) {
    ObjectNode body = Json.mapper().createObjectNode();
    if (standing.territory() != null) {
      body.put("territory", standing.territory());
    }
    if (standing.waits() != null) {
      body.put("waits", standing.waits());
    }
    return body;
  }

  private static void rule(ObjectNode body, String member, @Nullable RuleHit hit) {
    if (hit != null) {
      body.putObject(member).put("rule", hit.rule()).put("place", hit.place());
    }
  }
}
