package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built jar is killed under load and started again: what it acknowledged is there, and ends as
 * it should. {@code -Dkills=N} kills more often, {@code -Dseed=S} repeats a run's load.
 */
class KillIT {

  private static final int KILLS = Integer.getInteger("kills", 10);
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int LOADERS = 4;
  private static final List<String> UNDER_WAY = List.of("accepted", "decided", "sending");
  private static final Map<String, String> COUNTRIES =
      Map.of("US", "3652397000001234567", "FR", "");

  @TempDir Path folder;

  private final Map<String, String> acked = new ConcurrentHashMap<>();
  private final Map<String, String> country = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();
  private volatile String url = "";
  private volatile boolean loading = true;

  @Test
  void whatWasAcknowledgedSurvivesKillMinusNineUnderLoad() throws Exception {
    System.out.printf("kill -9: %d times, seed %d%n", KILLS, SEED);
    var random = new Random(SEED);
    ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
    try (JarProcess sandbox = JarProcess.start(folder, Map.of(), sandbox())) {
      String crm = sandbox.url();
      for (int i = 0; i < LOADERS; i++) {
        loaders.submit(this::load);
      }
      for (int i = 0; i < KILLS; i++) {
        try (JarProcess service = JarProcess.start(folder, environment(crm), "serve")) {
          url = service.url();
          int target = acked.size() + 20 + random.nextInt(400);
          RunningService.await("leads are acknowledged", () -> acked.size() >= target);
          service.kill();
        }
      }
      loading = false;
      loaders.shutdown();
      assertTrue(loaders.awaitTermination(60, TimeUnit.SECONDS));
      try (JarProcess service = JarProcess.start(folder, environment(crm), "serve")) {
        url = service.url();
        check(crm);
        assertEquals(0, service.stop(), "stopped on request");
      }
    } finally {
      loading = false;
      loaders.shutdownNow();
    }
  }

  /** Each lead is looked for by the id it was acknowledged with, and its record in the CRM. */
  private void check(String crm) {
    RunningService.await("nothing is left under way", () -> underWay() == 0);
    acked.forEach(
        (record, id) -> {
          boolean routed = routed(record);
          // One that goes back from sending to decided may be missed by the lists above.
          RunningService.await(
              "it is at rest", () -> !UNDER_WAY.contains(status(get(url + "/v1/leads/" + id))));
          JsonNode lead = get(url + "/v1/leads/" + id);
          assertEquals(
              routed ? "assigned" : "no_match",
              lead.path(routed ? "status" : "reason").asText(),
              () -> "seed " + SEED + ", record " + record + ": " + lead);
        });
    Map<String, String> written = new HashMap<>();
    JsonNode writes = get(crm + "/sandbox/writes?limit=1000000").path("writes");
    for (JsonNode write : writes) {
      written.put(write.path("id").asText(), write.path("territory").asText());
    }
    acked.forEach(
        (record, id) -> {
          if (routed(record)) {
            assertEquals(COUNTRIES.get(country.get(record)), written.get(record));
          }
        });
    System.out.printf(
        "kill -9: %d leads acknowledged over %d kills, all found, all as they should be%n",
        acked.size(), KILLS);
  }

  private boolean routed(String record) {
    return !COUNTRIES.get(country.get(record)).isEmpty();
  }

  private static String status(JsonNode lead) {
    return lead.path("status").asText();
  }

  private int underWay() {
    int left = 0;
    for (String status : UNDER_WAY) {
      left += get(url + "/v1/leads?limit=1&status=" + status).path("leads").size();
    }
    String waiting = url + "/v1/leads?limit=1&reason=crm_unavailable";
    return left + get(waiting).path("leads").size();
  }

  /** Posts leads one after the other, each until it is acknowledged, as a careful source does. */
  private void load() {
    while (loading) {
      int number = next.incrementAndGet();
      String record = Integer.toString(number);
      country.put(record, number % 10 == 0 ? "FR" : "US");
      String body =
          "{\"crmId\":\"%s\",\"country\":\"%s\",\"region\":\"CA\"}"
              .formatted(record, country.get(record));
      while (loading && !acked.containsKey(record)) {
        post(record, body);
      }
    }
  }

  private void post(String record, String body) {
    try {
      var answer =
          RunningService.send(
              HttpRequest.newBuilder(URI.create(url + "/v1/leads"))
                  .timeout(Duration.ofSeconds(5))
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", "key-" + record)
                  .POST(BodyPublishers.ofString(body))
                  .build());
      if (answer.status() == 202) {
        acked.put(record, answer.body().path("id").asText());
      }
    } catch (UncheckedIOException | IllegalArgumentException down) {
      // Killed at this moment, or not yet started: the source tries again.
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static JsonNode get(String address) {
    return RunningService.send(HttpRequest.newBuilder(URI.create(address)).build()).body();
  }

  private static String[] sandbox() {
    return new String[] {
      "sandbox", "--adopt", "--port", "0", "--fixtures", "src/test/resources/desk/fixtures"
    };
  }

  private Map<String, String> environment(String crm) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_TOKEN", "sandbox-token");
    environment.put("BAILIWICK_CRM_DEADLINE", "2s");
    environment.put("BAILIWICK_HTTP_PORT", "0");
    environment.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db"));
    environment.put("BAILIWICK_RULES_DIR", "src/test/resources/desk/rules");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    environment.put("BAILIWICK_RETRY_CAP", "2s");
    return environment;
  }
}
