package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service finds when it starts: rules broken or not, leads left over, a CRM or none. */
class StartIT {

  private static final Path DESK = Path.of("src/test/resources/desk/rules");
  private static final String WEST_LEAD = "{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}";

  @TempDir Path folder;
  private Path rules;

  @BeforeEach
  void copyTheRules() throws IOException {
    rules = Files.createDirectories(folder.resolve("rules"));
    for (String file : List.of("routing.drl", "readiness.drl")) {
      Files.copy(DESK.resolve(file), rules.resolve(file));
    }
  }

  @Test
  void onBrokenRulesTheLastGoodVersionServesAndItIsSaidEverywhere() throws IOException {
    String good;
    try (var service = service()) {
      good = service.get("/v1/rules").body().path("serving").asText();
    }
    Files.writeString(rules.resolve("routing.drl"), "rule \"Half\" when Lead( contry == \"US\" )");
    try (var service = service()) {
      RunningService.await("the broken rules are seen", () -> state(service).equals("refused"));
      JsonNode served = service.get("/v1/rules").body();
      assertEquals(good, served.path("serving").asText());
      assertTrue(served.path("differs").asBoolean());
      JsonNode flaw = served.at("/candidates/0/flaws/0");
      assertTrue(flaw.asText().startsWith("routing.drl:1:"), served.toString());
      JsonNode ready = service.get("/readyz").body();
      assertEquals("degraded", ready.path("status").asText());
      assertEquals("rulebook_candidate_refused", ready.at("/reasons/0/reason").asText());
      var lead = service.postLead(WEST_LEAD, "Prefer", "wait=20");
      assertEquals("assigned", lead.body().path("status").asText());
      assertEquals(good, lead.body().at("/decision/rulebook").asText());
    }
  }

  @Test
  void withNoVersionThatCompilesItDoesNotStartAndNamesTheLineAndTheRule() throws IOException {
    Files.writeString(
        rules.resolve("routing.drl"),
        """
        rule "Half"
        when Lead( contry == "US" )
             $t : Territory( name == "West Region" )
        then route.to($t); end
        """);
    String told = assertThrows(RuntimeException.class, this::service).getMessage();
    assertTrue(told.contains("routing.drl:2:"), told);
    assertTrue(told.contains("rule \"Half\""), told);
    assertTrue(told.contains("did you mean \"country\""), told);
  }

  @Test
  void whatWaitedBeforeARestartLeavesAfterIt() {
    String id;
    try (var service = service()) {
      var queued = service.postLead("{\"crmId\":\"5\",\"country\":\"DE\"}", "Prefer", "wait=20");
      assertEquals("api_disabled", queued.body().path("blocker").asText());
      id = queued.body().path("id").asText();
    }
    try (var service = service()) {
      assertEquals("queued", service.lead(id).path("status").asText());
      service.control("{\"do\":\"setTerritory\",\"territory\":\"DACH\",\"apiEnabled\":true}");
      service.awaitStatus(id, "assigned");
    }
  }

  @Test
  void theLastTerritoriesSurviveARestartIntoACrmThatIsDown() {
    try (var service = service()) {
      assertEquals(200, service.get("/readyz").status());
    }
    try (var service = service(Map.of("territories.recheck", "1s"))) {
      service.control(
          "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":500,\"share\":1}]}");
      RunningService.await(
          "a reading that began before the faults has ended",
          () ->
              service.post("/v1/territories/refresh", "application/json", new byte[0]).status()
                  == 502);
      assertTrue(service.get("/v1/territories").body().has("snapshot"));
      JsonNode ready = service.get("/readyz").body();
      assertEquals("crm_unreachable", ready.at("/reasons/0/reason").asText());
      var queued = service.postLead("{\"crmId\":\"5\",\"country\":\"DE\"}", "Prefer", "wait=20");
      assertEquals("api_disabled", queued.body().path("blocker").asText());
    }
  }

  @Test
  void aWrongSourceMappingStopsTheStartWithItsFile() throws IOException {
    Path sources = Files.createDirectories(rules.resolve("sources"));
    Files.writeString(sources.resolve("form.yaml"), "fields:\n  Name: nonsense\n");
    String told = assertThrows(RuntimeException.class, this::service).getMessage();
    assertTrue(told.contains("form.yaml") && told.contains("nonsense"), told);
  }

  private static String state(RunningService service) {
    return service.get("/v1/rules").body().at("/candidates/0/state").asText();
  }

  private RunningService service() {
    return service(Map.of());
  }

  private RunningService service(Map<String, String> more) {
    var all = new java.util.HashMap<>(more);
    all.put("rules.dir", rules.toString());
    all.put("rules.look", "50ms");
    return new RunningService(folder, all);
  }
}
