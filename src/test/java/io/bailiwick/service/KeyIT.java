package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source that sends again with its key is answered. */
class KeyIT {

  private static final String MIXED =
      "[{\"crmId\":\"1\",\"country\":\"FR\"},{\"nr\":\"2\",\"country\":\"FR\"},"
          + "{\"crmId\":\"3\",\"country\":\"FR\"}]";

  @TempDir Path folder;

  @Test
  void theFirstAnswerComesAgainByteForByteThoughTheLeadsHaveMovedOn() {
    try (var service = new RunningService(folder)) {
      var first = service.postLead(MIXED, "Idempotency-Key", "k");
      assertEquals(207, first.status());
      RunningService.await(
          "both are judged",
          () -> service.get("/v1/leads?status=queued").body().path("leads").size() == 2);
      var again = service.postLead(MIXED, "Idempotency-Key", "k");
      assertEquals(207, again.status());
      assertEquals(first.text(), again.text());
    }
  }

  @Test
  void aRequestReadOtherwiseThanTheFirstTimeIsAnsweredByWhatIsStored() throws IOException {
    Path rules = rules("fields:\n  colour: ignore\n");
    String[] ids = new String[2];
    try (var service = new RunningService(folder, Map.of("rules.dir", rules.toString()))) {
      var first = post(service);
      assertEquals(207, first.status());
      ids[0] = first.body().at("/leads/0/id").asText();
      ids[1] = first.body().at("/leads/2/id").asText();
    }
    rules("fields:\n  nr: crmId\n");
    try (var service = new RunningService(folder, Map.of("rules.dir", rules.toString()))) {
      var again = post(service);
      assertEquals(207, again.status(), again.text());
      assertEquals(ids[0], again.body().at("/leads/0/id").asText());
      assertEquals(422, again.body().at("/leads/1/status").asInt(), "it was refused then");
      assertEquals(ids[1], again.body().at("/leads/2/id").asText());
      assertEquals(2, again.body().path("accepted").asInt());
      assertEquals(2, service.get("/v1/leads").body().path("leads").size(), "nothing is stored");
    }
  }

  @Test
  void twoWhoWaitForTheSameLeadAreBothTold() {
    try (var service = new RunningService(folder)) {
      service.control(
          "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":2500,\"share\":1}]}");
      String lead = "{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}";
      var patient =
          CompletableFuture.supplyAsync(
              () -> service.postLead(lead, "Idempotency-Key", "k", "Prefer", "wait=20"));
      RunningService.await(
          "it is stored", () -> !service.get("/v1/leads").body().path("leads").isEmpty());
      var hasty = service.postLead(lead, "Idempotency-Key", "k", "Prefer", "wait=1");
      assertEquals(202, hasty.status());
      assertEquals(200, patient.join().status(), "whoever gave up took nobody's answer away");
    }
  }

  private static RunningService.Answer post(RunningService service) {
    return service.post(
        "/v1/leads?source=list",
        "application/json",
        MIXED.getBytes(StandardCharsets.UTF_8),
        "Idempotency-Key",
        "k");
  }

  private Path rules(String mapping) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    for (String file : new String[] {"routing.drl", "readiness.drl"}) {
      Files.writeString(
          rules.resolve(file), Files.readString(Path.of("src/test/resources/desk/rules", file)));
    }
    Files.writeString(
        Files.createDirectories(rules.resolve("sources")).resolve("list.yaml"), mapping);
    return rules;
  }
}
