package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.report.Reliability;
import io.bailiwick.store.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three built jars on one PostgreSQL: they share the work, and one that dies is taken over. */
class SeveralInstancesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What is under way of one instance may be written again by whoever takes it over. */
  private static final int IN_FLIGHT = 10;

  private static final int STOPS = Integer.getInteger("stops", 5);

  private static final int KILLED = Integer.getInteger("instances-killed", 5);

  @TempDir Path folder;

  private final ExecutorService watchers = Executors.newCachedThreadPool();

  @AfterEach
  void endWatching() {
    watchers.shutdownNow();
  }

  @Test
  void instancesThatAreKilledUnderLoadAreTakenOverAndNothingAcknowledgedIsLost() throws Exception {
    try (var ground = new SeveralGround(folder, PostgresServer.database())) {
      System.out.println("three instances, seed " + SeveralGround.SEED);
      ground.start(3, Map.of());
      ground.sources.load(3);
      SeveralGround.await("leads come in", PATIENCE, () -> ground.sources.acked.size() > 500);
      String first = ground.instances.get(0).url();
      List<CompletableFuture<Double>> takenOver = new ArrayList<>();
      for (int killed = 1; killed <= KILLED; killed++) {
        int before = ground.sources.acked.size();
        SeveralGround.await(
            "more come in", PATIENCE, () -> ground.sources.acked.size() > before + 100);
        ground.kill(ground.instances.get(killed));
        List<String> held = ground.sources.lately(300);
        takenOver.add(
            CompletableFuture.supplyAsync(
                () -> SeveralGround.awaitRest(first, held, PATIENCE), watchers));
        if (killed < KILLED) {
          ground.start(1, Map.of());
        }
      }
      ground.sources.stop();
      double longest = 0;
      for (CompletableFuture<Double> one : takenOver) {
        longest = Math.max(longest, one.join());
      }
      assertTrue(longest < 45, "taken over after " + longest + " s");
      ground.awaitRest(first, PATIENCE);
      JsonNode audits = SeveralGround.get(first, "/v1/audits");
      assertEquals(1, audits.path("audits").size(), "one audit for all: " + audits);
      Map<String, Integer> writes = ground.check(PATIENCE.multipliedBy(2));
      // Of those that have one revision.
      writes.keySet().removeIf(record -> Integer.parseInt(record) % 7 == 0);
      long twice = writes.values().stream().filter(times -> times > 1).count();
      assertTrue(twice <= IN_FLIGHT * KILLED, twice + " written twice");
      assertTrue(writes.values().stream().allMatch(times -> times <= 3), "few times each");
      System.out.printf(
          "three instances: %d leads acknowledged, %d killed, taken over within %.1f s, %d written"
              + " twice%n",
          ground.sources.acked.size(), KILLED, longest, twice);
      Reliability.tell(
          "instances killed",
          Map.of(
              "seed",
              SeveralGround.SEED,
              "killed",
              KILLED,
              "leads",
              ground.sources.acked.size(),
              "takenOverSeconds",
              longest,
              "broken",
              0));
    }
  }

  @Test
  void whatOneInstanceIsToldServesOnAll() throws Exception {
    try (var ground = new SeveralGround(folder, PostgresServer.database())) {
      ground.start(2, Map.of());
      String one = ground.instances.get(0).url();
      String two = ground.instances.get(1).url();
      String before = serving(one);
      assertEquals(before, serving(two), "they began with the same");
      ObjectNode candidate = (ObjectNode) SeveralGround.get(one, "/v1/rules/" + before);
      var files = (ObjectNode) candidate.path("files");
      files.put("routing.drl", files.path("routing.drl").asText() + "\n// for all\n");
      var put = RunningService.send("PUT", one + "/v1/rules/summer", candidate.toString());
      assertEquals(200, put.status(), put.text());
      String wish = "{\"candidate\":\"summer\"}";
      var published = RunningService.send("POST", one + "/v1/rules/publish", wish);
      assertEquals(200, published.status(), published.text());
      long began = System.nanoTime();
      String after = serving(one);
      SeveralGround.await("it serves on the other", PATIENCE, () -> serving(two).equals(after));
      System.out.printf("two instances, two rulebooks for %d ms%n", millisSince(began));
      assertTrue(millisSince(began) < 5_000, "within seconds");

      RunningService.send("POST", two + "/v1/pause", "{\"why\":\"a test\"}");
      SeveralGround.await("one pauses too", PATIENCE, () -> paused(one));
      RunningService.send("POST", one + "/v1/resume", "{}");
      SeveralGround.await("two goes on too", PATIENCE, () -> !paused(two));

      assertEquals(
          SeveralGround.get(one, "/v1/territories").path("snapshot"),
          SeveralGround.get(two, "/v1/territories").path("snapshot"));
    }
  }

  @Test
  void aServerThatIsStoppedHardAndComesBackLosesNothingAndNobodyHasToBeRestarted()
      throws Exception {
    Path data = folder.resolve("pg");
    EmbeddedPostgres server = PostgresServer.start(data, 0);
    int port = server.getPort();
    try (var ground = new SeveralGround(folder, PostgresServer.database(server))) {
      ground.start(3, Map.of());
      ground.sources.load(6);
      long slowest = 0;
      for (int i = 0; i < STOPS; i++) {
        int before = ground.sources.acked.size();
        SeveralGround.await(
            "leads come in", PATIENCE, () -> ground.sources.acked.size() > before + 200);
        PostgresServer.stopHard(data);
        String url = ground.instances.get(0).url();
        SeveralGround.await("it is said", PATIENCE, () -> ready(url) == 503);
        var refused = RunningService.postTo(url, "{\"crmId\":\"99\",\"country\":\"US\"}");
        assertEquals(503, refused.status(), refused.text());
        server.close();
        server = PostgresServer.start(data, port);
        long began = System.nanoTime();
        int then = ground.sources.acked.size();
        SeveralGround.await("it goes on", PATIENCE, () -> ground.sources.acked.size() > then + 20);
        System.out.printf("PostgreSQL stopped hard: resumed after %d ms%n", millisSince(began));
        ground.healed();
        slowest = Math.max(slowest, millisSince(began));
        assertTrue(slowest < 30_000, "resumed within 30 s");
      }
      ground.sources.stop();
      ground.awaitRest(ground.instances.get(1).url(), PATIENCE);
      ground.check(PATIENCE.multipliedBy(2));
      System.out.printf(
          "PostgreSQL stopped hard: %d leads, none lost%n", ground.sources.acked.size());
      Reliability.tell(
          "PostgreSQL stopped hard",
          Map.of(
              "seed",
              SeveralGround.SEED,
              "stops",
              STOPS,
              "leads",
              ground.sources.acked.size(),
              "resumedMillis",
              slowest,
              "broken",
              0));
    } finally {
      server.close();
    }
  }

  @Test
  void togetherTheyHaveNoMoreCallsUnderWayThanTheAccountMay() throws Exception {
    try (var ground = new SeveralGround(folder, PostgresServer.database())) {
      ground.start(3, Map.of("BAILIWICK_CRM_MAX_IN_FLIGHT", "10"));
      String slow = "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":100}]}";
      ground.control(slow);
      ground.control("{\"do\":\"setLimits\",\"concurrency\":10}");
      ground.sources.load(12);
      SeveralGround.await("leads come in", PATIENCE, () -> ground.sources.acked.size() > 600);
      ground.sources.stop();
      ground.awaitRest(ground.instances.get(0).url(), PATIENCE);
      JsonNode calls = SeveralGround.get(ground.sandbox, "/sandbox/calls");
      calls.path("calls").forEach(one -> assertTrue(one.path("status").asInt() != 429, "" + one));
      ground.check(PATIENCE.multipliedBy(2));
      int most = calls.path("mostAtOnce").asInt();
      assertTrue(most > 3 && most <= 10, "at most " + most);
      System.out.printf("three instances, gate 10: at most %d calls under way%n", most);
      Reliability.tell("three instances, gate 10", Map.of("mostAtOnce", most, "broken", 0));
    }
  }

  private static int ready(String url) {
    return RunningService.get(url, "/readyz").status();
  }

  private static String serving(String url) {
    return SeveralGround.get(url, "/v1/rules").path("serving").asText();
  }

  private static boolean paused(String url) {
    return SeveralGround.get(url, "/readyz").path("reasons").toString().contains("paused");
  }

  private static long millisSince(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }
}
