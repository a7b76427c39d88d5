package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate judges the leads of the real service beside what serves, and nobody feels it. */
class ShadowIT {

  private static final String LOOP_ENDS = "bailiwick.loop.ends";
  private static final String SHADOW = "/v1/rules/shadow";
  private static final String SUMMER = "{\"candidate\":\"summer\"}";
  private static final String US = "{\"crmId\":\"%s\",\"country\":\"US\",\"region\":\"CA\"}";
  private static final String FRENCH = "{\"crmId\":\"%s\",\"country\":\"FR\"}";
  private static final String FRANCE =
      """
      rule "France" salience 50
      when Lead( country == "FR" )
           $t : Territory( name == "West Region" )
      then route.to($t); end
      """;

  private final OpenApi described = new OpenApi();

  @TempDir Path folder;

  @BeforeEach
  void theLoopsGoOn() {
    System.clearProperty(LOOP_ENDS);
  }

  /** Else the threads that were given up would take a core from every test after this one. */
  @AfterEach
  void theLoopsEnd() {
    System.setProperty(LOOP_ENDS, "true");
  }

  @Test
  void whatItWouldMoveIsListedAndTheCrmSeesOnlyWhatServes() {
    try (var service = new RunningService(folder)) {
      assertEquals(404, told("GET", SHADOW, service.get(SHADOW)).status());
      String hash = upload(service, "summer", true);
      JsonNode begun = told("POST", SHADOW, service.post(SHADOW, SUMMER)).body();
      assertEquals(hash, begun.path("hash").asText());
      assertEquals(hash, service.get("/v1/rules").body().at("/shadow/hash").asText());
      assertEquals("summer", service.get("/readyz").body().at("/shadow/candidate").asText());
      assertEquals("ready", service.get("/readyz").body().path("status").asText());

      String us = post(service, US.formatted(1), "assigned");
      String french = post(service, FRENCH.formatted(2), "queued");
      compared(service, 2);

      JsonNode shadow = told("GET", SHADOW, service.get(SHADOW)).body();
      assertEquals(1, shadow.at("/counts/moved").asInt(), shadow.toString());
      assertEquals(1, shadow.at("/counts/to_assign").asInt(), shadow.toString());
      JsonNode moved = difference(shadow, us);
      assertEquals("West Region", moved.at("/from/territory").asText());
      assertEquals("Root", moved.at("/to/territory").asText());
      assertTrue(moved.at("/ruleBefore/place").asText().startsWith("routing.drl:"));
      JsonNode assigned = difference(shadow, french);
      assertEquals("no_match", assigned.at("/from/waits").asText());
      assertEquals("France", assigned.at("/ruleAfter/rule").asText());
      assertTrue(metrics(service).contains("shadow_leads_total{change=\"moved\"} 1.0"));

      assertEquals("West Region", service.lead(us).at("/territory/name").asText());
      assertEquals(4, service.lead(us).path("history").size(), "nothing of it is in the history");
      assertEquals("no_match", service.lead(french).path("reason").asText());
      JsonNode writes = service.sandbox("writes?limit=100").path("writes");
      assertEquals(1, writes.size(), writes.toString());

      JsonNode page = service.get(SHADOW + "?limit=1").body();
      JsonNode rest = service.get(SHADOW + "?cursor=" + page.path("next").asText()).body();
      assertEquals(french, page.at("/differences/0/lead").asText());
      assertEquals(us, rest.at("/differences/0/lead").asText());
      assertEquals(1, rest.path("differences").size());

      JsonNode last = told("DELETE", SHADOW, service.request("DELETE", SHADOW)).body();
      assertEquals(2, last.path("compared").asInt());
      var none = told("DELETE", SHADOW, service.request("DELETE", SHADOW));
      assertEquals(404, none.status());
      assertTrue(none.body().path("detail").asText().endsWith("it was dropped."), none.text());
      assertTrue(service.get("/v1/rules").body().path("shadow").isMissingNode());
    }
  }

