package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.service.RunningService.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built jar makes records of leads that have none, in a sandbox of its own process. */
class CreateIT {

  private static final int LEADS = 20;
  private static final String WEST = "3652397000001234567";

  @TempDir private Path folder;
  private String url = "";
  private String crm = "";

  @ParameterizedTest
  @CsvSource({"classic, /crm/v2/, Territory", "zoho-v8, /crm/v8/, Territories"})
  void leadsWithoutARecordAreMadeAndAssignedOnceThoughItIsKilledBeforeItHearsOfTheirRecords(
      String dialect, String api, String field) {
    try (JarProcess sandbox = JarProcess.start(folder, Map.of(), sandbox())) {
      crm = sandbox.url();
      control("{\"do\":\"setAssigning\",\"delay\":null}");
      // What is written is answered so late that the kill comes before.
      control(
          "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"lateAnswer\",\"millis\":1500,\"path\":\""
              + api
              + "Leads/upsert\"}]}");
      try (JarProcess service = JarProcess.start(folder, environment(dialect), "serve")) {
        url = service.url();
        assertEquals(202, RunningService.postTo(url, leads()).status());
        RunningService.await("records are made", () -> inserted().size() > 3);
        assertTrue(assigned().count() < LEADS, "the kill comes in between");
        service.kill();
      }
      control("{\"do\":\"setFaults\",\"faults\":[]}");
      try (JarProcess service = JarProcess.start(folder, environment(dialect), "serve")) {
        url = service.url();
        RunningService.await("all are assigned", () -> assigned().count() == LEADS);
        Set<String> records = assigned().collect(Collectors.toSet());
        assertEquals(LEADS, records.size(), "each has a record of its own");
        assertEquals(records, new HashSet<>(inserted()));
        assertEquals(LEADS, inserted().size(), "no record was made twice");
        records.forEach(id -> assertTrue(shown(api + "Leads/" + id, field).contains(WEST), id));
        assertEquals(0, service.stop());
      }
    }
  }

  @Test
  void whatARecordNeedsIsAskedForAtTheDoorAndOnlyWhereRecordsAreMade() {
    try (JarProcess sandbox = JarProcess.start(folder, Map.of(), sandbox())) {
      crm = sandbox.url();
      try (JarProcess service = JarProcess.start(folder, environment("classic"), "serve")) {
        url = service.url();
        assertEquals("[/email, /lastName]", refused("{\"country\":\"US\"}"));
        assertEquals("[/company]", refused("{\"module\":\"Accounts\",\"email\":\"a@b.example\"}"));
        assertEquals(
            "[/attributes/Deal_Name, /attributes/Stage]", refused("{\"module\":\"Deals\"}"));
        String contact = "{\"module\":\"contacts\",\"email\":\"a@b.example\",\"lastName\":\"Ek\"}";
        assertEquals(202, RunningService.postTo(url, contact).status());
        assertEquals(0, service.stop());
      }
      Map<String, String> off = environment("classic");
      off.remove("BAILIWICK_CRM_CREATE");
      try (JarProcess service = JarProcess.start(folder, off, "serve")) {
        url = service.url();
        assertEquals("[/crmId]", refused(lead(1)));
      }
    }
  }

  private String refused(String lead) {
    Answer answer = RunningService.postTo(url, lead);
    assertEquals(422, answer.status(), () -> answer.body().toString());
    return answer.body().path("errors").findValuesAsText("pointer").toString();
  }

  private static String leads() {
    return IntStream.range(0, LEADS)
        .mapToObj(CreateIT::lead)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String lead(int number) {
    return "{\"email\":\"p%d@acme.example\",\"lastName\":\"No %d\",\"country\":\"US\",\"region\":\"CA\"}"
        .formatted(number, number);
  }

  /** The records of the assigned leads. */
  private Stream<String> assigned() {
    JsonNode leads = get(url, "/v1/leads?status=assigned&limit=100").path("leads");
    return IntStream.range(0, leads.size())
        .mapToObj(i -> get(url, "/v1/leads/" + leads.get(i).path("id").asText()))
        .map(lead -> lead.path("crmId").asText());
  }

  private java.util.List<String> inserted() {
    JsonNode log = get(crm, "/sandbox/writes?limit=100000").path("writes");
    return IntStream.range(0, log.size())
        .mapToObj(log::get)
        .filter(write -> write.path("result").asText().equals("inserted"))
        .peek(write -> assertEquals("[]", write.at("/options/trigger").toString()))
        .map(write -> write.path("id").asText())
        .toList();
  }

  private String shown(String path, String field) {
    Answer answer =
        RunningService.send(
            HttpRequest.newBuilder(URI.create(crm + path))
                .header("Authorization", "Zoho-oauthtoken sandbox-token")
                .build());
    return answer.body().at("/data/0/" + field).toString();
  }

  private static JsonNode get(String base, String path) {
    return RunningService.get(base, path).body();
  }

  private void control(String command) {
    Answer answer = RunningService.send("POST", crm + "/sandbox/control", command);
    assertEquals(200, answer.status(), () -> answer.body().toString());
  }

  private static String[] sandbox() {
    return new String[] {
      "sandbox", "--port", "0", "--fixtures", "src/test/resources/desk/fixtures"
    };
  }

  private Map<String, String> environment(String dialect) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BAILIWICK_CRM_DIALECT", dialect);
    environment.put("BAILIWICK_CRM_CREATE", "true");
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_TOKEN", "sandbox-token");
    environment.put("BAILIWICK_CRM_DEADLINE", "2s");
    environment.put("BAILIWICK_HTTP_PORT", "0");
    environment.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db"));
    environment.put("BAILIWICK_RULES_DIR", "src/test/resources/desk/rules");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    environment.put("BAILIWICK_RETRY_CAP", "2s");
    return environment;
  }
}
