package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, and leads that wait longer than {@code rules/waiting.yaml} allows. */
class WaitingIT {

  private static final String LIMITS =
      """
      Somebody should look:
        after: 1s
        then: tell
      DACH for long:
        reason: territory_not_ready
        territory: DACH
        after: 3s
        fallback: West Region
      """;

  @TempDir private Path folder;
  private String url = "";

  @Test
  void aLeadIsToldOfThenGoesToTheFallbackAndVerifyDecidesTheSame() throws IOException {
    copyRules();
    Files.writeString(folder.resolve("rules/waiting.yaml"), LIMITS);
    Map<String, String> environment = environment();
    try (JarProcess service = JarProcess.start(folder, environment, "serve", "--demo")) {
      url = service.url();
      String late = post("{\"crmId\":\"1\",\"country\":\"DE\"}");
      String nobody = post("{\"crmId\":\"2\",\"country\":\"FR\"}");
      JsonNode sent = await(late, "assigned");
      assertEquals("West Region", sent.at("/territory/name").asText());
      assertEquals("DACH for long", sent.at("/decision/waited/limit/rule").asText());
      assertEquals("waiting.yaml", sent.at("/decision/waited/limit/file").asText());
      assertEquals("Germany", sent.at("/decision/winner/rule").asText());
      assertTrue(sent.path("history").toString().contains("in place of \\\"DACH\\\""));
      RunningService.await(
          "it is told of",
          () -> lead(nobody).at("/decision/waited/limit/rule").asText().startsWith("Somebody"));
      assertEquals("no_match", lead(nobody).path("reason").asText());
      assertTrue(told(nobody, "waits longer than limit \"Somebody should look\" (waiting.yaml:1)"));
      Files.writeString(folder.resolve("rules/waiting.yaml"), "Late: {after: soon, then: tell}");
      RunningService.await(
          "the mistake is told",
          () -> RunningService.get(url, "/v1/rules").text().contains("write a time from 1s"));
      assertEquals(0, service.stop());
    }
    JarProcess.Ended verified = JarProcess.run(environment, "verify", "--all", "--demo");
    assertEquals(0, verified.exit(), verified.out() + verified.err());
    JarProcess.Ended checked = JarProcess.run(environment, "check", "--demo");
    assertTrue((checked.out() + checked.err()).contains("waiting.yaml:1:15"), checked.out());
  }

  private boolean told(String lead, String what) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("serve.log"));
    return lines.stream().filter(line -> line.contains(lead + " " + what)).count() == 1;
  }

  private String post(String lead) {
    return RunningService.postTo(url, lead).body().path("id").asText();
  }

  private JsonNode lead(String id) {
    return RunningService.get(url, "/v1/leads/" + id).body();
  }

  private JsonNode await(String id, String status) {
    RunningService.await(id + " " + status, () -> lead(id).path("status").asText().equals(status));
    return lead(id);
  }

  private void copyRules() throws IOException {
    Path from = Path.of("src/test/resources/desk/rules");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("rules").resolve(from.relativize(file).toString()));
      }
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put("BAILIWICK_RULES_DIR", folder.resolve("rules").toString());
    environment.put("BAILIWICK_RULES_LOOK", "50ms");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    return environment;
  }
}