  @Test
  void publishingItEndsItAndTheOthersAreToldWhy() {
    try (var service = new RunningService(folder)) {
      String hash = upload(service, "summer", true);
      upload(service, "winter", false);
      assertEquals(202, told("POST", SHADOW, service.post(SHADOW, SUMMER)).status());
      assertEquals(202, told("POST", SHADOW, service.post(SHADOW, SUMMER)).status());
      refused(service, 409, "shadow-taken", "{\"candidate\":\"winter\"}");
      refused(service, 409, "candidate-changed", wish("summer", "0".repeat(64)));
      refused(service, 404, "not-found", "{\"candidate\":\"autumn\"}");
      refused(service, 400, "invalid-request", "{}");
      refused(service, 400, "malformed-body", "{");
      service.put("/v1/rules/bad", "{\"files\":{\"a.drl\":\"rule\"}}");
      refused(service, 422, "rules-refused", "{\"candidate\":\"bad\"}");
      assertEquals(400, service.put("/v1/rules/shadow", "{\"files\":{}}").status());
      assertEquals(400, told("GET", SHADOW, service.get(SHADOW + "?limit=0")).status());
      assertEquals(400, told("GET", SHADOW, service.get(SHADOW + "?cursor=x")).status());

      var published = service.post("/v1/rules/publish", SUMMER);
      assertEquals(200, published.status(), published.text());
      assertEquals(hash, service.get("/v1/rules").body().path("serving").asText());
      var none = told("GET", SHADOW, service.get(SHADOW));
      assertEquals(404, none.status());
      assertTrue(none.body().path("detail").asText().endsWith("its rules serve."), none.text());
      String us = post(service, US.formatted(1), "assigned");
      assertEquals("Root", service.lead(us).at("/territory/name").asText());
    }
  }

  @Test
  void oneThatDoesNotEndIsGivenUpAndEveryLeadGoesItsWay() {
    try (var service =
        new RunningService(folder, Map.of("rules.trust", "full", "rules.deadline", "200ms"))) {
      String loop =
          """
          package rules;
          import io.bailiwick.drools.Route;
          global Route route;
          rule "Loop" when Lead( country == "US" )
          then while (!Boolean.getBoolean("bailiwick.loop.ends")) { } end
          """;
      ObjectNode candidate = serving(service);
      ((ObjectNode) candidate.path("files")).put("loop.drl", loop);
      candidate.putObject("fixtures");
      var put = service.put("/v1/rules/summer", candidate.toString());
      assertEquals(200, put.status(), put.text());
      assertEquals(202, service.post(SHADOW, SUMMER).status());
      List<String> leads = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        leads.add(post(service, US.formatted(i), "assigned"));
      }
      RunningService.await("it is given up", () -> service.get(SHADOW).status() == 404);
      String detail = service.get(SHADOW).body().path("detail").asText();
      assertTrue(detail.endsWith("did not end in time."), detail);
      assertTrue(metrics(service).contains("shadow_leads_total{change=\"error\"} 3.0"), "no more");
      leads.forEach(id -> assertEquals("assigned", service.lead(id).path("status").asText()));
      assertEquals(20, service.sandbox("writes?limit=100").path("writes").size());
      assertEquals("waiting for approval", state(service), "it is a candidate all the same");
    }
  }

  private void refused(RunningService service, int status, String problem, String wish) {
    var answer = told("POST", SHADOW, service.post(SHADOW, wish));
    assertEquals(status, answer.status(), answer.text());
    assertEquals("/problems/" + problem, answer.body().path("type").asText());
  }

  /** Every answer is as the service's own description has it. */
  private RunningService.Answer told(String method, String path, RunningService.Answer answer) {
    assertEquals(List.of(), described.flaws(method, path, answer));
    return answer;
  }

  /** Uploads what serves with California moved, where so wished, and France added. */
  private static String upload(RunningService service, String name, boolean moved) {
    ObjectNode candidate = serving(service);
    ObjectNode files = (ObjectNode) candidate.path("files");
    files.put("france.drl", FRANCE);
    if (moved) {
      String routing = files.path("routing.drl").asText();
      files.put("routing.drl", routing.replace("\"West Region\"", "\"Root\""));
    }
    candidate.putObject("fixtures");
    var put = service.put("/v1/rules/" + name, candidate.toString());
    assertEquals("waiting for approval", put.body().path("state").asText(), put.text());
    return put.body().path("hash").asText();
  }

  private static ObjectNode serving(RunningService service) {
    String hash = service.get("/v1/rules").body().path("serving").asText();
    return (ObjectNode) service.get("/v1/rules/" + hash).body();
  }

  private static String state(RunningService service) {
    return service.get("/v1/rules").body().at("/candidates/0/state").asText();
  }

  private static String wish(String name, String hash) {
    return "{\"candidate\":\"%s\",\"hash\":\"%s\"}".formatted(name, hash);
  }

  private static String post(RunningService service, String lead, String status) {
    var answer = service.postLead(lead);
    String id = answer.body().path("id").asText();
    service.awaitStatus(id, status);
    return id;
  }

  private static void compared(RunningService service, int leads) {
    RunningService.await(
        "the shadow has judged them",
        () -> service.get(SHADOW).body().path("compared").asInt() == leads);
  }

  private static JsonNode difference(JsonNode shadow, String lead) {
    for (JsonNode one : shadow.path("differences")) {
      if (one.path("lead").asText().equals(lead)) {
        return one;
      }
    }
    throw new AssertionError(lead + " is not among them: " + shadow);
  }

  private static String metrics(RunningService service) {
    return service.get("/metrics").text();
  }
}
