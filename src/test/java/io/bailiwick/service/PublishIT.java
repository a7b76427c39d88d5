package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules change while the real service runs: from the folder, by API, and back again. */
class PublishIT {

  private static final Path DESK = Path.of("src/test/resources/desk/rules");
  private static final String LOOP_ENDS = "bailiwick.loop.ends";
  private static final String FRENCH = "{\"crmId\":\"%s\",\"country\":\"FR\"}";
  private static final String FRANCE =
      """
      rule "France" salience 50
      when Lead( country == "FR" )
           $t : Territory( name == "West Region" )
      then route.to($t); end
      """;

  @TempDir Path folder;
  private Path rules;

  @BeforeEach
  void copyTheRules() throws IOException {
    System.clearProperty(LOOP_ENDS);
    rules = Files.createDirectories(folder.resolve("rules"));
    for (String file : List.of("routing.drl", "readiness.drl")) {
      Files.copy(DESK.resolve(file), rules.resolve(file));
    }
  }

  /** Else the threads that were given up would take a core from every test after this one. */
  @AfterEach
  void theLoopsEnd() {
    System.setProperty(LOOP_ENDS, "true");
  }

  @Test
  void anEditedFileServesWithinSecondsAndTheLeadsItMovesLeaveAtOnce() {
    try (var service = service()) {
      String before = serving(service);
      String id = waiting(service, "1");
      write("france.drl", FRANCE);
      JsonNode lead = service.awaitStatus(id, "assigned");
      String after = serving(service);
      assertFalse(before.equals(after));
      assertEquals(after, lead.at("/decision/rulebook").asText());
      assertEquals("France", lead.at("/decision/winner/rule").asText());
      JsonNode standing = service.get("/v1/rules").body();
      assertEquals("on-change", standing.path("how").asText());
      assertEquals(2, standing.path("versions").size());
      assertEquals("ready", service.get("/readyz").body().path("status").asText());
      assertTrue(metrics(service).contains("bailiwick_rulebook_info{hash=\"" + after + "\"} 1"));
      assertTrue(metrics(service).contains("publications_total{how=\"on-change\"} 2.0"));
    }
  }

  @Test
  void aBrokenFileChangesNothingAndIsSeenEverywhere() {
    try (var service = service()) {
      String good = serving(service);
      assertTrue(metrics(service).contains("bailiwick_rulebook_candidate_refused 0.0"));
      write("france.drl", "rule \"Half\" when Lead( contry == \"FR\" )");
      RunningService.await("it is refused", () -> state(service, 0).equals("refused"));
      assertEquals(good, serving(service));
      JsonNode flaw = service.get("/v1/rules").body().at("/candidates/0/flaws/0");
      assertTrue(flaw.asText().startsWith("france.drl:1:"), flaw.asText());
      JsonNode ready = service.get("/readyz").body();
      assertEquals("degraded", ready.path("status").asText());
      assertEquals("rulebook_candidate_refused", ready.at("/reasons/0/reason").asText());
      assertTrue(metrics(service).contains("bailiwick_rulebook_candidate_refused 1.0"));
      var lead = service.postLead("{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}");
      service.awaitStatus(lead.body().path("id").asText(), "assigned");
      write("france.drl", FRANCE);
      RunningService.await("the mended one serves", () -> !serving(service).equals(good));
      assertTrue(metrics(service).contains("bailiwick_rulebook_candidate_refused 0.0"));
    }
  }

