package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lead's way from POST to the CRM on real parts: HTTP, SQLite, Drools, client and sandbox. */
class WayOfALeadIT {

  private static final String WEST = "3652397000001234567";

  @TempDir Path folder;
  private RunningService service;

  @BeforeEach
  void start() {
    service = new RunningService(folder);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void oneLeadEndsAssignedInTheCrmWithTheRightTerritoryAndSaysWhy() {
    var answer =
        service.postLead(
            """
            {"crmId":"1001","country":"United States","region":"California","employees":"1,200"}
            """,
            "Prefer",
            "wait=20");
    assertEquals(200, answer.status());
    assertEquals("assigned", answer.body().path("status").asText());
    assertEquals(WEST, answer.body().at("/territory/id").asText());
    assertEquals("California", answer.body().at("/decision/winner/rule").asText());
    assertEquals("routing.drl", answer.body().at("/decision/winner/file").asText());
    assertEquals(1200, answer.body().at("/lead/employees").asInt());
    assertEquals(WEST, written("1001"));
    assertEquals(4, answer.body().path("history").size());
    assertEquals(
        "/v1/leads/" + answer.body().path("id").asText(), answer.headers().get("location"));
  }

  @Test
  void aLeadForATerritoryWithApiAccessOffIsQueuedAndReleasedSecondsAfterItIsTurnedOn() {
    var answer = service.postLead("{\"crmId\":\"1002\",\"country\":\"DE\"}", "Prefer", "wait=20");
    assertEquals("queued", answer.body().path("status").asText());
    assertEquals("territory_not_ready", answer.body().path("reason").asText());
    assertEquals("api_disabled", answer.body().path("blocker").asText());
    service.control("{\"do\":\"setTerritory\",\"territory\":\"DACH\",\"apiEnabled\":true}");
    long turnedOn = System.nanoTime();
    service.awaitStatus(answer.body().path("id").asText(), "assigned");
    assertTrue(System.nanoTime() - turnedOn < 10_000_000_000L, "released within seconds");
  }

  @Test
  void aLeadForANewTerritoryIsReleasedWhenItsTimeHasComeByTheSharedClock() {
    service.control("{\"do\":\"addTerritory\",\"name\":\"Japan\",\"parentId\":\"1\"}");
    service.post("/v1/territories/refresh", "application/json", new byte[0]);
    var answer = service.postLead("{\"crmId\":\"1003\",\"country\":\"JP\"}", "Prefer", "wait=20");
    assertEquals("propagating", answer.body().path("blocker").asText());
    service.control("{\"do\":\"moveClock\",\"by\":\"PT14M\"}");
    String id = answer.body().path("id").asText();
    assertEquals("queued", service.lead(id).path("status").asText());
    service.control("{\"do\":\"moveClock\",\"by\":\"PT1M1S\"}");
    service.awaitStatus(id, "assigned");
  }

  @Test
  void aTerritoryThatARuleNamesAndTheCrmLacksQueuesAndIsReleasedWhenItComes() {
    var answer = service.postLead("{\"crmId\":\"1004\",\"country\":\"JP\"}", "Prefer", "wait=20");
    assertEquals("not_found", answer.body().path("blocker").asText());
    String id = answer.body().path("id").asText();
    service.control("{\"do\":\"addTerritory\",\"name\":\"Japan\",\"parentId\":\"1\"}");
    RunningService.await(
        "propagating", () -> service.lead(id).path("blocker").asText().equals("propagating"));
  }

  @Test
  void aThousandLeadsAllEndAssignedThoughTheCrmRefusesAQuarterOfTheCalls() {
    service.control(
        """
        {"do":"setFaults","faults":[
          {"kind":"status","status":429,"share":0.2,"path":"/crm/v2/Leads"},
          {"kind":"invalidTerritory","share":0.05}]}
        """);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add("{\"crmId\":\"" + (5000 + i) + "\",\"country\":\"US\",\"region\":\"CA\"}");
    }
    var answer =
        service.post("/v1/leads", "application/x-ndjson", String.join("\n", lines).getBytes());
    assertEquals(202, answer.status());
    assertEquals(1_000, answer.body().path("accepted").asInt());
    // The unluckiest wait half a minute by their backoff; the clock is moved on meanwhile.
    RunningService.await(
        "no lead is left",
        () -> {
          service.control("{\"do\":\"moveClock\",\"by\":\"PT1S\"}");
          return count("assigned") == 1_000;
        });
    JsonNode writes = service.sandbox("writes?limit=10000").path("writes");
    Set<String> written = new HashSet<>();
    for (JsonNode write : writes) {
      assertEquals(WEST, write.path("territory").asText());
      if (write.path("result").asText().equals("written")) {
        written.add(write.path("id").asText());
      }
    }
    assertEquals(1_000, written.size());
    assertTrue(refusals() > 150, "the faults were real");
    assertEquals(0, count("parked"));
  }

