package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.service.RunningService.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator at the service: by HTTP, over a real journal and a sandbox CRM. */
class HandsIT {

  private static final String WHO = "\"who\":\"ana\",\"why\":\"she asked\"";

  private final OpenApi described = new OpenApi();

  @TempDir private Path folder;
  private RunningService service;

  @BeforeEach
  void begin() {
    service = new RunningService(folder);
  }

  @AfterEach
  void end() {
    service.close();
  }

  @Test
  void oneLeadIsDecidedAgainAssignedOrClosedByHandAndItsHistorySaysWho() {
    String lead = queued(1).get(0);
    assertEquals(202, hand(lead, "decide", "{" + WHO + "}").status());
    service.awaitStatus(lead, "queued");
    Answer assigned = hand(lead, "assign", "{\"territory\":\"West Region\"," + WHO + "}");
    assertEquals(202, assigned.status(), assigned.text());
    assertEquals("ana", assigned.body().at("/decision/by").asText());
    JsonNode done = service.awaitStatus(lead, "assigned");
    assertTrue(done.path("history").toString().contains("by ana: she asked"), done.toString());
    assertEquals(409, hand(lead, "close", "").status());

    String other = queued(1).get(0);
    Answer closed = hand(other, "close", "{}");
    assertEquals("closed", closed.body().path("reason").asText());
    assertEquals(404, hand("none", "close", "").status());
    assertEquals(400, hand(other, "assign", "{\"territory\":\"Nowhere\"}").status());
    assertEquals(400, hand(other, "assign", "{}").status());
    assertEquals(400, hand(other, "assign", "[]").status());
    assertEquals(400, hand(other, "close", "{\"whom\":\"x\"}").status());
    assertEquals(400, hand(other, "close", "{\"who\":\"a\\nb\"}").status());
  }

  @Test
  void manyAreCountedFirstAndThenMovedStoppedAndResumed() {
    List<String> leads = queued(40);
    String filter = "\"filter\":{\"status\":\"queued\",\"reason\":\"no_match\"}";
    Answer count = post("/v1/retries", "{" + filter + ",\"per_second\":10,\"dry_run\":true}");
    assertEquals(200, count.status(), count.text());
    assertEquals(40, count.body().path("total").asInt());
    assertEquals(4, count.body().path("seconds").asInt());

    Answer begun =
        post("/v1/retries", "{" + filter + ",\"action\":\"decide\",\"per_second\":10," + WHO + "}");
    assertEquals(202, begun.status(), begun.text());
    String job = begun.headers().get("location");
    Answer stopped = post(job + "/stop", "{\"who\":\"bo\"}");
    assertEquals(200, stopped.status(), stopped.text());
    assertEquals("stopped", stopped.body().path("state").asText());
    int then = stopped.body().path("done").asInt();
    assertTrue(then > 0 && then < 40, stopped.text());
    assertEquals(409, post(job + "/stop", "").status());
    assertEquals("running", post(job + "/resume", "").body().path("state").asText());
    RunningService.await("the job is done", () -> get(job).path("state").asText().equals("done"));
    assertEquals(40, get(job).path("done").asInt());
    assertEquals(0, get(job).path("passed_over").asInt());
    assertEquals(1, get("/v1/jobs").path("jobs").size());
    leads.forEach(
        lead ->
            assertEquals(
                1,
                notes(lead).stream().filter(note -> note.startsWith("re-decided by job")).count(),
                lead));
    assertEquals(404, post("/v1/jobs/none/stop", "").status());
    assertEquals(404, described("GET", "/v1/jobs/none", service.get("/v1/jobs/none")).status());
  }