  @Test
  void aChangeThatItsFixturesContradictIsRefusedWithTheFixture() throws IOException {
    Path fixtures = Files.createDirectories(folder.resolve("fixtures/leads")).getParent();
    Files.copy(
        Path.of("src/test/resources/desk/fixtures/territories.json"),
        fixtures.resolve("territories.json"));
    Files.writeString(
        fixtures.resolve("leads/us.json"),
        """
        {"at":"2026-01-15T12:00:00Z","leads":[{"name":"California",
         "lead":{"country":"US","region":"CA"},
         "expect":{"status":"assign","territory":"West Region"}}]}
        """);
    try (var service = service(Map.of("fixtures.dir", fixtures.toString()))) {
      String good = serving(service);
      write("routing.drl", read("routing.drl").replace("West Region", "DACH"));
      RunningService.await("it is refused", () -> state(service, 0).equals("refused"));
      assertEquals(good, serving(service));
      JsonNode failing = service.get("/v1/rules").body().at("/candidates/0/failing/0");
      assertEquals("leads/us.json#1", failing.path("place").asText());
      assertEquals("California", failing.path("name").asText());
    }
  }

  @Test
  void onApprovalAChangeWaitsUntilItIsPublished() {
    try (var service = service(Map.of("rules.publish", "on-approval"))) {
      String good = serving(service);
      String id = waiting(service, "1");
      write("france.drl", FRANCE);
      RunningService.await("it waits", () -> state(service, 0).equals("waiting for approval"));
      assertEquals(good, serving(service));
      String next = service.get("/v1/rules").body().at("/candidates/0/hash").asText();
      String wish = "{\"candidate\":\"rules\",\"hash\":\"%s\"}";
      var other = service.post("/v1/rules/publish", wish.formatted(good));
      assertEquals(409, other.status(), other.text());
      assertEquals("/problems/candidate-changed", other.body().path("type").asText());
      var published = service.post("/v1/rules/publish", wish.formatted(next));
      assertEquals(200, published.status(), published.text());
      assertEquals("approved", published.body().path("how").asText());
      assertEquals(next, serving(service));
      service.awaitStatus(id, "assigned");
    }
  }

  @Test
  void whatTheApiPublishedServesAfterARestartAndRulesAreSaidToDiffer() {
    String published;
    String original;
    try (var service = service()) {
      original = serving(service);
      ObjectNode candidate = (ObjectNode) service.get("/v1/rules/" + original).body();
      ((ObjectNode) candidate.path("files")).put("france.drl", FRANCE);
      var put = service.put("/v1/rules/summer", candidate.toString());
      assertEquals(200, put.status(), put.text());
      assertEquals("waiting for approval", put.body().path("state").asText());
      var answer = service.post("/v1/rules/publish", "{\"candidate\":\"summer\"}");
      assertEquals(200, answer.status(), answer.text());
      published = serving(service);
      assertEquals(put.body().path("hash").asText(), published);
    }
    try (var service = service()) {
      assertEquals(published, serving(service));
      assertTrue(service.get("/v1/rules").body().path("differs").asBoolean());
      assertEquals("rules_differ", service.get("/readyz").body().at("/reasons/0/reason").asText());
      var lead = service.postLead(FRENCH.formatted(5), "Prefer", "wait=20");
      assertEquals("assigned", lead.body().path("status").asText());
      JsonNode files = service.get("/v1/rules/" + published).body().path("files");
      assertEquals(FRANCE, files.path("france.drl").asText());
      var back = service.post("/v1/rules/publish", "{\"hash\":\"%s\"}".formatted(original));
      assertEquals("rolled-back", back.body().path("how").asText(), back.text());
      assertEquals(original, serving(service));
      assertFalse(service.get("/v1/rules").body().path("differs").asBoolean());
    }
  }

  @Test
  void rulesThatDoNotEndAreGivenUpAfterThreeLeadsAndTheVersionBeforeServes() {
    var loops = Map.of("rules.trust", "full", "rules.deadline", "200ms");
    try (var service = service(loops)) {
      String good = serving(service);
      write(
          "loop.drl",
          """
          package rules;
          import io.bailiwick.drools.Route;
          global Route route;
          rule "Loop" when Lead( country == "FR" )
          then while (!Boolean.getBoolean("bailiwick.loop.ends")) { } end
          """);
      RunningService.await("it serves", () -> !serving(service).equals(good));
      for (int i = 0; i < 3; i++) {
        var lead = service.postLead(FRENCH.formatted(i));
        JsonNode parked = service.awaitStatus(lead.body().path("id").asText(), "parked");
        assertEquals("judge_timeout", parked.path("reason").asText());
      }
      RunningService.await("the one before serves", () -> serving(service).equals(good));
      JsonNode last = service.get("/v1/rules").body().at("/versions/0");
      assertEquals("fell-back", last.path("how").asText());
      var lead = service.postLead(FRENCH.formatted(9), "Prefer", "wait=20");
      assertEquals("no_match", lead.body().path("reason").asText());
      assertTrue(service.get("/v1/rules").body().path("differs").asBoolean());
    }
  }