  @Test
  void aCrmThatIgnoresTheWriteWithSuccessIsNotBelieved() {
    service.close();
    service = new RunningService(folder, Map.of("crm.verify", "true", "retry.cap", "2s"));
    service.control("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"ignoreWrite\",\"share\":1.0}]}");
    var answer =
        service.postLead(
            "{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}", "Prefer", "wait=1");
    String id = answer.body().path("id").asText();
    RunningService.await("two attempts", () -> service.lead(id).path("attempts").asInt() >= 2);
    service.control("{\"do\":\"setFaults\",\"faults\":[]}");
    service.awaitStatus(id, "assigned");
    assertEquals(WEST, written("1"));
  }

  @Test
  void leadsComeInWhileTheCrmIsDownAndLeaveWhenItIsBack() {
    service.control(
        "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503,\"share\":1.0}]}");
    var answer =
        service.postLead(
            "{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}", "Prefer", "wait=2");
    assertEquals(202, answer.status());
    assertEquals("crm_unavailable", answer.body().path("reason").asText());
    assertEquals(200, service.get("/readyz").status());
    service.control("{\"do\":\"setFaults\",\"faults\":[]}");
    service.awaitStatus(answer.body().path("id").asText(), "assigned");
  }

  @Test
  void aPostWithAKeyIsAcceptedOnceAndAnsweredAlikeForEver() {
    String lead = "{\"crmId\":\"7\",\"country\":\"US\",\"region\":\"CA\",\"colour\":\"red\"}";
    var first = service.postLead(lead, "Idempotency-Key", "k-1");
    var again = service.postLead(lead, "Idempotency-Key", "k-1");
    assertEquals(202, first.status());
    assertEquals(first.text(), again.text());
    assertEquals("/colour", first.body().at("/warnings/0/pointer").asText());
    var other = service.postLead("{\"crmId\":\"8\"}", "Idempotency-Key", "k-1");
    assertEquals(422, other.status());
    assertEquals("/problems/key-reused", other.body().path("type").asText());
    assertEquals(1, service.get("/v1/leads").body().path("leads").size());
  }

  @Test
  void aBatchIsTakenAsFarAsItIsSound() {
    var answer =
        service.postLead(
            "[{\"crmId\":\"1\",\"country\":\"FR\"},{\"country\":\"FR\"},{\"crmId\":\"a b\"}]");
    assertEquals(207, answer.status());
    assertEquals(1, answer.body().path("accepted").asInt());
    assertEquals(2, answer.body().path("refused").asInt());
    assertEquals("/1/crmId", answer.body().at("/leads/1/errors/0/pointer").asText());
    assertEquals("/2/crmId", answer.body().at("/leads/2/errors/0/pointer").asText());
  }

  @Test
  void aNewerRevisionTakesTheOlderOnesPlace() {
    var older = service.postLead("{\"crmId\":\"9\",\"country\":\"DE\"}", "Prefer", "wait=20");
    var newer =
        service.postLead(
            "{\"crmId\":\"9\",\"country\":\"US\",\"region\":\"CA\"}", "Prefer", "wait=20");
    assertEquals("assigned", newer.body().path("status").asText());
    JsonNode old = service.lead(older.body().path("id").asText());
    assertEquals("superseded", old.path("status").asText());
    assertEquals(newer.body().path("id"), old.path("supersededBy"));
    assertEquals(WEST, written("9"));
  }

  @Test
  void accountsAreAssignedLikeLeads() {
    var answer =
        service.postLead(
            "{\"crmId\":\"4\",\"module\":\"accounts\",\"country\":\"US\",\"region\":\"CA\"}",
            "Prefer",
            "wait=20");
    assertEquals("assigned", answer.body().path("status").asText());
    JsonNode writes = service.sandbox("writes?module=Accounts&id=4").path("writes");
    assertEquals(WEST, writes.at("/0/territory").asText());
  }

