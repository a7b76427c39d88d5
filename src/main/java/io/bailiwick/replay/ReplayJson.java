package io.bailiwick.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.replay.CaseResult.Outcome;
import java.util.Locale;

/** A replay's result as JSON, for machines. */
public final class ReplayJson {

  private ReplayJson() {}

  /** Totals, every case with its details, and the rules' coverage. */
  public static ObjectNode of(ReplayResult result) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("rulebook", result.rulebook());
    root.put("exit", result.exitStatus());
    ObjectNode totals = root.putObject("totals");
    for (Outcome outcome : Outcome.values()) {
      totals.put(word(outcome), result.count(outcome));
    }
    ArrayNode cases = root.putArray("cases");
    result.results().forEach(one -> write(one, cases.addObject()));
    write(result.coverage(), root.putObject("rules"));
    return root;
  }

  private static void write(CaseResult one, ObjectNode node) {
    node.put("kind", word(one.kind()));
    node.put("place", one.place());
    node.put("name", one.name());
    node.put("outcome", word(one.outcome()));
    ArrayNode details = node.putArray("details");
    one.details().forEach(details::add);
  }

  private static void write(Coverage coverage, ObjectNode node) {
    node.put("count", coverage.rules());
    ArrayNode never = node.putArray("neverFired");
    for (RuleHit rule : coverage.neverFired()) {
      never.addObject().put("rule", rule.rule()).put("place", rule.place());
    }
    ArrayNode declared = node.putArray("declared");
    coverage
        .declared()
        .forEach(d -> declared.addObject().put("rule", d.rule()).put("reason", d.reason()));
    ArrayNode falsely = node.putArray("falselyDeclared");
    coverage.falselyDeclared().forEach(falsely::add);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
