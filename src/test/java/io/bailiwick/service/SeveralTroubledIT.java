package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.report.Reliability;
import io.bailiwick.service.RunningService.Answer;
import io.bailiwick.service.SeveralGround.Instance;
import io.bailiwick.store.PostgresServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls one of several built jars on one PostgreSQL, and what the others make of it. */
class SeveralTroubledIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** As docs/operations/several-instances.md says: hints, and a look every two seconds. */
  private static final Duration TOLD = Duration.ofSeconds(3);

  private static final int PARKED = 60;
  private static final int PERSONS = 10;

  @TempDir Path folder;

  @Test
  void
      aJobAndLeadsOfOneThatIsKilledAndOneThatStandsStillAreSeenThroughAndItsLateWorkChangesNothing()
          throws Exception {
    try (var ground = new SeveralGround(folder, PostgresServer.database())) {
      System.out.println("one killed, one stopped, seed " + SeveralGround.SEED);
      ground.start(3, Map.of("BAILIWICK_CRM_DEADLINE", "2s"));
      String first = ground.instances.get(0).url();
      Instance second = ground.instances.get(1);
      Instance third = ground.instances.get(2);
      park(ground);
      // So that calls are under way at any moment.
      ground.control("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":200}]}");
      String retry = "{\"filter\":{\"status\":\"parked\"},\"per_second\":5}";
      Answer begun = RunningService.send("POST", second.url() + "/v1/retries", retry);
      assertEquals(202, begun.status(), begun.text());
      String job = begun.headers().get("location");
      SeveralGround.await("it is under way", PATIENCE, () -> done(first, job) > 5);
      ground.standStill(third, () -> seenThrough(ground, second, job));
      int then = ground.sources.acked.size();
      SeveralGround.await("it serves", PATIENCE, () -> status(third.url(), "/readyz") == 200);
      SeveralGround.await("more come in", PATIENCE, () -> ground.sources.acked.size() > then + 50);
      ground.sources.stop();
      ground.awaitRest(first, PATIENCE);
      ground.awaitRest(third.url(), PATIENCE);
      ground.check(PATIENCE);
      int leads = ground.sources.acked.size();
      System.out.printf("one killed, one stopped: %d leads, all promises kept%n", leads);
      Reliability.tell(
          "an instance killed, one stopped beyond its lease",
          Map.of("seed", SeveralGround.SEED, "leads", leads, "broken", 0));
    }
  }

  /** Leads that the CRM refused, no more of them later, and that a person is to retry. */
  private static void park(SeveralGround ground) {
    String refusing = "{\"kind\":\"status\",\"status\":422,\"path\":\"/crm/v2/Leads\"}";
    ground.control("{\"do\":\"setFaults\",\"faults\":[" + refusing + "]}");
    ground.sources.load(4);
    String url = ground.instances.get(0).url();
    String parked = "/v1/leads?status=parked&limit=" + PARKED;
    SeveralGround.await(
        "some are parked",
        PATIENCE,
        () -> SeveralGround.get(url, parked).path("leads").size() == PARKED);
    ground.sources.slowly(Duration.ofMillis(100));
    ground.control("{\"do\":\"setFaults\",\"faults\":[]}");
    // Those that the sources were just sending could be refused, too, and are told by then.
    int then = ground.sources.acked.size();
    SeveralGround.await("some more", PATIENCE, () -> ground.sources.acked.size() > then + 8);
    SeveralGround.awaitRest(url, List.copyOf(ground.sources.acked.values()), PATIENCE);
  }

  /** The instance of the job is killed, too, and the one that is left does all. */
  private static void seenThrough(SeveralGround ground, Instance ofTheJob, String job) {
    String first = ground.instances.get(0).url();
    List<String> held = ground.sources.lately(200);
    ground.kill(ofTheJob);
    int done = done(first, job);
    JsonNode stopped = SeveralGround.get(first, job);
    assertEquals("running", stopped.path("state").asText(), "" + stopped);
    double seconds = SeveralGround.awaitRest(first, held, PATIENCE);
    assertTrue(seconds < 45, "taken over after " + seconds + " s");
    SeveralGround.await(
        "the job is done",
        PATIENCE,
        () -> SeveralGround.get(first, job).path("state").asText().equals("done"));
    JsonNode ended = SeveralGround.get(first, job);
    assertTrue(done < ended.path("total").asInt(), "some were left to do: " + done);
    assertEquals(ended.path("total"), ended.path("done"), "each once: " + ended);
    String id = job.substring(job.lastIndexOf('/') + 1);
    assertEquals(done(first, job), saying(ground, "retried by job " + id), "each once: " + ended);
  }

  /** How many lines of all histories begin so. */
  private static long saying(SeveralGround ground, String words) {
    String url = ground.instances.get(0).url();
    return ground.sources.acked.values().stream()
        .flatMap(id -> lines(url, id))
        .filter(line -> line.path("note").asText().startsWith(words))
        .count();
  }

  private static Stream<JsonNode> lines(String url, String id) {
    JsonNode history = SeveralGround.get(url, "/v1/leads/" + id).path("history");
    return StreamSupport.stream(history.spliterator(), false);
  }

  private static int done(String url, String job) {
    return SeveralGround.get(url, job).path("done").asInt();
  }

  @Test
  void oneNewPersonAtBothAtOnceIsOneRecordAndAKeyRevokedAtOneIsRefusedAtTheOther()
      throws Exception {
    try (var ground = new SeveralGround(folder, PostgresServer.database(), false)) {
      var keys = Map.of("BAILIWICK_HTTP_ACCESS", "keys");
      var made = ground.run(keys, "keys", "add", "ana", "--role", "operator");
      assertEquals(0, made.exit(), made.err());
      String ana = made.out().strip();
      ground.start(2, Map.of("BAILIWICK_HTTP_ACCESS", "keys", "BAILIWICK_CRM_CREATE", "true"));
      String one = ground.instances.get(0).url();
      String two = ground.instances.get(1).url();
      areOneRecordEach(ground, ana, List.of(one, two));

      String wish = "{\"role\":\"source\",\"source\":\"web\"}";
      JsonNode key = ask(ana, "POST", one + "/v1/keys", wish).body();
      String web = key.path("secret").asText();
      SeveralGround.await("it opens the other", TOLD, () -> leads(web, two) == 200);
      assertEquals(200, leads(web, one));
      long began = System.nanoTime();
      ask(ana, "DELETE", one + "/v1/keys/" + key.path("id").asText(), "");
      assertEquals(401, leads(web, one), "at once where it was revoked");
      SeveralGround.await("it opens nothing", TOLD, () -> leads(web, two) == 401);
      System.out.printf(
          "two instances: a revoked key was refused at the other after %d ms%n",
          (System.nanoTime() - began) / 1_000_000);
    }
  }

  private static void areOneRecordEach(SeveralGround ground, String key, List<String> urls) {
    List<CompletableFuture<Answer>> posted = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      String lead =
          """
          {"email":"p%1$d@acme.example","lastName":"No %1$d","country":"US","region":"CA"}"""
              .formatted(person);
      for (String url : urls) {
        posted.add(CompletableFuture.supplyAsync(() -> ask(key, "POST", url + "/v1/leads", lead)));
      }
    }
    List<String> ids = new ArrayList<>();
    for (CompletableFuture<Answer> one : posted) {
      assertEquals(202, one.join().status(), one.join().text());
      ids.add(one.join().body().path("id").asText());
    }
    for (int person = 0; person < PERSONS; person++) {
      String one = urls.get(0) + "/v1/leads/" + ids.get(2 * person);
      String other = urls.get(0) + "/v1/leads/" + ids.get(2 * person + 1);
      SeveralGround.await(
          "one is the other's next revision",
          PATIENCE,
          () -> {
            JsonNode a = ask(key, "GET", one, "").body();
            JsonNode b = ask(key, "GET", other, "").body();
            boolean same = a.path("crmId").isTextual() && a.path("crmId").equals(b.path("crmId"));
            List<String> both = List.of(a.path("status").asText(), b.path("status").asText());
            return same && both.containsAll(List.of("assigned", "superseded"));
          });
    }
    int records = 0;
    for (JsonNode write : WhatIsLeft.writes(ground.sandbox)) {
      records += write.path("result").asText().equals("inserted") ? 1 : 0;
    }
    assertEquals(PERSONS, records, "each person is one record in the CRM");
  }

  @Test
  void whatCannotServeBesideTheOthersIsRefusedAtTheStartAndTheyGoOn() throws Exception {
    String journal = PostgresServer.database();
    try (var ground = new SeveralGround(folder, journal, false)) {
      ground.start(1, Map.of());
      String url = ground.instances.get(0).url();
      PostgresServer.execute(
          journal,
          """
          INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
            checksum, installed_by, installed_on, execution_time, success)
          VALUES (99, '99', 'from the future', 'SQL', 'V99__future.sql', 1, 'x', now(), 1, true)""");
      var older = ground.run(Map.of(), "serve");
      assertEquals(1, older.exit(), older.out());
      assertTrue(older.err().contains("has schema version 99"), older.err());
      assertTrue(older.err().contains("start the newer Bailiwick"), older.err());
      PostgresServer.execute(
          journal, "DELETE FROM flyway_schema_history WHERE installed_rank = 99");

      String name = journal.substring(journal.lastIndexOf('/') + 1);
      PostgresServer.execute(
          journal, "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
      var readOnly = ground.run(Map.of(), "serve");
      assertEquals(1, readOnly.exit(), readOnly.out());
      assertTrue(readOnly.err().contains("takes no writes"), readOnly.err());
      String lead = "{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}";
      assertEquals(202, RunningService.postTo(url, lead).status(), "who serves goes on");
    }
  }

  private static int leads(String key, String url) {
    return ask(key, "GET", url + "/v1/leads", "").status();
  }

  private static int status(String url, String path) {
    return RunningService.get(url, path).status();
  }

  private static Answer ask(String key, String method, String address, String json) {
    return RunningService.send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + key)
            .method(method, BodyPublishers.ofString(json))
            .build());
  }
}