  @Test
  void aFormIsReadByItsSourcesMappingAndSentOn() {
    var answer =
        service.post(
            "/v1/leads?source=webform",
            "application/x-www-form-urlencoded",
            ("record=55&Last_Name=Diaz&Country%2FRegion=Germany&Partner+Tier=gold&csrf=x"
                    + "&utm_campaign=spring")
                .getBytes());
    assertEquals(303, answer.status());
    assertEquals("https://www.example.com/thanks", answer.headers().get("location"));
    JsonNode lead = service.get("/v1/leads").body().at("/leads/0/lead");
    assertEquals("Diaz", lead.path("lastName").asText());
    assertEquals("DE", lead.path("country").asText());
    assertEquals("webform", lead.path("source").asText());
    assertEquals("gold", lead.at("/attributes/Partner_Tier").asText());
    assertEquals("spring", lead.path("campaign").asText());
    assertTrue(lead.path("attributes").path("csrf").isMissingNode());
  }

  @Test
  void decidingIsAskedWithoutRecordingAnything() {
    var one = service.post("/v1/decisions", "application/json", "{\"country\":\"DE\"}".getBytes());
    assertEquals("queue", one.body().path("action").asText());
    assertEquals("DACH", one.body().at("/territory/name").asText());
    var two =
        service.post(
            "/v1/decisions",
            "application/json",
            "[{\"country\":\"FR\"},{\"country\":\"US\",\"region\":\"CA\"}]".getBytes());
    assertEquals("no_match", two.body().at("/decisions/0/reason").asText());
    assertEquals("assign", two.body().at("/decisions/1/action").asText());
    assertEquals(0, service.get("/v1/leads").body().path("leads").size());
  }

  @Test
  void aQueuedLeadIsRetriedByHandAndAnAssignedOneIsNot() {
    var queued = service.postLead("{\"crmId\":\"2\",\"country\":\"FR\"}", "Prefer", "wait=20");
    assertEquals("no_match", queued.body().path("reason").asText());
    String path = "/v1/leads/" + queued.body().path("id").asText() + "/retry";
    assertEquals(202, service.post(path, "application/json", new byte[0]).status());
    var done =
        service.postLead(
            "{\"crmId\":\"3\",\"country\":\"US\",\"region\":\"CA\"}", "Prefer", "wait=20");
    String other = "/v1/leads/" + done.body().path("id").asText() + "/retry";
    assertEquals(409, service.post(other, "application/json", new byte[0]).status());
    assertEquals(
        404, service.post("/v1/leads/none/retry", "application/json", new byte[0]).status());
  }

  @Test
  void territoriesSayWhatBlocksThemAndWhichRulesUseThem() {
    RunningService.await(
        "territories read", () -> service.get("/v1/territories").body().has("readAt"));
    Map<String, String> blockers = new java.util.TreeMap<>();
    for (JsonNode t : service.get("/v1/territories").body().path("territories")) {
      blockers.put(t.path("name").asText(), t.at("/blockers/0").asText("none"));
    }
    assertEquals(
        Map.of("DACH", "api_disabled", "Japan", "not_found", "Root", "none", "West Region", "none"),
        blockers);
  }

  private int count(String status) {
    return pages("/v1/leads?limit=500&status=" + status);
  }

  private int pages(String path) {
    JsonNode page = service.get(path).body();
    int here = page.path("leads").size();
    return page.has("next") ? here + pages(next(path, page)) : here;
  }

  private static String next(String path, JsonNode page) {
    return path.replaceAll("&cursor=.*", "") + "&cursor=" + page.path("next").asText();
  }

  private int refusals() {
    int refused = 0;
    for (JsonNode call : service.sandbox("calls").path("calls")) {
      int status = call.path("status").asInt();
      refused += status == 429 || status == 400 ? call.path("count").asInt() : 0;
    }
    return refused;
  }

  private String written(String record) {
    JsonNode writes = service.sandbox("writes?module=Leads&id=" + record).path("writes");
    return writes.path(writes.size() - 1).path("territory").asText();
  }
}
