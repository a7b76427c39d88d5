package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.service.RunningService.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was added to {@code /v1} for people at a page, asked as any program may. */
@Timeout(120)
class PageAnswersIT {

  private static final String CANARY = "canary-k3y";
  private static final String MAIL = "ana.canary@acme.example";

  @TempDir static Path folder;
  private static RunningService service;
  private static String lead;
  private final OpenApi described = new OpenApi();

  @BeforeAll
  static void start() {
    service =
        new RunningService(
            folder, Map.of("rules.dir", "rules", "fixtures.dir", "fixtures", "crm.token", CANARY));
    lead =
        service
            .postLead("{\"crmId\":\"8001\",\"country\":\"DE\",\"email\":\"" + MAIL + "\"}")
            .body()
            .path("id")
            .asText();
    service.awaitStatus(lead, "assigned");
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  private JsonNode get(String path) {
    Answer answer = service.get(path);
    assertEquals(200, answer.status(), answer::text);
    assertEquals(List.of(), described.flaws("GET", path.replaceFirst("\\?.*", ""), answer));
    return answer.body();
  }

  @Test
  void overviewSessionAndSettingsAreAsDescribedAndTellNoSecret() {
    assertEquals("open", get("/v1/session").path("access").asText());
    JsonNode now = get("/v1/overview");
    assertTrue(now.at("/day/steps").size() > 0);
    assertTrue(now.at("/day/ways").findValuesAsText("rule").contains("DACH"), now::toString);
    String settings = get("/v1/settings").toString();
    assertFalse(settings.contains(CANARY), settings);
    assertTrue(settings.contains("crm.token"));
  }

  @Test
  void whyNotNamesTheConditionThatFailedAndTheChangeThatWouldDo() {
    JsonNode why = get("/v1/leads/" + lead + "/why?not=France");
    assertTrue(why.path("decidedByIt").asBoolean());
    assertTrue(why.path("asDecided").asBoolean());
    JsonNode flip = why.at("/not/flips/0");
    assertEquals("country", flip.path("field").asText());
    assertEquals("France", flip.at("/decision/territory/name").asText());
    assertEquals(404, service.get("/v1/leads/none/why").status());
    Answer decided =
        service.post("/v1/decisions?why=true&not=France", "{\"crmId\":\"1\",\"country\":\"DE\"}");
    assertEquals(List.of(), described.flaws("POST", "/v1/decisions", decided));
    assertTrue(decided.body().path("rules").size() > 10);
  }

  @Test
  void aFixtureOfALeadIsWithoutThePerson() {
    JsonNode fixture = get("/v1/leads/" + lead + "/fixture");
    assertFalse(fixture.toString().contains("ana.canary"), fixture::toString);
    assertTrue(fixture.path("file").asText().contains("DACH"));
  }

  @Test
  void readingRulesTellsEachFlawWithItsPlaceAndWhatRulesMaySpeakOf() {
    Answer wrong =
        service.post(
            "/v1/rules/check",
            "{\"files\":{\"a.drl\":\"rule \\\"A\\\"\\nwhen\\n  Lead( contry == \\\"US\\\" )\\nthen\\nend\\n\"}}");
    assertEquals(200, wrong.status(), wrong::text);
    assertEquals(List.of(), described.flaws("POST", "/v1/rules/check", wrong));
    assertEquals(3, wrong.body().at("/flaws/0/line").asInt(), wrong::text);
    assertTrue(wrong.body().path("facts").findValuesAsText("name").contains("employees"));
  }

  @Test
  void aReplayOfEditedRulesTellsEachChangedLeadFromBothSides() {
    String serving = service.get("/v1/rules").body().path("serving").asText();
    ObjectNode version = (ObjectNode) service.get("/v1/rules/" + serving).body();
    version.remove("hash");
    ObjectNode files = (ObjectNode) version.get("files");
    files.put(
        "50-regions.drl", files.path("50-regions.drl").asText().replace(", \"CH\", \"LI\"", ""));
    ObjectNode wish = Json.mapper().createObjectNode();
    wish.set("candidate", version);
    Answer begun = service.post("/v1/replays", wish.toString());
    assertEquals(202, begun.status(), begun::text);
    assertEquals(List.of(), described.flaws("POST", "/v1/replays", begun));
    String id = begun.body().path("id").asText();
    RunningService.await(
        "the replay is done",
        () -> service.get("/v1/replays/" + id).body().path("state").asText().equals("done"));
    JsonNode verdict = get("/v1/replays/" + id).path("verdict");
    assertEquals(2, verdict.at("/counts/moved").asInt());
    assertFalse(verdict.path("publishable").asBoolean());
    String place = verdict.at("/changed/0/place").asText();
    JsonNode row =
        get("/v1/replays/" + id + "/row?place=" + URLEncoder.encode(place, StandardCharsets.UTF_8));
    assertEquals("DACH", row.at("/base/decision/territory/name").asText());
    assertEquals("Inbound Desk", row.at("/candidate/decision/territory/name").asText());
    assertTrue(row.at("/base/rules").size() > 10);
    theReportIsAFileOfItsOwnAndTellsNoPerson(id);
    fixturesAreSuggestedOnRequest(id);
    assertEquals(id, get("/v1/replays").at("/replays/0/id").asText());
    for (String wrong :
        List.of(
            "{}",
            "[]",
            "{\"candidate\":\"nobody\"}",
            "{\"candidate\":\"serving\",\"leads\":\"file\",\"file\":{\"name\":\"../x.csv\"}}",
            "{\"candidate\":\"serving\",\"leads\":\"some\"}")) {
      int status = service.post("/v1/replays", wrong).status();
      assertTrue(status == 400 || status == 404, wrong + " " + status);
    }
  }

  private static void theReportIsAFileOfItsOwnAndTellsNoPerson(String id) {
    Answer report = service.get("/v1/replays/" + id + "/report");
    assertEquals(200, report.status());
    assertEquals(
        "attachment; filename=\"replay-%s.html\"".formatted(id),
        report.headers().get("content-disposition"));
    assertEquals("sandbox", report.headers().get("content-security-policy"));
    assertTrue(report.text().contains("Inbound Desk"), "where its leads would go");
    assertFalse(report.text().matches("(?s).*[a-z.]@[a-z]+\\.[a-z].*"), "no mail address");
  }

  private void fixturesAreSuggestedOnRequest(String id) {
    assertEquals("none", get("/v1/replays/" + id).path("mutants").asText());
    for (int i = 0; i < 2; i++) {
      Answer asked = service.post("/v1/replays/" + id + "/mutants", "{}");
      assertEquals(202, asked.status(), asked::text);
      assertEquals(List.of(), described.flaws("POST", "/v1/replays/" + id + "/mutants", asked));
    }
    RunningService.await(
        "what the fixtures do not notice is known",
        () -> service.get("/v1/replays/" + id).body().path("mutants").asText().equals("done"));
    JsonNode mutation = get("/v1/replays/" + id).at("/verdict/mutation");
    assertTrue(mutation.path("mutants").asInt() > 100, mutation::toString);
    assertTrue(mutation.path("suggested").isArray());
    assertEquals(404, service.post("/v1/replays/none/mutants", "{}").status());
  }

  @Test
  void aBisectionOfWhatOnlyOneVersionDecidedFindsThatNoneMovedIt() {
    for (String wish : List.of("{\"lead\":\"%s\"}".formatted(lead), "{\"fixtures\":\"serving\"}")) {
      Answer begun = service.post("/v1/bisections", wish);
      assertEquals(202, begun.status(), begun::text);
      assertEquals(List.of(), described.flaws("POST", "/v1/bisections", begun));
      String path = "/v1/bisections/" + begun.body().path("id").asText();
      RunningService.await(
          "the bisection is done",
          () -> service.get(path).body().path("state").asText().equals("done"));
      JsonNode found = get(path);
      assertEquals(1, found.path("versions").asInt(), found::toString);
      assertEquals(0, found.path("moved").size());
    }
    for (String wrong :
        List.of(
            "{}",
            "{\"lead\":\"none\"}",
            "{\"lead\":\"a\",\"fixtures\":\"serving\"}",
            "{\"fixtures\":\"serving\",\"place\":\"nowhere\"}",
            "{\"fixtures\":\"serving\",\"versions\":1}",
            "{\"fixtures\":\"serving\",\"some\":1}")) {
      Answer refused = service.post("/v1/bisections", wrong);
      assertTrue(refused.status() == 400 || refused.status() == 404, wrong);
      assertEquals(List.of(), described.flaws("POST", "/v1/bisections", refused));
    }
    assertEquals(404, service.get("/v1/bisections/none").status());
  }

  @Test
  void theSandboxOfADemoIsAsDescribed() {
    assertTrue(get("/v1/sandbox").path("territories").size() > 10);
    Answer moved = service.post("/v1/sandbox", "{\"do\":\"moveClock\",\"by\":\"PT1M\"}");
    assertEquals(200, moved.status(), moved::text);
    assertEquals(List.of(), described.flaws("POST", "/v1/sandbox", moved));
    Answer wrong = service.post("/v1/sandbox", "{\"do\":\"nothing\"}");
    assertEquals(400, wrong.status(), wrong::text);
    assertEquals(List.of(), described.flaws("POST", "/v1/sandbox", wrong));
  }

  @Test
  void anEventNamesTheLeadThatMovedAndNothingOfItsPerson() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(service.url() + "/v1/events")).build();
    try (Stream<String> lines =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body()) {
      Iterator<String> heard = lines.iterator();
      String id =
          service
              .postLead("{\"crmId\":\"8002\",\"country\":\"FR\",\"email\":\"" + MAIL + "\"}")
              .body()
              .path("id")
              .asText();
      List<String> all = new ArrayList<>();
      while (all.isEmpty() || !all.get(all.size() - 1).contains(id)) {
        all.add(heard.next());
      }
      assertFalse(String.join("\n", all).contains("canary"), all::toString);
      assertTrue(all.get(all.size() - 1).contains("\"leads\""));
    }
  }
}
