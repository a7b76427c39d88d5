package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.service.RunningService.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source's key opens, what of people's keys is recorded, and when neither opens. */
class SourceKeysIT {

  @TempDir static Path folder;
  private static Guarded guarded;
  private static String web;
  private static String fair;
  private static String operator;

  @BeforeAll
  static void start() {
    guarded =
        new Guarded(
            folder,
            Map.of("web", "fields: {Mail: email}\n", "slow", "rate: 3/1h\n"),
            Map.of("rules.publish", "on-approval", "rules.four-eyes", "true"));
    web = guarded.source("web");
    fair = guarded.source("fair");
    operator = guarded.secret("operator");
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void aSourceSeesItsOwnLeadsAndOfAnothersNotEvenThatThereAreAny() {
    String mine = post(web, "101").path("id").asText();
    String theirs = post(fair, "102").path("id").asText();
    assertEquals("web", get(web, "/v1/leads/" + mine).body().path("sender").asText());
    Answer foreign = get(web, "/v1/leads/" + theirs);
    Answer none = get(web, "/v1/leads/nowhere");
    assertEquals(404, foreign.status());
    assertEquals(none.text(), foreign.text());
    for (JsonNode lead : get(web, "/v1/leads").body().path("leads")) {
      assertEquals("web", lead.path("sender").asText());
    }
    assertEquals(200, get(operator, "/v1/leads/" + theirs).status());
    assertEquals(1, get(operator, "/v1/leads?sender=fair").body().path("leads").size());
  }

  @Test
  void twoSourcesMayUseTheSameIdempotencyKeyForTheirOwnLeads() {
    Answer first = withKey(web, "same", "111");
    Answer other = withKey(fair, "same", "112");
    assertEquals(202, other.status(), other.text());
    assertNotEquals(first.body().path("id"), other.body().path("id"));
    assertEquals(first.body(), withKey(web, "same", "111").body());
    assertEquals(422, withKey(web, "same", "113").status());
  }

  @Test
  void aSourcesKeyReadsByItsOwnFileAndSpeaksForNoOther() {
    Answer read =
        guarded.as(web, "POST", "/v1/leads", "{\"crmId\":\"121\",\"Mail\":\"a@b.example\"}");
    String id = read.body().path("id").asText();
    assertEquals("a@b.example", get(web, "/v1/leads/" + id).body().at("/lead/email").asText());
    Answer other = guarded.as(web, "POST", "/v1/leads?source=fair", Guarded.lead("122"));
    assertEquals(403, other.status(), other.text());
  }

  @Test
  void aRevokedKeyIsRefusedWithTheNextRequest() {
    JsonNode key = guarded.key("{\"role\":\"source\",\"source\":\"gone\"}");
    String secret = key.path("secret").asText();
    assertEquals(202, guarded.as(secret, "POST", "/v1/leads", Guarded.lead("131")).status());
    Answer ended = guarded.as(operator, "DELETE", "/v1/keys/" + key.path("id").asText(), "");
    assertFalse(ended.body().path("live").asBoolean());
    assertEquals(401, guarded.as(secret, "POST", "/v1/leads", Guarded.lead("131")).status());
  }

  @Test
  void aSourceBeyondItsRateIsToldWhenToComeAgainAndNothingOfItIsStored() {
    String slow = guarded.source("slow");
    Answer first = guarded.as(slow, "POST", "/v1/leads", Guarded.lead("141"));
    assertEquals("\"leads\";q=3;w=3600", first.headers().get("ratelimit-policy"));
    assertTrue(first.headers().get("ratelimit").startsWith("\"leads\";r=2;t="));
    String three = "[%1$s,%1$s,%1$s]".formatted(Guarded.lead("142"));
    Answer beyond = guarded.as(slow, "POST", "/v1/leads", three);
    assertEquals(429, beyond.status(), beyond.text());
    int seconds = Integer.parseInt(beyond.headers().get("retry-after"));
    assertTrue(seconds > 1000 && seconds <= 1200, "within 20 minutes: " + seconds);
    assertEquals(1, get(operator, "/v1/leads?sender=slow").body().path("leads").size());
    assertEquals(202, guarded.as(slow, "POST", "/v1/leads", Guarded.lead("143")).status());
  }

  @Test
  void aViewerSeesEverythingOfALeadButWhoItIs() {
    String id = post(web, "151").path("id").asText();
    String viewer = guarded.secret("viewer");
    Answer one = get(viewer, "/v1/leads/" + id);
    assertFalse(one.text().contains("ana@acme.example"), one.text());
    assertEquals("US", one.body().at("/lead/country").asText());
    assertFalse(get(viewer, "/v1/leads").text().contains("ana@acme.example"));
    assertTrue(get(guarded.secret("analyst"), "/v1/leads/" + id).text().contains("ana@acme"));
  }

  @Test
  void whatPeopleDoIsRecordedByTheNamesOfTheirKeysWhateverTheyCallThemselves() {
    String ben = guarded.key("{\"name\":\"ben\",\"role\":\"operator\"}").path("secret").asText();
    guarded.as(ben, "POST", "/v1/pause", "{\"who\":\"somebody else\",\"why\":\"a test\"}");
    guarded.as(ben, "POST", "/v1/resume", "{}");
    guarded.as(ben, "POST", "/v1/leads/none/close", "{}");
    RunningService.await(
        "the last is answered",
        () -> get(operator, "/v1/activity?limit=3").body().at("/activity/0/status").asInt() == 404);
    Answer page = get(operator, "/v1/activity?limit=3");
    assertEquals("ben", page.body().at("/activity/0/who").asText());
    assertEquals("/v1/leads/none/close", page.body().at("/activity/0/path").asText());
    assertEquals("POST /v1/resume", page.body().at("/activity/1/route").asText());
    assertEquals(200, page.body().at("/activity/2/status").asInt());
    Answer more = get(operator, "/v1/activity?cursor=" + page.body().path("next").asText());
    assertTrue(more.body().path("activity").size() >= 1);
  }

  @Test
  void whoeverBroughtACandidateMayNotPublishIt() {
    String anna = guarded.key("{\"name\":\"anna\",\"role\":\"operator\"}").path("secret").asText();
    String rules = get(anna, "/v1/rules").body().path("serving").asText();
    JsonNode files = get(anna, "/v1/rules/" + rules).body();
    String upload = "{\"files\":" + changed(files.path("files")) + "}";
    Answer brought = guarded.as(anna, "PUT", "/v1/rules/summer", upload);
    assertEquals(200, brought.status(), brought.text());
    Answer own = guarded.as(anna, "POST", "/v1/rules/publish", "{\"candidate\":\"summer\"}");
    assertEquals(403, own.status());
    assertEquals("/problems/second-person-needed", own.body().path("type").asText());
    Answer second = guarded.as(operator, "POST", "/v1/rules/publish", "{\"candidate\":\"summer\"}");
    assertEquals(200, second.status(), second.text());
    assertEquals("operator", second.body().path("who").asText(), second.text());
  }

  private static JsonNode changed(JsonNode files) {
    ObjectNode copy = files.deepCopy();
    String name = copy.fieldNames().next();
    return copy.put(name, copy.path(name).asText() + "\n// a second pair of eyes\n");
  }

  private static JsonNode post(String key, String crmId) {
    Answer answer = guarded.as(key, "POST", "/v1/leads", Guarded.lead(crmId));
    assertEquals(202, answer.status(), answer.text());
    return answer.body();
  }

  private static Answer withKey(String key, String idempotency, String crmId) {
    return guarded.as(
        key, "POST", "/v1/leads", Guarded.lead(crmId), "Idempotency-Key", idempotency);
  }

  private static Answer get(String key, String path) {
    return guarded.as(key, "GET", path, "");
  }
}
