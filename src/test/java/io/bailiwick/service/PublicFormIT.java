package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bailiwick.service.RunningService.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that anybody's browser may post to from the pages its file names. */
class PublicFormIT {

  private static final String SITE = "https://www.example.com";
  private static final String FORM =
      """
      public:
        origins: [https://www.example.com]
        honeypot: fax
      rate: 4/1h
      redirect: [https://www.example.com/thanks, https://www.example.com/merci]
      """;

  @TempDir static Path folder;
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded =
        new Guarded(folder, Map.of("form", FORM, "calm", FORM.replace("4/", "400/")), Map.of());
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void aPageOfANamedOriginMayPostAndReadTheAnswerAndNothingElse() {
    Answer preflight = preflight(SITE, "calm");
    assertEquals(204, preflight.status());
    assertEquals(SITE, preflight.headers().get("access-control-allow-origin"));
    assertEquals("POST", preflight.headers().get("access-control-allow-methods"));
    Answer posted = from(SITE, "calm", "application/json", Guarded.lead("1"));
    assertEquals(202, posted.status(), posted.text());
    assertEquals(SITE, posted.headers().get("access-control-allow-origin"));
    assertFalse(posted.text().contains("decision"), posted.text());
    String id = posted.body().path("id").asText();
    Answer read = guarded.as("", "GET", "/v1/leads/" + id + "?source=calm", "", "Origin", SITE);
    assertEquals(403, read.status());
  }

  @Test
  void otherOriginsAndOtherSourcesAreRefused() {
    assertEquals(403, preflight("https://evil.example", "calm").status());
    assertEquals(403, preflight(SITE, "none").status());
    Answer other = from("https://evil.example", "calm", "application/json", Guarded.lead("2"));
    assertEquals(403, other.status(), other.text());
    assertNull(other.headers().get("access-control-allow-origin"));
    assertEquals(401, guarded.as("", "POST", "/v1/leads?source=calm", "{}").status());
  }

  @Test
  void whatFillsTheHoneypotIsThankedAndNotStored() {
    Answer trapped = from(SITE, "calm", "application/json", "{\"crmId\":\"666\",\"fax\":\"1\"}");
    assertEquals(202, trapped.status(), trapped.text());
    Answer untouched = from(SITE, "calm", "application/json", "{\"crmId\":\"667\",\"fax\":\"\"}");
    assertEquals(202, untouched.status());
    assertFalse(untouched.body().has("warnings"), untouched.text());
    String stored = guarded.service.command("/v1/leads?sender=calm").text();
    assertFalse(stored.contains("\"666\""), stored);
  }

  @Test
  void aFormIsSentOnToItsPageOrToAnotherOfTheListAndNowhereElse() {
    assertEquals(SITE + "/thanks", form("crmId=31").headers().get("location"));
    Answer chosen = form("crmId=32&_redirect=https%3A%2F%2Fwww.example.com%2Fmerci");
    assertEquals(SITE + "/merci", chosen.headers().get("location"));
    Answer elsewhere = form("crmId=33&_redirect=https%3A%2F%2Fevil.example%2F");
    assertEquals(400, elsewhere.status());
    assertFalse(elsewhere.text().contains("evil"), elsewhere.text());
    assertFalse(guarded.service.command("/v1/leads?sender=calm").text().contains("\"33\""));
  }

  @Test
  void aPublicSourceHasItsOwnRate() {
    for (int i = 0; i < 4; i++) {
      Answer answer = from(SITE, "form", "application/json", Guarded.lead("4" + i));
      assertEquals(202, answer.status(), answer.text());
    }
    Answer beyond = from(SITE, "form", "application/json", Guarded.lead("49"));
    assertEquals(429, beyond.status());
    assertEquals(SITE, beyond.headers().get("access-control-allow-origin"));
    assertEquals(202, from(SITE, "calm", "application/json", Guarded.lead("48")).status());
  }

  private static Answer form(String fields) {
    return from(SITE, "calm", "application/x-www-form-urlencoded", fields);
  }

  private static Answer from(String origin, String source, String type, String body) {
    return guarded.as(
        "", "POST", "/v1/leads?source=" + source, body, "Origin", origin, "Content-Type", type);
  }

  private static Answer preflight(String origin, String source) {
    return RunningService.send(
        HttpRequest.newBuilder(URI.create(guarded.service.url() + "/v1/leads?source=" + source))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .build());
  }
}
