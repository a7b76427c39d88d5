package io.bailiwick.service;

import static io.bailiwick.service.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits and the doctor on the built jar: routes, commands, each exit code, and kills. */
class AuditIT {

  private static final OpenApi DESCRIBED = new OpenApi();

  @TempDir Path folder;

  @Test
  void anAuditRunsByPostIsListedAndIsAsDescribed() {
    try (var service = new RunningService(folder)) {
      await("the first audit", () -> !audits(service).isEmpty());
      assertEquals("catch_up", audits(service).get(0).path("trigger").asText());
      service.control(
          "{\"do\":\"setTerritory\",\"territory\":\"West Region\",\"apiEnabled\":false}");
      var answer = service.post("/v1/audits", "application/json", new byte[0], "Prefer", "wait=60");
      assertEquals(200, answer.status(), answer.text());
      assertEquals("wait=60", answer.headers().get("preference-applied"));
      assertEquals(List.of(), DESCRIBED.flaws("POST", "/v1/audits", answer));
      assertEquals("new", finding(answer.body(), "api_disabled", "West Region"));
      assertEquals("still", finding(answer.body(), "api_disabled", "DACH"));
      aFindingHasItsHistory(service);
      String id = answer.body().path("id").asText();
      var one = service.get("/v1/audits/" + id);
      assertEquals(answer.body(), one.body());
      assertEquals(List.of(), DESCRIBED.flaws("GET", "/v1/audits/" + id, one));
      var all = service.get("/v1/audits?limit=1");
      assertEquals(List.of(), DESCRIBED.flaws("GET", "/v1/audits", all));
      assertEquals(1, all.body().path("audits").size());
      for (String wrong : List.of("/v1/audits?limit=0", "/v1/audits?limit=x", "/v1/audits/none")) {
        var refused = service.get(wrong);
        assertEquals(List.of(), DESCRIBED.flaws("GET", wrong, refused));
      }
    }
  }

  /** Seen by the audit just now and the next, and gone by the one after. */
  private static void aFindingHasItsHistory(RunningService service) {
    for (boolean open : new boolean[] {false, true}) {
      service.control(
          "{\"do\":\"setTerritory\",\"territory\":\"West Region\",\"apiEnabled\":%s}"
              .formatted(open));
      service.post("/v1/audits", "application/json", new byte[0], "Prefer", "wait=60");
    }
    var west = service.get("/v1/audits/findings?kind=api_disabled&subject=West%20Region");
    assertEquals(List.of(), DESCRIBED.flaws("GET", "/v1/audits/findings", west));
    var episode = west.body().path("episodes").path(0);
    assertEquals(1, west.body().path("episodes").size(), west.text());
    assertEquals(List.of("new", "still"), episode.path("seen").findValuesAsText("news"));
    assertTrue(!episode.path("atLeast").asBoolean() && episode.has("resolved"), west.text());
    var dach = service.get("/v1/audits/findings?kind=api_disabled&subject=DACH");
    assertTrue(!dach.body().path("episodes").path(0).has("resolved"), dach.text());
    var none = service.get("/v1/audits/findings?kind=api_disabled&subject=Nowhere");
    assertEquals(0, none.body().path("episodes").size());
    var wrong = service.get("/v1/audits/findings?kind=api_disabled");
    assertEquals(400, wrong.status());
    assertEquals(List.of(), DESCRIBED.flaws("GET", "/v1/audits/findings", wrong));
  }

