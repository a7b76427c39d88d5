package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.service.RunningService.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar against a CRM of version 8 that only schedules, in a process of its own. */
class ScheduledCrmIT {

  private static final int LEADS = 40;
  private static final String WEST = "3652397000001234567";
  private static final String ROOT = "1";

  @TempDir private Path folder;
  private String url = "";
  private String crm = "";

  @Test
  void aLeadIsAssignedOnlyWhenItsRecordShowsItAndNoTerritoryBeforeIsLeftThoughItIsKilled()
      throws IOException {
    copyRules();
    try (JarProcess sandbox = JarProcess.sandbox(folder)) {
      crm = sandbox.url();
      RunningService.send(
          "POST", crm + "/sandbox/control", "{\"do\":\"setAssigning\",\"delay\":\"PT0.7S\"}");
      try (JarProcess service = JarProcess.start(folder, environment(), "serve")) {
        url = service.url();
        post();
        awaitAssigned("West Region");
        checkAssignedAfterWritten();
        IntStream.range(0, LEADS).forEach(id -> assertEquals(shows(WEST), shown(id)));
        publishRoot();
        assertEquals(
            202,
            RunningService.send("POST", url + "/v1/realignments", "{\"per_second\":200}").status());
        RunningService.await("some are there", () -> written(ROOT) > 3);
        service.kill();
      }
      try (JarProcess service = JarProcess.start(folder, environment(), "serve")) {
        url = service.url();
        awaitAssigned("Root");
        IntStream.range(0, LEADS).forEach(id -> assertEquals(shows(ROOT), shown(id)));
        assertEquals(0, service.stop());
      }
    }
  }

  /** By the CRM's own log; both run by this machine's clock. */
  private void checkAssignedAfterWritten() {
    Map<String, Instant> written =
        writes("written")
            .collect(
                Collectors.toMap(
                    write -> write.path("id").asText(),
                    write -> Instant.parse(write.path("at").asText())));
    assertEquals(LEADS, written.size());
    for (JsonNode lead : get("/v1/leads?status=assigned&limit=100").path("leads")) {
      JsonNode whole = get("/v1/leads/" + lead.path("id").asText());
      Instant there = written.get(whole.at("/lead/crmId").asText());
      Instant assigned = Instant.parse(whole.path("changedAt").asText());
      assertFalse(assigned.isBefore(there.minusMillis(1)), whole::toString);
    }
    assertEquals(LEADS, writes("scheduled").count(), "each was asked for once, and waited for");
  }

  private void awaitAssigned(String territory) {
    RunningService.await(
        "all are assigned to " + territory,
        () -> {
          JsonNode leads = get("/v1/leads?status=assigned&limit=100").path("leads");
          return leads.size() == LEADS
              && leads.findValuesAsText("name").stream().allMatch(territory::equals);
        });
  }

  private void post() {
    String leads =
        IntStream.range(0, LEADS)
            .mapToObj("{\"crmId\":\"%d\",\"country\":\"US\",\"region\":\"CA\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    assertEquals(202, RunningService.postTo(url, leads).status());
  }

  private void publishRoot() throws IOException {
    Path rules = folder.resolve("rules/routing.drl");
    String before = get("/v1/rules").path("serving").asText();
    Files.writeString(rules, Files.readString(rules).replace("\"West Region\"", "\"Root\""));
    RunningService.await(
        "they serve", () -> !get("/v1/rules").path("serving").asText().equals(before));
  }

  private long written(String territory) {
    return writes("written").filter(w -> w.path("territory").asText().equals(territory)).count();
  }

  private Stream<JsonNode> writes(String result) {
    JsonNode log = RunningService.get(crm, "/sandbox/writes?limit=100000").body().path("writes");
    return IntStream.range(0, log.size())
        .mapToObj(log::get)
        .filter(write -> write.path("result").asText().equals(result));
  }

  private static String shows(String territory) {
    return "[\"" + territory + "\"]";
  }

  /** The ids of all territories that the record shows. */
  private String shown(int id) {
    Answer answer =
        RunningService.send(
            HttpRequest.newBuilder(URI.create(crm + "/crm/v8/Leads/" + id))
                .header("Authorization", "Zoho-oauthtoken sandbox-token")
                .build());
    JsonNode territories = answer.body().at("/data/0/Territories");
    return IntStream.range(0, territories.size())
        .mapToObj(i -> territories.path(i).path("id").asText())
        .collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  private JsonNode get(String path) {
    return RunningService.get(url, path).body();
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
    Map<String, String> environment = new HashMap<>();
    environment.put("BAILIWICK_CRM_DIALECT", "zoho-v8");
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_TOKEN", "sandbox-token");
    environment.put("BAILIWICK_CRM_DEADLINE", "2s");
    environment.put("BAILIWICK_HTTP_PORT", "0");
    environment.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db"));
    environment.put("BAILIWICK_RULES_DIR", folder.resolve("rules").toString());
    environment.put("BAILIWICK_RULES_LOOK", "50ms");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    return environment;
  }
}
