package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Probes;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.Standing;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.WhyNot;
import java.time.Instant;
import java.util.List;

/** Why a lead is decided as it is: each rule with its conditions, and what the lead has instead. */
final class WhyBody {

  /**
   * What is asked: a lead beside territories at an instant, and perhaps why it does not go there.
   */
  record Asked(Lead lead, TerritorySnapshot snapshot, Instant at, @Nullable String not) {}

  private WhyBody() {}

  /** Adds it to a body; takes CPU time, so not on an event loop. */
  static ObjectNode add(ObjectNode body, Probes probes, Asked asked) {
    rules(probes.trace(asked.lead(), asked.snapshot(), asked.at()), body.putArray("rules"));
    if (asked.not() != null) {
      WhyNot not = probes.whyNot(asked.lead(), asked.snapshot(), asked.at(), asked.not());
      ObjectNode told = body.putObject("not");
      told.put("territory", not.territory()).put("goesThere", not.goesThere());
      rules(not.rules(), told.putArray("rules"));
      ArrayNode flips = told.putArray("flips");
      not.flips().forEach(flip -> flip(flip, flips.addObject()));
    }
    return body;
  }

  /** Each rule with how far it came. */
  static void rules(List<RuleTrace> traces, ArrayNode into) {
    for (RuleTrace trace : traces) {
      ObjectNode one = into.addObject();
      one.put("rule", trace.rule().rule());
      one.put("file", trace.rule().file()).put("line", trace.rule().line());
      one.put("salience", trace.rule().salience());
      Json.put(one, "territory", trace.rule().territory());
      one.put("matches", trace.matches()).put("passed", trace.passed());
      one.set("conditions", Json.tree(trace.conditions()));
    }
  }

  private static void flip(WhyNot.Flip flip, ObjectNode into) {
    into.put("field", flip.field());
    Json.put(into, "from", flip.from());
    Json.put(into, "to", flip.to());
    into.put("told", flip.told()).put("then", Standing.of(flip.decision()).told());
    into.set("decision", EntryJson.decision(flip.decision()));
  }
}
