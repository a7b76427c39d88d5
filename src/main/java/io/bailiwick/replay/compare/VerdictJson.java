package io.bailiwick.replay.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.Standing;
import io.bailiwick.replay.ReplayJson;
import java.util.List;

/** What a change would do as JSON, for machines; {@code docs/replay.schema.json} describes it. */
public final class VerdictJson {

  /** Grows with each change that a reader could stumble over. */
  public static final int VERSION = 1;

  private VerdictJson() {}

  /** The whole verdict. */
  public static ObjectNode of(Verdict verdict) {
    Comparison comparison = verdict.comparison();
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("version", VERSION).put("exit", verdict.exitStatus());
    root.put("publishable", verdict.publishable());
    root.put("base", comparison.base()).put("candidate", comparison.candidate());
    root.put("leads", comparison.total());
    ObjectNode counts = root.putObject("counts");
    for (Change change : Change.values()) {
      counts.put(change.word(), comparison.count(change));
    }
    hunks(comparison.hunks(), root.putArray("differences"));
    groups(comparison.groups(), root.putArray("groups"));
    groups(comparison.world(), root.putArray("world"));
    ObjectNode territories = root.putObject("territories");
    comparison
        .territories()
        .forEach(
            (name, volume) ->
                territories
                    .putObject(name)
                    .put("before", volume.before())
                    .put("after", volume.after()));
    ArrayNode changed = root.putArray("changed");
    comparison.changed().forEach(one -> changed(one, verdict, changed.addObject()));
    ArrayNode guardrails = root.putArray("guardrails");
    verdict
        .guardrails()
        .forEach(g -> guardrails.addObject().put("kept", g.kept()).put("told", g.told()));
    if (verdict.fixtures() != null) {
      root.set("fixtures", ReplayJson.of(verdict.fixtures()));
    }
    return root;
  }

  private static void hunks(List<Hunk> hunks, ArrayNode into) {
    for (Hunk hunk : hunks) {
      into.addObject()
          .put("kind", hunk.kind().name().toLowerCase(java.util.Locale.ROOT))
          .put("file", hunk.file())
          .put("line", hunk.line())
          .put("rule", hunk.rule())
          .put("before", hunk.before())
          .put("after", hunk.after());
    }
  }

  /** Adds which leads change together, and by which differences. */
  public static void groups(List<Group> groups, ArrayNode into) {
    for (Group group : groups) {
      ObjectNode node = into.addObject();
      node.put("change", group.change().word());
      node.put("from", group.from().told()).put("to", group.to().told());
      node.put("ruleBefore", group.ruleBefore()).put("ruleAfter", group.ruleAfter());
      node.put("leads", group.count());
      ArrayNode samples = node.putArray("samples");
      group.samples().forEach(sample -> samples.add(sample.row().place()));
      node.put("together", group.together());
      hunks(group.causes(), node.putArray("causes"));
    }
  }

  private static void changed(Changed one, Verdict verdict, ObjectNode into) {
    into.put("place", one.row().place()).put("name", one.row().name());
    into.put("change", one.change().word());
    into.set("lead", LeadJson.posted(one.row().lead()));
    decision(one.before(), into.putObject("before"));
    decision(one.after(), into.putObject("after"));
    RuleTrace nearest = verdict.nearest().get(one.row().place());
    if (nearest != null) {
      into.putObject("nearest")
          .put("rule", nearest.rule().rule())
          .put("place", nearest.rule().place())
          .put("told", nearest.told());
    }
  }

  private static void decision(Decision decision, ObjectNode into) {
    into.put("told", Standing.of(decision).told());
    var winner = decision.receipt().winner();
    if (winner != null) {
      into.put("rule", winner.rule()).put("place", winner.place());
    }
  }
}
