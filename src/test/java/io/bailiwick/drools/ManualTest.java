package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The manual {@code rules/README.md}: its examples run, and its tables miss no word. */
class ManualTest {

  private static final Pattern BLOCK =
      Pattern.compile("```(drl|leads|csv [^\n]+|yaml [^\n]+)\n(.*?)```", Pattern.DOTALL);

  /** Each example is its files, rules among them, and then its leads. */
  @TestFactory
  List<DynamicTest> everyExampleDoesWhatTheManualSays() throws IOException {
    String manual = manual();
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, String> files = new TreeMap<>();
    for (MatchResult block : BLOCK.matcher(manual).results().toList()) {
      String kind = block.group(1);
      if (!kind.equals("leads")) {
        files.put(kind.equals("drl") ? "example.drl" : kind.split(" ")[1], block.group(2));
        continue;
      }
      Map<String, String> example = Map.copyOf(files);
      files.clear();
      String rules = example.get("example.drl");
      tests.add(
          DynamicTest.dynamicTest(
              rules.lines().filter(l -> l.startsWith("rule")).findFirst().orElseThrow(),
              () -> run(example, block.group(2).lines().toList())));
    }
    assertEquals(manual.split("```drl\n").length - 1, tests.size(), "each example has its leads");
    assertTrue(tests.size() >= 11, tests.size() + " examples");
    return tests;
  }

  @Test
  void everyFieldAndOperatorStandsInTheManual() throws IOException {
    String manual = manual();
    for (Fact fact : Vocabulary.plain().facts()) {
      for (Field field : fact.fields()) {
        assertTrue(manual.contains("`" + field.name() + "`"), fact.word() + "." + field.name());
      }
    }
    for (Condition.Op op : Condition.Op.values()) {
      String word = op.word().replaceFirst("^not str", "str");
      assertTrue(manual.contains("`" + word), op.word());
    }
  }

  private static void run(Map<String, String> example, List<String> expectations)
      throws IOException {
    Map<String, String> files = new TreeMap<>(example);
    files.put("readiness.drl", Files.readString(Path.of("rules/readiness.drl")));
    try (var rulebook = RulesForTests.rulebook(files, RulesForTests.SETTINGS)) {
      for (String expectation : expectations) {
        String[] sides = expectation.split("( waiting | → )");
        var node = Json.read(sides[0].getBytes(StandardCharsets.UTF_8));
        var lead = LeadJson.read(node, "", SourceMapping.PLAIN, true).lead();
        assertNotNull(lead, expectation);
        Waiting waiting = sides.length == 2 ? null : waiting(sides[1]);
        var decision =
            rulebook
                .judge(List.of(new Asked(lead, waiting)), snapshot(), NOON)
                .toCompletableFuture()
                .join()
                .get(0);
        assertEquals(sides[sides.length - 1], RulesForTests.told(decision), expectation);
      }
    }
  }

  private static Waiting waiting(String time) {
    Duration waited = Duration.parse("PT" + time);
    return new Waiting(NOON.minus(waited), null, null, null, false);
  }

  private static TerritorySnapshot snapshot() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("fixtures/territories.json"));
    return TerritoriesJson.read(file).reading().snapshot(null, NOON.minus(Duration.ofDays(1)));
  }

  private static String manual() throws IOException {
    return Files.readString(Path.of("rules/README.md"));
  }
}
