package io.bailiwick.replay.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a change of the shipped rules would do to the shipped fixtures. */
class CompareTest {

  private static final RuleFiles SHIPPED = RuleFolder.read(Path.of("rules"));
  private static final Fixtures FIXTURES = FixtureFolder.read(Path.of("fixtures"));

  @Test
  void theSameRulesChangeNothing() {
    Comparison comparison = compared(SHIPPED);
    assertEquals(FIXTURES.leads().size(), comparison.total());
    assertEquals(0, comparison.changes());
    assertEquals(List.of(), comparison.hunks());
  }

  @Test
  void aLostStateIsFoundAttributedAndBarred() {
    RuleFiles wrong = changed("50-regions.drl", "\"AK\", \"AZ\", \"CA\",", "\"AK\", \"AZ\",");
    Comparison comparison = compared(wrong);
    assertAllCausedBy(comparison, "\"US west\" 50-regions.drl:4  region → lost \"CA\"");
    assertTrue(
        comparison.groups().stream()
            .anyMatch(
                g ->
                    g.from().told().equals("West Region") && g.to().told().equals("Inbound Desk")));
    assertBarred(comparison, "moved: 0", "moved must be at most 0");
  }

  @Test
  void aLoweredBoundIsFoundAttributedAndBarred() {
    RuleFiles wrong = changed("40-segments.drl", "employees >= 5000", "employees >= 50");
    Comparison comparison = compared(wrong);
    assertAllCausedBy(
        comparison,
        "\"US enterprise, by employees\" 40-segments.drl:4  employees >= 5000 → employees >= 50");
    assertBarred(comparison, "moved: 1%", "moved must be at most 1 %");
    assertBarred(comparison, "protected: [Enterprise]", "Enterprise is protected");
  }

  @Test
  void aSwappedSalienceIsFoundAttributedAndBarred() {
    RuleFiles wrong = changed("20-accounts.drl", "salience 100", "salience 10");
    Comparison comparison = compared(wrong);
    assertAllCausedBy(
        comparison, "\"Strategic account\" 20-accounts.drl:4  salience 100 → salience 10");
    assertBarred(comparison, "protected: [Strategic Accounts]", "Strategic Accounts is protected");
  }

  @Test
  void leadsThatFallOutAreUnmatchedAndARuleThatIsGoneIsNamed() {
    RuleFiles wrong =
        changed("60-languages.drl", "rule \"German, country unknown\"", "rule \"Renamed\"");
    Comparison renamed = compared(wrong);
    assertEquals(0, renamed.changes(), "a name alone changes no decision");
    assertEquals(2, renamed.hunks().size());
    Map<String, String> texts = new TreeMap<>(SHIPPED.texts());
    texts.remove("60-languages.drl");
    Comparison gone = compared(new RuleFiles(texts));
    assertTrue(gone.count(Change.UNMATCHED) > 0);
    assertTrue(
        gone.groups().stream()
            .flatMap(group -> group.causes().stream())
            .allMatch(hunk -> hunk.kind() == Hunk.Kind.RULE_REMOVED));
    assertBarred(gone, "unmatched: 0", "unmatched must be at most 0");
  }

  @Test
  void whatTheTerritoriesChangedIsKeptApart() {
    Instant at = FIXTURES.leads().get(0).at();
    List<Row> rows = rows();
    TerritorySnapshot now = Replay.snapshot(FIXTURES.territories(), at);
    var before =
        new TerritorySnapshot(
            now.territories().stream().filter(t -> !t.name().equals("France")).toList(),
            now.permitted());
    try (Rulebook base = compiled(SHIPPED, 0);
        Rulebook same = compiled(SHIPPED, 0)) {
      var comparer = new Comparer(new Comparer.Sides(base, same, before), one -> {});
      comparer.take(rows, now, at);
      Comparison comparison = comparer.finish();
      assertEquals(0, comparison.changes(), "the rules changed nothing");
      assertTrue(
          comparison.world().stream()
              .allMatch(
                  group ->
                      group.from().told().equals("France (territory_not_ready / not_found)")
                          && group.to().told().equals("France")),
          comparison.world().toString());
      assertFalse(comparison.world().isEmpty());
    }
  }

  @Test
  void oneThreadAndFourGiveTheSameByteForByte() {
    RuleFiles wrong = changed("40-segments.drl", "employees >= 5000", "employees >= 50");
    assertEquals(streamed(wrong, 1), streamed(wrong, 4));
  }

  @Test
  void guardrailsThatSayNothingCanBeReadAreRefusedWithWhatToWrite() {
    for (String wrong :
        List.of("moved: many", "moved: 120%", "unmatched: -1", "move: 3", "moved: [")) {
      var files = new RuleFiles(Map.of(Guardrails.FILE, wrong));
      var refused = assertThrows(IllegalArgumentException.class, () -> Guardrails.of(files));
      assertTrue(refused.getMessage().startsWith("guardrails.yaml"), refused.getMessage());
    }
  }

