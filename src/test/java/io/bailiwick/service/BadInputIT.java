package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bailiwick.service.BadBodies.Bad;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is sent that is no lead: an answer below 500 with a problem body that repeats nothing of
 * it and is in the description, and nothing stored.
 */
class BadInputIT {

  private static final OpenApi DESCRIBED = new OpenApi();

  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = new RunningService(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Stream<Bad> bodies() {
    return BadBodies.all();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void whatIsNoLeadIsRefusedWithAProblemAndNothingIsStored(Bad bad) {
    var answer = service.post("/v1/leads", bad.type(), bad.body());
    check("/v1/leads", bad, answer);
    assertEquals(200, service.get(answer.body().path("type").asText()).status(), "it has a page");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void whatIsNoLeadIsNotDecidedEither(Bad bad) {
    var answer = service.post("/v1/decisions", bad.type(), bad.body());
    if (bad.what().equals("no crmId")) {
      assertEquals(200, answer.status(), "a lead need not be in the CRM to be decided");
    } else {
      check("/v1/decisions", bad, answer);
    }
  }

  private static void check(String path, Bad bad, RunningService.Answer answer) {
    assertEquals(bad.status(), answer.status(), answer.text());
    assertEquals("/problems/" + bad.problem(), answer.body().path("type").asText());
    assertEquals(bad.status(), answer.body().path("status").asInt());
    assertEquals("application/problem+json", answer.headers().get("content-type"));
    assertEquals(List.of(), DESCRIBED.flaws("POST", path, answer));
    assertFalse(answer.text().contains("secret"), "what was sent is not repeated");
    assertEquals(0, service.get("/v1/leads").body().path("leads").size(), "nothing is stored");
  }
}