  @Test
  void whatIsWrongWithAnUploadIsToldAtItsPlace() {
    try (var service = service()) {
      var broken = service.put("/v1/rules/a", "{\"files\":{\"x/a.drl\":\"rule \\\"A\\\" when\"}}");
      assertEquals(422, broken.status(), broken.text());
      assertEquals("/problems/rules-refused", broken.body().path("type").asText());
      assertEquals("/files/x~1a.drl", broken.body().at("/errors/0/pointer").asText());
      assertEquals(422, service.post("/v1/rules/publish", "{\"candidate\":\"a\"}").status());
      assertEquals(404, service.post("/v1/rules/publish", "{\"candidate\":\"b\"}").status());
      assertEquals(400, service.post("/v1/rules/publish", "{}").status());
      assertEquals(400, service.post("/v1/rules/publish", "{").status());
      assertEquals(400, service.put("/v1/rules/rules", "{\"files\":{}}").status());
      assertEquals(400, service.put("/v1/rules/A%20b", "{\"files\":{}}").status());
      for (String path : List.of("../a.drl", "/a.drl", "a//b.drl", ".git/a.drl", "a\\\\b.drl")) {
        String body = "{\"files\":{\"%s\":\"\"}}".formatted(path);
        assertEquals(400, service.put("/v1/rules/a", body).status(), path);
      }
      assertEquals(404, service.get("/v1/rules/none").status());
      assertEquals(404, service.get("/v1/rules/" + "0".repeat(64)).status());
    }
  }

  @Test
  void aSourceMappingIsReadAfreshAndABrokenOneKeepsTheLastGood() {
    try (var service = service()) {
      write("sources/form.yaml", "fields:\n  Land: country\n");
      String lead = "{\"crmId\":\"1\",\"Land\":\"FR\"}";
      RunningService.await("it is read", () -> decided(service, lead) == 200);
      write("sources/form.yaml", "fields:\n  Land: nonsense\n");
      RunningService.await(
          "it is said",
          () ->
              service
                  .get("/readyz")
                  .body()
                  .at("/reasons/0/reason")
                  .asText()
                  .equals("source_mapping_refused"));
      assertEquals(200, decided(service, lead), "the last good one stays");
    }
  }

  private static int decided(RunningService service, String lead) {
    return service.post("/v1/decisions?source=form", lead).status();
  }

  private static String waiting(RunningService service, String record) {
    var lead = service.postLead(FRENCH.formatted(record), "Prefer", "wait=20");
    assertEquals("no_match", lead.body().path("reason").asText());
    return lead.body().path("id").asText();
  }

  private static String serving(RunningService service) {
    return service.get("/v1/rules").body().path("serving").asText();
  }

  private static String state(RunningService service, int candidate) {
    JsonNode standing = service.get("/v1/rules").body();
    return standing.path("candidates").path(candidate).path("state").asText();
  }

  private static String metrics(RunningService service) {
    return service.get("/metrics").text();
  }

  private String read(String file) {
    try {
      return Files.readString(rules.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(rules.resolve(file).getParent());
      Files.writeString(rules.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunningService service() {
    return service(Map.of());
  }

  private RunningService service(Map<String, String> more) {
    var all = new HashMap<>(more);
    all.put("rules.dir", rules.toString());
    all.put("rules.look", "50ms");
    return new RunningService(folder, all);
  }
}
