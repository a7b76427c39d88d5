package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assigned leads that nobody works on, on the real parts: routed again where the CRM tells it. */
class UntouchedIT {

  private static final Path DESK = Path.of("src/test/resources/desk/rules");
  private static final String ACTIVITY = "{\"do\":\"setFeature\",\"activity\":%s}";

  @TempDir private Path folder;

  @BeforeEach
  void copyTheRules() throws IOException {
    try (Stream<Path> files = Files.walk(DESK)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("rules").resolve(DESK.relativize(file).toString()));
      }
    }
    Files.writeString(
        folder.resolve("rules/waiting.yaml"),
        """
        Nobody called:
          untouched: 1h
          territory: West Region
          fallback: DACH
        """);
  }

  @Test
  void aLeadThatNobodyWorkedOnGoesElsewhereAndOneThatSomebodyCalledStays() {
    try (var service = service()) {
      service.control(ACTIVITY.formatted(true));
      service.control("{\"do\":\"setTerritory\",\"territory\":\"DACH\",\"apiEnabled\":true}");
      service.post("/v1/territories/refresh", "");
      String forgotten = assigned(service, "1");
      String called = assigned(service, "2");
      service.control("{\"do\":\"moveClock\",\"by\":\"PT30M\"}");
      service.control("{\"do\":\"touchRecord\",\"module\":\"Leads\",\"id\":\"2\"}");
      service.control("{\"do\":\"moveClock\",\"by\":\"PT31M\"}");
      RunningService.await(
          "the forgotten one goes on", () -> "DACH".equals(territory(service.lead(forgotten))));
      JsonNode moved = service.awaitStatus(forgotten, "assigned");
      assertEquals("Nobody called", moved.at("/decision/waited/limit/rule").asText());
      RunningService.await(
          "the other was looked at",
          () -> service.lead(called).path("history").toString().contains("worked on"));
      assertEquals("West Region", territory(service.lead(called)));
      assertEquals("assigned", service.lead(called).path("status").asText());
    }
  }

  @Test
  void whereTheCrmDoesNotTellEveryLeadStaysWhereItIs() {
    try (var service = service()) {
      service.control(ACTIVITY.formatted(false));
      String id = assigned(service, "1");
      service.control("{\"do\":\"moveClock\",\"by\":\"PT61M\"}");
      RunningService.await(
          "it was looked at",
          () -> service.lead(id).path("history").toString().contains("does not tell"));
      assertEquals("West Region", territory(service.lead(id)));
    }
  }

  private RunningService service() {
    return new RunningService(folder, Map.of("rules.dir", folder.resolve("rules").toString()));
  }

  private static String assigned(RunningService service, String crmId) {
    String lead = "{\"crmId\":\"%s\",\"country\":\"US\",\"region\":\"CA\"}".formatted(crmId);
    JsonNode answer = service.postLead(lead, "Prefer", "wait=20").body();
    assertTrue(answer.path("status").asText().equals("assigned"), answer.toString());
    return answer.path("id").asText();
  }

  private static String territory(JsonNode lead) {
    return lead.at("/territory/name").asText();
  }
}