  @Test
  void withoutWaitingAnAuditIsUnderWayAndItsPlaceSaysWhenItIsFinished() {
    try (var service = new RunningService(folder)) {
      await("the first audit", () -> !audits(service).isEmpty());
      service.control("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":300}]}");
      var answer = service.post("/v1/audits", "{}");
      assertEquals(202, answer.status());
      assertEquals(List.of(), DESCRIBED.flaws("POST", "/v1/audits", answer));
      String place = answer.headers().get("location");
      var running = service.get(place);
      assertEquals("running", running.body().path("status").asText());
      assertEquals(List.of(), DESCRIBED.flaws("GET", place, running));
      assertTrue(service.get("/v1/audits").body().has("running"));
      await("finished", () -> service.get(place).body().path("status").asText().equals("finished"));
    }
  }

  @Test
  void theDoctorIsAsDescribedAndSeesRulesThatAreRefused() throws IOException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    for (String name : List.of("readiness.drl", "routing.drl")) {
      Files.copy(Path.of("src/test/resources/desk/rules", name), rules.resolve(name));
    }
    Map<String, String> more = Map.of("rules.dir", rules.toString(), "rules.look", "50ms");
    try (var service = new RunningService(folder, more)) {
      var answer = service.get("/v1/doctor");
      assertEquals(200, answer.status());
      assertEquals(List.of(), DESCRIBED.flaws("GET", "/v1/doctor", answer));
      assertEquals("ok", line(answer.body(), "rules").path("status").asText());
      assertEquals("ok", line(answer.body(), "journal").path("status").asText());
      assertEquals("fail", line(answer.body(), "api_access").path("status").asText());
      Files.writeString(rules.resolve("routing.drl"), "rule \"x\" when then end");
      await(
          "refused rules are red",
          () ->
              line(service.get("/v1/doctor").body(), "rules")
                  .path("status")
                  .asText()
                  .equals("fail"));
    }
  }

  @Test
  void theCommandsAskTheRunningServiceAndOpenTheJournalWhereNoneRuns() throws IOException {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    JarProcess.Ended alone = JarProcess.run(environment, "audit", "--demo", "--json");
    assertEquals(3, alone.exit(), alone.err());
    assertEquals("new", finding(json(alone.out()), "api_disabled", "Nordics"));
    try (JarProcess service = JarProcess.start(folder, environment, "serve", "--demo")) {
      String url = service.url();
      JarProcess.Ended asked = JarProcess.run(environment, "audit", "--demo", "--json");
      assertEquals(3, asked.exit(), asked.err());
      JsonNode report = json(asked.out());
      assertEquals("still", finding(report, "api_disabled", "Nordics"));
      assertEquals(report, get(url + "/v1/audits/" + report.path("id").asText()));
      JarProcess.Ended table = JarProcess.run(environment, "audit", "--demo");
      assertEquals(3, table.exit());
      assertTrue(table.out().contains("50-regions.drl:120: rule \"Nordics\""), table.out());
      JarProcess.Ended doctor = JarProcess.run(environment, "doctor", "--demo");
      assertEquals(3, doctor.exit(), doctor.err());
      assertTrue(doctor.out().contains("examined by the service on http://127.0.0.1:"));
      assertTrue(doctor.out().contains("fail  api_access"), doctor.out());
      assertEquals(0, service.stop());
    }
    JarProcess.Ended after = JarProcess.run(environment, "doctor", "--demo", "--json");
    assertEquals(3, after.exit(), after.err());
    assertEquals("fail", json(after.out()).path("status").asText());
  }

  @Test
  void theCommandsEndWith0WhereAllIsWellAnd1WhereTheyCannotRun() throws IOException {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put("BAILIWICK_RULES_DIR", well("rules", "routing.drl"));
    environment.put("BAILIWICK_FIXTURES_DIR", well("fixtures", "territories.json"));
    JarProcess.Ended audit = JarProcess.run(environment, "audit", "--demo");
    assertEquals(0, audit.exit(), audit.out() + audit.err());
    assertTrue(audit.out().contains("unused"), "notes only: " + audit.out());
    JarProcess.Ended doctor = JarProcess.run(environment, "doctor", "--demo");
    assertEquals(0, doctor.exit(), doctor.out() + doctor.err());
    JarProcess.Ended none = JarProcess.run(Map.of(), "audit");
    assertEquals(1, none.exit());
    assertTrue(none.err().contains("crm.base-url is needed"), none.err());
    JarProcess.Ended wrong = JarProcess.run(Map.of("BAILIWICK_AUDIT_AT", "2 o'clock"), "doctor");
    assertEquals(1, wrong.exit());
    assertTrue(wrong.err().contains("must be a time such as 02:00"), wrong.err());
    for (String command : List.of("audit", "doctor")) {
      assertEquals(64, JarProcess.run(Map.of(), command, "--deom").exit());
      JarProcess.Ended help = JarProcess.run(Map.of(), command, "--help");
      assertEquals(0, help.exit());
      assertTrue(help.out().contains("Exit codes:") && help.out().contains("Examples:"));
    }
  }

  @Test
  void theDoctorSeesACrmWhoseClockIsFarFromOurs() throws IOException {
    try (JarProcess crm = JarProcess.start(folder, Map.of(), "sandbox", "--port", "0")) {
      String base = crm.url();
      order(base, "{\"do\":\"moveClock\",\"by\":\"PT10M\"}");
      Map<String, String> environment =
          Map.of(
              "BAILIWICK_CRM_BASE_URL",
              base,
              "BAILIWICK_CRM_TOKEN",
              "sandbox-token",
              "BAILIWICK_JOURNAL_URL",
              "jdbc:sqlite:" + folder.resolve("own.db"));
      JarProcess.Ended doctor = JarProcess.run(environment, "doctor", "--json");
      assertEquals(3, doctor.exit(), doctor.err());
      JsonNode line = line(json(doctor.out()), "clock");
      assertEquals("fail", line.path("status").asText(), line.toString());
      Map<String, String> stranger = new HashMap<>(environment);
      stranger.put("BAILIWICK_CRM_TOKEN", "of-another");
      doctor = JarProcess.run(stranger, "doctor", "--json");
      assertEquals("fail", line(json(doctor.out()), "token").path("status").asText());
    }
  }

  @Test
  void anAuditThatIsKilledUnderWayIsRunOnceAfterTheNextStartAndNotAgain() throws IOException {
    Map<String, String> sandbox = Map.of("BAILIWICK_SANDBOX_PORT", "0");
    try (JarProcess crm = JarProcess.start(folder, sandbox, "sandbox", "--port", "0")) {
      String base = crm.url();
      Map<String, String> environment =
          Map.of(
              "BAILIWICK_HTTP_PORT",
              "0",
              "BAILIWICK_CRM_BASE_URL",
              base,
              "BAILIWICK_CRM_TOKEN",
              "sandbox-token",
              "BAILIWICK_JOURNAL_URL",
              "jdbc:sqlite:" + folder.resolve("own.db"));
      control(base, "[{\"kind\":\"latency\",\"millis\":20000}]");
      try (JarProcess service = JarProcess.start(folder, environment, "serve")) {
        String url = service.url();
        await("the day's audit is under way", () -> get(url + "/v1/audits").has("running"));
        assertEquals(0, get(url + "/v1/audits").path("audits").size());
        service.kill();
      }
      control(base, "[]");
      List<String> days = new ArrayList<>();
      for (int start = 0; start < 2; start++) {
        try (JarProcess service = JarProcess.start(folder, environment, "serve")) {
          String url = service.url();
          await("an audit is finished", () -> get(url + "/v1/audits").path("audits").size() > 0);
          assertFalse(get(url + "/v1/audits").has("running"));
          days.clear();
          get(url + "/v1/audits").path("audits").forEach(a -> days.add(a.path("day").asText()));
          service.kill();
        }
        assertEquals(1, days.size(), days.toString());
      }
    }
  }

  private String well(String name, String file) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    Files.copy(
        Path.of("src/test/resources/desk/rules/readiness.drl"), made.resolve("readiness.drl"));
    Files.writeString(
        made.resolve(file),
        file.endsWith(".json")
            ? """
              {"user":{"id":"9","memberOf":["1"],"permitted":true},"territories":[
               {"id":"1","name":"Root","parentId":null,"status":"Active","apiEnabled":true,
                "createdAt":"2024-01-01T00:00:00Z"},
               {"id":"2","name":"West","parentId":"1","status":"Active","apiEnabled":true,
                "createdAt":"2024-01-01T00:00:00Z"}]}"""
            : """
              rule "All" salience 50
              when Lead( country == "US" )
                   $t : Territory( name == "West" )
              then route.to($t); end
              """);
    if (name.equals("fixtures")) {
      Files.delete(made.resolve("readiness.drl"));
    }
    return made.toString();
  }

  private static List<JsonNode> audits(RunningService service) {
    List<JsonNode> audits = new ArrayList<>();
    service.get("/v1/audits").body().path("audits").forEach(audits::add);
    return audits;
  }

  private static String finding(JsonNode report, String kind, String subject) {
    for (JsonNode finding : report.path("findings")) {
      if (finding.path("kind").asText().equals(kind)
          && finding.path("subject").asText().equals(subject)) {
        return finding.path("news").asText();
      }
    }
    return "none";
  }

  private static JsonNode line(JsonNode diagnosis, String check) {
    for (JsonNode line : diagnosis.path("lines")) {
      if (line.path("check").asText().equals(check)) {
        return line;
      }
    }
    throw new AssertionError(check + " is no line of " + diagnosis);
  }

  private static void control(String base, String faults) {
    order(base, "{\"do\":\"setFaults\",\"faults\":" + faults + "}");
  }

  private static void order(String base, String order) {
    var answer =
        RunningService.send(
            HttpRequest.newBuilder(URI.create(base + "/sandbox/control"))
                .POST(BodyPublishers.ofString(order))
                .build());
    assertEquals(200, answer.status(), answer.text());
  }

  private static JsonNode get(String url) {
    return RunningService.send(HttpRequest.newBuilder(URI.create(url)).build()).body();
  }

  private static JsonNode json(String text) throws IOException {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
