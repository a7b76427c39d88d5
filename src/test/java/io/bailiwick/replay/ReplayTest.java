package io.bailiwick.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.command.SandboxWorlds;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.replay.CaseResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

  private static final Duration PROPAGATION = Duration.ofMinutes(15);

  private static final String RULES =
      """
      rule "US" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "Odd" when Lead( country == "FR" ) then route.queue("odd"); end
      """;

  private static final String US =
      """
      {"name":"US","lead":{"country":"US"},"expect":{"status":"assign","territory":"West"}}""";
  private static final String FR =
      """
      {"name":"FR","lead":{"country":"FR"},"expect":{"status":"queue","reason":"by_rule"}}""";

  @TempDir private Path folder;

  @BeforeEach
  void writeTerritories() throws IOException {
    write(
        "territories.json",
        """
        {"user":{"id":"1","memberOf":["9"],"permitted":true},
         "territories":[{"id":"9","name":"West","status":"Active","apiEnabled":true,
                         "createdAt":"2024-01-01T00:00:00Z"}]}
        """);
  }

  @Test
  void allAsExpectedAndEveryRuleFiredIsAPass() throws IOException {
    leads(US, FR);
    ReplayResult result = replay();
    assertEquals(List.of(Outcome.PASS, Outcome.PASS), outcomes(result));
    assertEquals(0, result.exitStatus());
    assertEquals(
        """
        2 leads, 2 pass
        0 stories
        2 rules, 0 never fired, 0 declared as not fired
        rulebook %s
        PASS
        """
            .formatted(result.rulebook().substring(0, 12)),
        ReplayText.of(result, false));
  }

  @Test
  void aDifferenceIsAFailAndTellsExpectedAndActual() throws IOException {
    leads(
        US.replace("West", "East").replace("\"territory\"", "\"rule\":\"Odd\",\"territory\""), FR);
    ReplayResult result = replay();
    assertEquals(3, result.exitStatus());
    assertEquals(
        List.of("territory: expected East, actual West", "rule: expected Odd, actual US"),
        result.results().get(0).details());
    assertTrue(ReplayText.of(result, false).startsWith("FAIL leads/a.json#1  US\n"));
    assertEquals(3, ReplayJson.of(result).get("exit").asInt());
    assertEquals("fail", ReplayJson.of(result).at("/cases/0/outcome").asText());
  }

  @Test
  void whatCannotBeReadIsAnErrorAndNeverAFailAndTheRestRuns() throws IOException {
    leads(
        US,
        FR,
        "{\"name\":\"typo\",\"lead\":{\"cuntry\":\"US\"},\"expect\":{\"status\":\"assign\"}}");
    write("leads/broken.json", "{\"at\":");
    ReplayResult result = replay();
    assertEquals(1, result.exitStatus());
    assertEquals(2, result.count(Outcome.PASS));
    assertEquals(2, result.count(Outcome.ERROR));
    assertEquals(0, result.count(Outcome.FAIL));
    List<String> errors =
        result.results().stream()
            .filter(r -> r.outcome() == Outcome.ERROR)
            .map(r -> r.details().get(0))
            .toList();
    assertTrue(errors.get(0).contains("/cuntry is not a field of a lead"), errors.get(0));
    assertTrue(errors.get(1).startsWith("leads/broken.json is not JSON"), errors.get(1));
  }

  @Test
  void aMisspelledMemberOfAFixtureIsAnError() throws IOException {
    leads(US.replace("\"territory\"", "\"teritory\""), FR);
    assertEquals(1, replay().exitStatus());
  }

  @Test
  void noFixturesAtAllIsAnError() {
    assertEquals(1, replay().exitStatus());
    assertThrows(
        IllegalArgumentException.class, () -> FixtureFolder.read(folder.resolve("nowhere")));
  }

  @Test
  void aRuleThatNoFixtureFiresFailsUnlessItIsDeclared() throws IOException {
    leads(US);
    ReplayResult result = replay();
    assertEquals(3, result.exitStatus());
    assertEquals(
        List.of("Odd"), result.coverage().neverFired().stream().map(r -> r.rule()).toList());
    write("unfired.json", "{\"unfired\":[{\"rule\":\"Odd\",\"reason\":\"too odd\"}]}");
    assertEquals(0, replay().exitStatus());
  }

  @Test
  void aFalseDeclarationFails() throws IOException {
    leads(US, FR);
    write(
        "unfired.json",
        """
        {"unfired":[{"rule":"Odd","reason":"x"},{"rule":"Gone","reason":"y"}]}
        """);
    ReplayResult result = replay();
    assertEquals(3, result.exitStatus());
    assertEquals(
        List.of("a fixture fires \"Odd\"", "there is no rule \"Gone\""),
        result.coverage().falselyDeclared());
  }

  @Test
  void aStoryEndsAtItsFirstDifference() throws IOException {
    leads(US, FR);
    story(
        """
        {"at":"PT0S","post":{"crmId":"1","country":"US"}},
        {"at":"PT1M","expect":{"1":{"status":"queued"}}},
        {"at":"PT2M","expect":{"1":{"status":"parked"}}}
        """);
    ReplayResult result = replay();
    assertEquals(3, result.exitStatus());
    assertEquals(
        List.of("step 2 (PT1M), 1: status: expected queued, actual assigned"),
        result.results().get(2).details());
  }

  @Test
  void aStoryWithAWrongCommandIsAnError() throws IOException {
    leads(US, FR);
    story(
        """
        {"at":"PT0S","crm":{"do":"nothing"}},
        {"at":"PT0S","post":{"crmId":"1","country":"US"}},
        {"at":"PT1M","expect":{"1":{"status":"assigned"}}}
        """);
    assertEquals(1, replay().exitStatus());
  }

  @Test
  void storiesThatCannotMeanAnythingAreErrors() throws IOException {
    Map<String, String> wrong =
        Map.of(
            "{\"at\":\"PT0S\",\"post\":{\"crmId\":\"1\"}}", "expects nothing",
            "{\"at\":\"PT0S\",\"post\":{\"country\":\"US\"}}", "without crmId",
            "{\"at\":\"PT0S\",\"expect\":{\"1\":{\"status\":\"queued\"}}}", "has a member \"1\"",
            "{\"at\":\"-PT1S\",\"crm\":{}}", "is before",
            "{\"at\":\"soon\",\"crm\":{}}", "must be a duration",
            "{\"at\":\"PT0S\"}", "exactly one of");
    for (var one : wrong.entrySet()) {
      story(one.getKey());
      CaseResult result = replay().results().get(0);
      assertEquals(Outcome.ERROR, result.outcome());
      assertTrue(result.details().get(0).contains(one.getValue()), result.details().get(0));
    }
  }

  @Test
  void namesFromFilesCannotDriveATerminalAndColoursAreOnlyOurs() throws IOException {
    leads(US.replace("\"name\":\"US\"", "\"name\":\"a\\u001b[2Jb\"").replace("West", "East"));
    assertTrue(ReplayText.of(replay(), false).contains("a [2Jb"));
    assertTrue(ReplayText.of(replay(), true).contains("\u001b[31mFAIL\u001b[0m leads/a.json#1"));
  }

  private ReplayResult replay() {
    var settings = JudgeSettings.onCallersThread(PROPAGATION, "test");
    var files = new RuleFiles(Map.of("main.drl", RULES));
    var compiled = (Compilation.Ready) RulebookCompiler.compile(files, settings);
    try (var rules = compiled.rulebook()) {
      return Replay.run(FixtureFolder.read(folder), rules, new SandboxWorlds(PROPAGATION));
    }
  }

  private static List<Outcome> outcomes(ReplayResult result) {
    return result.results().stream().map(CaseResult::outcome).collect(Collectors.toList());
  }

  private void leads(String... cases) throws IOException {
    write(
        "leads/a.json",
        "{\"at\":\"2026-01-15T12:00:00Z\",\"leads\":[" + String.join(",", cases) + "]}");
  }

  private void story(String steps) throws IOException {
    write("stories/a.json", "{\"name\":\"s\",\"why\":\"w\",\"steps\":[" + steps + "]}");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
