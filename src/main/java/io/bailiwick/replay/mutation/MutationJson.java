package io.bailiwick.replay.mutation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Mutant;

/** How well fixtures test the rules, as JSON. */
public final class MutationJson {

  private MutationJson() {}

  /** Conditions, mutants and suggested fixtures. */
  public static String of(MutationScore score, ConditionCoverage coverage) {
    return Json.write(tree(score, coverage));
  }

  /** The same, to be put into an answer. */
  public static ObjectNode tree(MutationScore score, ConditionCoverage coverage) {
    ObjectNode root = Json.mapper().createObjectNode();
    ArrayNode conditions = root.putArray("conditions");
    for (ConditionCoverage.Reached one : coverage.conditions()) {
      ObjectNode node = conditions.addObject();
      node.put("rule", one.rule().rule()).put("place", one.rule().place());
      node.put("text", one.text());
      node.set("passing", Json.tree(one.passing()));
      node.set("failing", Json.tree(one.failing()));
    }
    root.put("mutants", score.mutants()).put("percent", score.percent());
    ArrayNode survivors = root.putArray("survivors");
    for (MutationScore.Survivor one : score.survivors()) {
      Mutant mutant = one.mutant();
      survivors
          .addObject()
          .put("rule", mutant.rule().rule())
          .put("place", mutant.rule().place())
          .put("kind", mutant.kind().name().toLowerCase(java.util.Locale.ROOT))
          .put("change", mutant.change())
          .put("killer", one.killer());
    }
    ArrayNode suggested = root.putArray("suggested");
    score
        .suggested()
        .forEach(
            one -> {
              ObjectNode node = suggested.addObject();
              node.put("name", one.name()).put("at", one.at().toString());
              node.set("lead", LeadJson.posted(one.lead()));
              node.set("expect", Json.tree(one.expectation()));
            });
    return root;
  }
}