  @Test
  void whatIsWrittenAsJsonIsWhatTheSchemaSays() throws IOException {
    RuleFiles wrong = changed("40-segments.drl", "employees >= 5000", "employees >= 50");
    var verdict = new Verdict(compared(wrong), null, List.of(), Map.of());
    JsonNode schema = Json.read(Files.readAllBytes(Path.of("docs/replay.schema.json")));
    JsonNode written = Json.read(VerdictJson.of(verdict).toString().getBytes(UTF_8));
    conforms(schema, schema, written, "");
  }

  /** As much of JSON Schema as ours uses. */
  private static void conforms(JsonNode root, JsonNode schema, JsonNode value, String at) {
    if (schema.has("$ref")) {
      conforms(root, root.at(schema.get("$ref").asText().substring(1)), value, at);
      return;
    }
    if (schema.has("enum")) {
      List<JsonNode> allowed = new ArrayList<>();
      schema.get("enum").forEach(allowed::add);
      assertTrue(allowed.contains(value), at + " is " + value);
    }
    schema
        .path("required")
        .forEach(name -> assertTrue(value.has(name.asText()), at + " lacks " + name));
    value
        .properties()
        .forEach(
            member -> {
              JsonNode known = schema.path("properties").path(member.getKey());
              JsonNode more = schema.path("additionalProperties");
              String place = at + "/" + member.getKey();
              assertTrue(!known.isMissingNode() || !more.isBoolean(), place + " is not described");
              conforms(root, known.isMissingNode() ? more : known, member.getValue(), place);
            });
    for (JsonNode element : value.isArray() ? value : Json.mapper().createArrayNode()) {
      conforms(root, schema.path("items"), element, at + "/*");
    }
  }

  private static String streamed(RuleFiles candidate, int threads) {
    Instant at = FIXTURES.leads().get(0).at();
    TerritorySnapshot now = Replay.snapshot(FIXTURES.territories(), at);
    List<String> told = new ArrayList<>();
    try (Rulebook base = compiled(SHIPPED, threads);
        Rulebook newer = compiled(candidate, threads)) {
      var comparer =
          new Comparer(new Comparer.Sides(base, newer, null), one -> told.add(one.row().place()));
      for (int i = 0; i < 200; i++) {
        comparer.take(rows(), now, at);
      }
      var verdict = new Verdict(comparer.finish(), null, List.of(), Map.of());
      return VerdictJson.of(verdict).toString() + told;
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (LeadCase one : FIXTURES.leads()) {
      rows.add(new Row(one.place(), one.name(), one.lead()));
    }
    return rows;
  }

  private static void assertAllCausedBy(Comparison comparison, String told) {
    assertTrue(comparison.changes() > 0);
    for (Group group : comparison.groups()) {
      assertEquals(List.of(told), group.causes().stream().map(Hunk::told).toList());
    }
  }

  private static void assertBarred(Comparison comparison, String yaml, String told) {
    var guardrails = Guardrails.of(new RuleFiles(Map.of(Guardrails.FILE, yaml)));
    var verdict = new Verdict(comparison, null, guardrails.seen(comparison, null), Map.of());
    assertEquals(3, verdict.exitStatus());
    assertTrue(
        verdict.guardrails().stream().anyMatch(g -> !g.kept() && g.told().startsWith(told)),
        verdict.guardrails().toString());
    var free = new Verdict(comparison, null, List.of(), Map.of());
    assertEquals(2, free.exitStatus());
    String text = VerdictText.of(verdict, List.of(), false);
    assertTrue(text.endsWith("NOT publishable.\n"), text);
  }

  private static Comparison compared(RuleFiles candidate) {
    try (Rulebook base = compiled(SHIPPED, 0);
        Rulebook newer = compiled(candidate, 0)) {
      return FixtureComparison.of(FIXTURES, base, newer, one -> {});
    }
  }

  private static RuleFiles changed(String file, String from, String to) {
    Map<String, String> texts = new TreeMap<>(SHIPPED.texts());
    String text = String.valueOf(texts.get(file));
    assertTrue(text.contains(from), from);
    int at = text.indexOf(from);
    texts.put(file, text.substring(0, at) + to + text.substring(at + from.length()));
    return new RuleFiles(texts);
  }

  private static Rulebook compiled(RuleFiles files, int threads) {
    var settings =
        new JudgeSettings(
            Duration.ofMinutes(15),
            threads,
            JudgeSettings.DEFAULT_FIRE_LIMIT,
            JudgeSettings.DEFAULT_DEADLINE,
            false,
            "test");
    return ((Compilation.Ready) RulebookCompiler.compile(files, settings)).rulebook();
  }
}
