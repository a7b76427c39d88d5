package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.service.RunningService.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar and a sandbox CRM in a process of its own: what the CRM's log says counts. */
class RealignmentIT {

  private static final int LEADS = 1_000;
  private static final String FROM = "3652397000001234567";
  private static final String TO = "1";

  private final OpenApi described = new OpenApi();

  @TempDir private Path folder;
  private String url = "";
  private String crm = "";

  @Test
  void aThousandLeadsAndTheUndoLeaveTheCrmByItsOwnLogAsItWasThoughTheServiceIsKilled()
      throws IOException {
    copyRules();
    try (JarProcess sandbox = JarProcess.sandbox(folder)) {
      crm = sandbox.url();
      Map<String, String> was;
      String job;
      try (JarProcess service = JarProcess.start(folder, environment(), "serve")) {
        url = service.url();
        post(IntStream.range(0, LEADS));
        await("all are assigned", () -> written() == LEADS);
        was = shown();
        publish("Root");
        checkPreview();
        assertEquals(was, shown(), "a preview writes nothing");
        Answer begun = wish("/v1/realignments", "{\"per_second\":250,\"who\":\"ana\"}");
        assertEquals(202, begun.status(), begun.text());
        job = begun.headers().get("location");
        assertEquals(409, wish(job + "/undo", "{}").status(), "it runs");
        await("some are there", () -> writtenTo(TO) > 50);
        service.kill();
      }
      int then = writtenTo(TO);
      assertTrue(then < LEADS, then + " were written before the kill");
      try (JarProcess service = JarProcess.start(folder, environment(), "serve")) {
        url = service.url();
        finish(job, LEADS);
        assertEquals(LEADS, writtenTo(TO));
        assertEquals(LEADS, shown().values().stream().filter(TO::equals).count());

        assertEquals(LEADS, wish(job + "/undo", "{\"dry_run\":true}").body().path("total").asInt());
        Answer undo = wish(job + "/undo", "{\"per_second\":500,\"who\":\"bo\"}");
        assertEquals(202, undo.status(), undo.text());
        Answer twice = wish(job + "/undo", "{}");
        assertEquals(undo.headers().get("location"), twice.headers().get("location"));
        finish(undo.headers().get("location"), LEADS);
        assertEquals(was, shown());
        checkWritesOfEach();
        checkRefusals(job);
        assertEquals(0, service.stop());
      }
    }
    JarProcess.Ended verified = JarProcess.run(environment(), "verify", "--all");
    assertEquals(0, verified.exit(), verified.out() + verified.err());
    System.out.printf("realignment: %d leads there and back, receipts as before%n", LEADS);
  }

  private void checkPreview() {
    Answer preview =
        wish(
            "/v1/realignments",
            "{\"filter\":{\"territory\":\"West Region\"},\"per_second\":250,\"dry_run\":true}");
    assertEquals(200, preview.status(), preview.text());
    JsonNode body = preview.body();
    assertEquals(LEADS, body.path("total").asInt());
    assertEquals(LEADS, body.path("moving").asInt());
    assertEquals(LEADS / 250, body.path("seconds").asInt());
    assertEquals(
        "[{\"from\":\"West Region\",\"to\":\"Root\",\"leads\":1000}]",
        body.path("moves").toString());
    assertEquals("California", body.at("/examples/0/rule").asText());
  }

  /** Once there, once away, once back; a write that a kill cut off may be there twice. */
  private void checkWritesOfEach() {
    Map<String, Long> counts =
        writes().collect(Collectors.groupingBy(RealignmentIT::id, Collectors.counting()));
    assertEquals(LEADS, counts.size());
    long more = counts.values().stream().filter(count -> count != 3).count();
    assertTrue(more <= 10, more + " records were not written three times");
  }

  private void checkRefusals(String job) {
    assertEquals(404, wish("/v1/jobs/none/undo", "{}").status());
    assertEquals(400, wish(job + "/undo", "{\"whom\":\"x\"}").status());
    for (String wrong :
        new String[] {
          "{\"filter\":{\"status\":\"queued\"}}",
          "{\"filter\":{\"reason\":\"x\"}}",
          "{\"filter\":{\"newer_than\":\"soon\"}}",
          "{\"filter\":[]}",
          "[]"
        }) {
      Answer answer = wish("/v1/realignments", wrong);
      assertEquals(400, answer.status(), wrong + answer.text());
    }
    String retry = "{\"filter\":{\"status\":\"parked\"}}";
    String other = wish("/v1/retries", retry).headers().get("location");
    assertEquals(409, wish(other + "/undo", "{}").status(), "nothing of it can be undone");
  }

  private void finish(String job, int leads) {
    await(
        "the job is done",
        () -> {
          JsonNode now = get(job);
          return now.path("state").asText().equals("done")
              && now.at("/results/under_way").asInt(-1) == 0;
        });
    JsonNode done = get(job);
    assertEquals(leads, done.path("done").asInt(), done.toString());
    assertEquals(leads, done.at("/results/assigned").asInt(), done.toString());
    assertEquals(0, done.path("passed_over").asInt(), done.toString());
  }

  private void post(IntStream records) {
    String leads =
        records
            .mapToObj("{\"crmId\":\"%d\",\"country\":\"US\",\"region\":\"CA\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    assertEquals(202, RunningService.postTo(url, leads).status());
  }

  /** The rules name another territory, and serve as soon as they are saved. */
  private void publish(String territory) throws IOException {
    Path rules = folder.resolve("rules/routing.drl");
    String before = get("/v1/rules").path("serving").asText();
    Files.writeString(rules, Files.readString(rules).replace("\"West Region\"", quoted(territory)));
    await("they serve", () -> !get("/v1/rules").path("serving").asText().equals(before));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private void copyRules() throws IOException {
    Path from = Path.of("src/test/resources/desk/rules");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("rules").resolve(from.relativize(file).toString()));
      }
    }
  }

  private long written() {
    return writes().filter(write -> write.path("result").asText().equals("written")).count();
  }

  private int writtenTo(String territory) {
    return (int)
        writes()
            .filter(write -> write.path("territory").asText().equals(territory))
            .map(RealignmentIT::id)
            .distinct()
            .count();
  }

  /** What each record shows, by the last write of the CRM's log. */
  private Map<String, String> shown() {
    Map<String, String> last = new HashMap<>();
    writes().forEach(write -> last.put(id(write), write.path("territory").asText()));
    return last;
  }

  private Stream<JsonNode> writes() {
    JsonNode log = RunningService.get(crm, "/sandbox/writes?limit=100000").body().path("writes");
    return IntStream.range(0, log.size()).mapToObj(log::get);
  }

  private static String id(JsonNode write) {
    return write.path("id").asText();
  }

  private JsonNode get(String path) {
    return RunningService.get(url, path).body();
  }

  private Answer wish(String path, String body) {
    String template = path.replaceFirst("^/v1/jobs/[^/]+", "/v1/jobs/{id}");
    Answer answer = RunningService.send("POST", url + path, body);
    assertEquals(java.util.List.of(), described.flaws("POST", template, answer));
    return answer;
  }

  private static void await(String what, java.util.function.BooleanSupplier condition) {
    RunningService.await(what, condition);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_TOKEN", "sandbox-token");
    environment.put("BAILIWICK_CRM_DEADLINE", "2s");
    environment.put("BAILIWICK_HTTP_PORT", "0");
    environment.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db"));
    environment.put("BAILIWICK_RULES_DIR", folder.resolve("rules").toString());
    environment.put("BAILIWICK_RULES_LOOK", "50ms");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    return environment;
  }
}
