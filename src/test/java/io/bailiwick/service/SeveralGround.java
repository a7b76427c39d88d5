package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Several built jars on one PostgreSQL and one sandbox, and careful sources that load them. */
final class SeveralGround implements AutoCloseable {

  static final long SEED = Long.getLong("seed", System.nanoTime());

  private static final List<String> UNDER_WAY = List.of("accepted", "decided", "sending");
  private static final Map<String, String> COUNTRIES =
      Map.of("US", "3652397000001234567", "FR", "");

  /** What each source was told, by record: the lead's id, and when. */
  final Map<String, String> acked = new ConcurrentHashMap<>();

  final List<JarProcess> instances = new ArrayList<>();
  final List<String> urls = new CopyOnWriteArrayList<>();
  final String crm;

  private final Path folder;
  private final String journal;
  private final JarProcess sandbox;
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService loaders = Executors.newCachedThreadPool();
  private volatile boolean loading;

  SeveralGround(Path folder, String journal) {
    this.folder = folder;
    this.journal = journal;
    this.sandbox = JarProcess.sandbox(folder);
    this.crm = sandbox.url();
  }

  /** Starts so many more, all at once. */
  void start(int many, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(environment());
    environment.putAll(more);
    for (int i = 0; i < many; i++) {
      try {
        Path own = Files.createDirectory(folder.resolve("instance" + instances.size()));
        instances.add(JarProcess.start(own, environment, "serve"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (JarProcess one : instances.subList(urls.size(), instances.size())) {
      urls.add(one.url());
    }
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("BAILIWICK_CRM_BASE_URL", crm),
        Map.entry("BAILIWICK_CRM_TOKEN", "sandbox-token"),
        Map.entry("BAILIWICK_HTTP_PORT", "0"),
        Map.entry("BAILIWICK_JOURNAL_URL", journal),
        Map.entry("BAILIWICK_JOURNAL_USER", PostgresServer.USER),
        Map.entry("BAILIWICK_JOURNAL_KEY_FILE", folder.resolve("journal.key").toString()),
        Map.entry("BAILIWICK_RULES_DIR", "src/test/resources/desk/rules"),
        Map.entry("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures"),
        Map.entry("BAILIWICK_RETRY_CAP", "2s"));
  }

  /** Begins to post leads to all of them, each until it is acknowledged. */
  void load(int many) {
    loading = true;
    for (int i = 0; i < many; i++) {
      var random = new Random(SEED + i);
      loaders.submit(() -> loop(random));
    }
  }

  void stopLoading() throws InterruptedException {
    loading = false;
    loaders.shutdown();
    if (!loaders.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the sources come to no end");
    }
  }

  private void loop(Random random) {
    while (loading) {
      String record = Integer.toString(next.incrementAndGet());
      String body =
          "{\"crmId\":\"%s\",\"country\":\"%s\",\"region\":\"CA\"}"
              .formatted(record, country(record));
      while (loading && !acked.containsKey(record)) {
        post(urls.get(random.nextInt(urls.size())), record, body);
      }
    }
  }

  static String country(String record) {
    return Integer.parseInt(record) % 10 == 0 ? "FR" : "US";
  }

  private void post(String url, String record, String body) {
    try {
      var answer =
          RunningService.send(
              HttpRequest.newBuilder(URI.create(url + "/v1/leads"))
                  .timeout(Duration.ofSeconds(10))
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", "key-" + record)
                  .POST(BodyPublishers.ofString(body))
                  .build());
      if (answer.status() == 202) {
        acked.put(record, answer.body().path("id").asText());
      } else {
        LockSupport.parkNanos(20_000_000);
      }
    } catch (UncheckedIOException down) {
      // Killed at this moment: the source tries another one.
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** The ids of the last that were posted and acknowledged, so many at most. */
  List<String> lately(int most) {
    int last = next.get();
    List<String> ids = new ArrayList<>();
    for (int record = last; record > 0 && ids.size() < most; record--) {
      String id = acked.get(Integer.toString(record));
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** Seconds until these are at rest; fails after {@code most}. */
  static double awaitRest(String url, List<String> ids, Duration most) {
    long began = System.nanoTime();
    for (String id : ids) {
      await(
          id + " is at rest",
          most,
          () -> !UNDER_WAY.contains(get(url, "/v1/leads/" + id).path("status").asText()));
    }
    return (System.nanoTime() - began) / 1e9;
  }

  /** Seconds until all that was acknowledged is at rest; fails after {@code most}. */
  double awaitRest(String url, Duration most) {
    long began = System.nanoTime();
    await("nothing is left under way", most, () -> underWay(url) == 0);
    awaitRest(url, List.copyOf(acked.values()), most);
    return (System.nanoTime() - began) / 1e9;
  }

  private static int underWay(String url) {
    int left = 0;
    for (String status : UNDER_WAY) {
      left += get(url, "/v1/leads?limit=1&status=" + status).path("leads").size();
    }
    return left + get(url, "/v1/leads?limit=1&reason=crm_unavailable").path("leads").size();
  }

  /**
   * Each acknowledged lead as the journal has it, and as the CRM does. Answers writes by record.
   */
  Map<String, Integer> check(String url) {
    acked.forEach(
        (record, id) -> {
          JsonNode lead = get(url, "/v1/leads/" + id);
          boolean routed = country(record).equals("US");
          String found = lead.path(routed ? "status" : "reason").asText();
          if (!found.equals(routed ? "assigned" : "no_match")) {
            throw new AssertionError("seed " + SEED + ", record " + record + ": " + lead);
          }
        });
    Map<String, String> last = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode write : get(crm, "/sandbox/writes?limit=1000000").path("writes")) {
      last.put(write.path("id").asText(), write.path("territory").asText());
      counts.merge(write.path("id").asText(), 1, Integer::sum);
    }
    acked.forEach(
        (record, id) -> {
          String wanted = COUNTRIES.get(country(record));
          if (!wanted.isEmpty() && !wanted.equals(last.get(record))) {
            throw new AssertionError("seed " + SEED + ", record " + record + " in the CRM");
          }
        });
    return counts;
  }

  static JsonNode get(String url, String path) {
    return RunningService.get(url, path).body();
  }

  static RunningService.Answer send(String method, String address, String json) {
    return RunningService.send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build());
  }

  static void await(String what, Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for: " + what + "; seed " + SEED);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  @Override
  public void close() {
    loading = false;
    loaders.shutdownNow();
    instances.forEach(JarProcess::close);
    sandbox.close();
  }
}