  @Test
  void aWrongWishMovesNothingAndSaysWhatIsRight() {
    for (String wrong :
        List.of(
            "",
            "{}",
            "{\"filter\":{}}",
            "{\"filter\":[]}",
            "{\"filter\":{\"status\":\"assigned\"}}",
            "{\"filter\":{\"status\":\"parked\",\"reson\":\"x\"}}",
            "{\"filter\":{\"status\":\"parked\",\"reason\":\"x\"}}",
            "{\"filter\":{\"status\":\"parked\",\"older_than\":\"soon\"}}",
            "{\"filter\":{\"status\":\"parked\"},\"per_second\":0}",
            "{\"filter\":{\"status\":\"parked\"},\"per_second\":1001}",
            "{\"filter\":{\"status\":\"parked\"},\"dry_run\":\"yes\"}",
            "{\"filter\":{\"status\":\"parked\"},\"action\":\"drop\"}",
            "{\"filters\":{\"status\":\"parked\"}}")) {
      Answer answer = post("/v1/retries", wrong);
      assertEquals(400, answer.status(), wrong + ": " + answer.text());
    }
    assertEquals(0, get("/v1/jobs").path("jobs").size());
    assertEquals(400, service.get("/v1/leads?older_than=soon").status());
    assertEquals(400, service.get("/v1/leads?reason=soon").status());
  }

  @Test
  void leadsAreListedByWhyTheyRestAndSinceWhen() {
    String lead = queued(2).get(0);
    hand(lead, "close", "{" + WHO + "}");
    assertEquals(1, get("/v1/leads?reason=closed").path("leads").size());
    assertEquals(1, get("/v1/leads?reason=no_match&older_than=0s").path("leads").size());
    assertEquals(0, get("/v1/leads?reason=no_match&older_than=1h").path("leads").size());
    String record = get("/v1/leads?reason=no_match").at("/leads/0/crmId").asText();
    assertEquals(1, get("/v1/leads?crm_id=" + record).path("leads").size());
    assertEquals(0, get("/v1/leads?crm_id=0" + record).path("leads").size());
    assertEquals(0, get("/v1/leads?rule=Nobody").path("leads").size());
  }

  @Test
  void sendingIsPausedAndResumedWhileLeadsAreAccepted() {
    Answer paused = post("/v1/pause", "{" + WHO + "}");
    assertEquals(200, paused.status(), paused.text());
    assertEquals("ana", paused.body().path("who").asText());
    assertTrue(service.get("/readyz").text().contains("sending_paused"));
    var posted = service.postLead("{\"crmId\":\"3\",\"country\":\"US\",\"region\":\"CA\"}");
    String lead = posted.body().path("id").asText();
    JsonNode waits = service.awaitStatus(lead, "queued");
    assertEquals("crm_paused", waits.path("reason").asText());
    Answer resumed = post("/v1/resume", "");
    assertEquals(1, resumed.body().path("due").asInt(), resumed.text());
    service.awaitStatus(lead, "assigned");
    assertTrue(!service.get("/readyz").text().contains("sending_paused"));
  }

  /** Leads that no rule matches. */
  private List<String> queued(int leads) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      String crmId = Long.toString(System.nanoTime());
      var posted = service.postLead("{\"crmId\":\"%s\",\"country\":\"FR\"}".formatted(crmId));
      ids.add(posted.body().path("id").asText());
    }
    ids.forEach(id -> service.awaitStatus(id, "queued"));
    return ids;
  }

  private List<String> notes(String lead) {
    List<String> notes = new ArrayList<>();
    service.lead(lead).path("history").forEach(line -> notes.add(line.path("note").asText()));
    return notes;
  }

  private Answer hand(String lead, String verb, String body) {
    return described(
        "POST", "/v1/leads/{id}/" + verb, service.post("/v1/leads/" + lead + "/" + verb, body));
  }

  private Answer post(String path, String body) {
    String template = path.replaceFirst("^/v1/jobs/[^/]+", "/v1/jobs/{id}");
    return described("POST", template, service.post(path, body));
  }

  private JsonNode get(String path) {
    Answer answer = service.get(path);
    assertEquals(200, answer.status(), answer.text());
    String template = path.replaceFirst("^/v1/jobs/[^/]+", "/v1/jobs/{id}");
    described("GET", template.replaceFirst("\\?.*", ""), answer);
    return answer.body();
  }

  private Answer described(String method, String path, Answer answer) {
    assertEquals(List.of(), described.flaws(method, path, answer));
    return answer;
  }
}
