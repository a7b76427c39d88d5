package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar as a user runs it: each command, each exit code, and README's first screen. */
class CommandIT {

  @TempDir Path folder;

  @Test
  void aWrongCommandLineIs64EverywhereAndSaysWhatToTry() {
    for (String[] wrong :
        new String[][] {
          {},
          {"sreve"},
          {"serve", "--dmeo"},
          {"replay", "x"},
          {"why"},
          {"sandbox", "--port", "x"},
          {"rules"},
          {"rules", "export"}
        }) {
      JarProcess.Ended ended = JarProcess.run(Map.of(), wrong);
      assertEquals(64, ended.exit(), String.join(" ", wrong));
      assertTrue(ended.err().contains("--help"), ended.err());
      assertEquals("", ended.out());
    }
  }

  @Test
  void helpSaysExitCodesAndExamples() {
    for (String command :
        List.of("serve", "replay", "why", "check", "bisect", "sandbox", "rules", "rules export")) {
      JarProcess.Ended help = JarProcess.run(Map.of(), (command + " --help").split(" "));
      assertEquals(0, help.exit());
      assertTrue(help.out().contains("Exit codes:"), help.out());
      assertTrue(help.out().contains("Examples:"), help.out());
    }
    assertTrue(JarProcess.run(Map.of(), "--version").out().startsWith("bailiwick 0."));
  }

  @Test
  void serveWithoutACrmSaysWhatIsMissing() {
    JarProcess.Ended ended = JarProcess.run(Map.of(), "serve");
    assertEquals(1, ended.exit());
    assertTrue(ended.err().contains("crm.base-url is needed"), ended.err());
    JarProcess.Ended wrong = JarProcess.run(Map.of("BAILIWICK_HTTP_PORT", "eighty"), "serve");
    assertEquals(1, wrong.exit());
    assertTrue(wrong.err().contains("BAILIWICK_HTTP_PORT is \"eighty\""), wrong.err());
  }

  @Test
  void replayEndsWith0OnTheShippedRulesAnd3OnAChangedOneAnd1OnABrokenOne() throws IOException {
    JarProcess.Ended passed = JarProcess.run(Map.of(), "replay");
    assertEquals(0, passed.exit(), passed.out() + passed.err());
    String shown = block(Files.readString(Path.of("README.md")), "bailiwick.jar replay\n\n");
    assertEquals(shown, passed.out().strip(), "README shows what it prints");
    assertFalse(passed.out().contains("\u001b"), "no colours without a terminal");
    Path rules = copyOfTheRules();
    Path regions = rules.resolve("50-regions.drl");
    String text = Files.readString(regions);
    Files.writeString(regions, text.replace("\"West Region\"", "\"East Region\""));
    JarProcess.Ended failed = replay(rules, "--json");
    assertEquals(3, failed.exit());
    assertTrue(json(failed.out()).at("/totals/fail").asInt() > 0, failed.out());
    Files.writeString(regions, text.replaceFirst("country ==", "contry =="));
    JarProcess.Ended broken = replay(rules);
    assertEquals(1, broken.exit());
    assertTrue(broken.err().contains("50-regions.drl:7:"), broken.err());
    assertTrue(broken.err().contains("rule \"US west\""), broken.err());
    Files.writeString(regions, text.replaceFirst("salience 50", "salience 5O"));
    String caret = block(Files.readString(Path.of("README.md")), "a caret under the place:\n\n");
    assertEquals(caret, replay(rules).err().strip(), "README shows what it prints");
  }

  @Test
  void readmesFirstScreenWorksAsWritten() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Matcher curl =
        Pattern.compile("curl -s localhost:8080(\\S+) .*?\\n\\s+-d '(\\{.*?})'").matcher(readme);
    assertTrue(curl.find());
    Map<String, String> environment = JarProcess.demo(folder);
    String id;
    try (JarProcess service = JarProcess.start(folder, environment, "serve", "--demo")) {
      var answer =
          RunningService.send(
              HttpRequest.newBuilder(URI.create(service.url() + curl.group(1)))
                  .header("Content-Type", "application/json")
                  .header("Prefer", "wait=20")
                  .POST(BodyPublishers.ofString(curl.group(2)))
                  .build());
      String shown = block(readme, curl.group(2) + "'\n\n");
      assertTrue(Elided.matches(shown, answer.text()), answer.text());
      assertEquals("US west", answer.body().at("/decision/winner/rule").asText());
      assertEquals("3652397000001234567", answer.body().at("/territory/id").asText());
      id = answer.body().path("id").asText();
      why(environment, id);
      export(environment);
      JarProcess.Ended second = JarProcess.run(environment, "serve", "--demo");
      assertEquals(1, second.exit());
      assertTrue(second.err().contains("is served by another process (pid "), second.err());
      assertEquals(0, service.stop(), "stopped on request");
    }
    why(environment, id);
  }

  @Test
  void theSandboxRunsAloneAndStopsOnRequest() {
    try (JarProcess sandbox = JarProcess.start(folder, Map.of(), "sandbox", "--port", "0")) {
      var state =
          RunningService.send(
              HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox/state")).build());
      assertTrue(state.body().path("territories").size() >= 12, state.text());
      assertEquals(0, sandbox.stop());
    }
    JarProcess.Ended missing = JarProcess.run(Map.of(), "sandbox", "--fixtures", folder.toString());
    assertEquals(1, missing.exit());
    assertTrue(missing.err().contains("territories.json"), missing.err());
  }

  private void why(Map<String, String> environment, String id) {
    JarProcess.Ended told = JarProcess.run(environment, "why", "--demo", id);
    assertEquals(0, told.exit(), told.err());
    assertTrue(told.out().contains("is assigned, territory \"West Region\""), told.out());
    assertTrue(told.out().contains("\"US west\" (50-regions.drl:"), told.out());
    JarProcess.Ended json = JarProcess.run(environment, "why", "--demo", "--json", id);
    assertEquals("assigned", json(json.out()).path("status").asText());
    assertEquals(1, JarProcess.run(environment, "why", "--demo", "none").exit());
  }

  /** Beside the running service; what it writes replays as the service judges. */
  private void export(Map<String, String> environment) {
    Path out = folder.resolve("out");
    JarProcess.Ended told =
        JarProcess.run(environment, "rules", "export", "--demo", "--json", out.toString());
    assertEquals(0, told.exit(), told.err());
    JarProcess.Ended replayed =
        JarProcess.run(
            Map.of(
                "BAILIWICK_RULES_DIR", out.resolve("rules").toString(),
                "BAILIWICK_FIXTURES_DIR", out.resolve("fixtures").toString()),
            "replay",
            "--json");
    assertEquals(0, replayed.exit(), replayed.out());
    assertEquals(json(told.out()).path("hash"), json(replayed.out()).path("rulebook"));
  }

  private JarProcess.Ended replay(Path rules, String... more) {
    String[] command = new String[more.length + 1];
    command[0] = "replay";
    System.arraycopy(more, 0, command, 1, more.length);
    return JarProcess.run(Map.of("BAILIWICK_RULES_DIR", rules.toString()), command);
  }

  private Path copyOfTheRules() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("rules"));
    try (var files = Files.list(Path.of("rules"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  /** README's indented block after that text, without its indentation. */
  private static String block(String readme, String after) {
    String rest = readme.substring(readme.indexOf(after) + after.length());
    return rest.lines()
        .takeWhile(line -> line.startsWith("    "))
        .map(line -> line.substring(4))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
