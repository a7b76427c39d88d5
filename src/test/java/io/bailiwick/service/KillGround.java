package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.ConfigReader;
import io.bailiwick.DyingService;
import io.bailiwick.Service;
import io.bailiwick.checker.Checker;
import io.bailiwick.checker.CrmTap;
import io.bailiwick.checker.Evidence;
import io.bailiwick.checker.Evidence.Bounds;
import io.bailiwick.checker.Evidence.Told;
import io.bailiwick.checker.FinalJournal;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.store.JournalPlace;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A service that is killed and started again, in processes of their own: careful sources that load
 * it, a tap before its sandbox, and in the end the checker.
 */
final class KillGround implements AutoCloseable {

  private static final List<String> UNDER_WAY = List.of("accepted", "decided", "sending");

  /** What each country's leads are to show; the rules have no word for the last. */
  private static final Map<String, String> COUNTRIES =
      Map.of("US", "3652397000001234567", "DE", "1", "FR", Evidence.NOWHERE);

  private static final int CALLS = 10;

  /** What sources posted, and what they were told of it: by key. */
  final Map<String, String> acked = new ConcurrentHashMap<>();

  private final Map<String, String> posted = new ConcurrentHashMap<>();
  private final List<Told> others = new ArrayList<>();
  private final ConcurrentLinkedQueue<JsonNode> strange = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService loaders = Executors.newCachedThreadPool();
  private final Path folder;
  private final JarProcess sandbox;
  private final CrmTap tap;
  private volatile String url = "";
  private volatile boolean loading;
  private Instant lastStart = Instant.now();

  KillGround(Path folder) throws IOException {
    this.folder = folder;
    copy(Path.of("src/test/resources/desk/rules"), rules());
    // A second territory that leads can go to.
    Path routing = rules().resolve("routing.drl");
    Files.writeString(routing, Files.readString(routing).replace("\"DACH\"", "\"Root\""));
    this.sandbox = JarProcess.sandbox(folder);
    this.tap = new CrmTap(sandbox.url());
  }

  Path journal() {
    return folder.resolve("journal.db");
  }

  Path rules() {
    return folder.resolve("rules");
  }

  /** What names the CRM in the journal. */
  String crm() {
    return tap.url();
  }

  /** A lead that was in the journal before. */
  void told(Told before) {
    others.add(before);
  }

  /** An order to the sandbox. */
  void control(String json) {
    var answer = SeveralGround.send("POST", crm() + "/sandbox/control", json);
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
  }

  /** Starts the built jar, which serves when this returns. */
  JarProcess start() {
    lastStart = Instant.now();
    JarProcess service = JarProcess.start(folder, environment(), "serve");
    url = service.url();
    return service;
  }

  void kill(JarProcess service) {
    service.kill();
    tap.died();
  }

  /** Starts the service, runs {@code then} once it serves, and waits until it dies at the point. */
  void dieAt(DyingService.Point point, int nth, Runnable then) {
    List<String> main =
        List.of(DyingService.class.getName(), point.name(), Integer.toString(nth), crm());
    try (JarProcess service = JarProcess.main(folder, environment(), main)) {
      service
          .urlIfAny()
          .ifPresent(
              serves -> {
                url = serves;
                then.run();
              });
      int exit = service.ended();
      tap.died();
      if (exit != DyingService.KILLED) {
        throw new AssertionError("it did not die at " + point + ": " + exit);
      }
    }
  }

  /** Begins to post leads, each until it is acknowledged. */
  void load(int sources) {
    loading = true;
    for (int i = 0; i < sources; i++) {
      loaders.submit(this::loop);
    }
  }

  void stopLoading() throws InterruptedException {
    loading = false;
    loaders.shutdown();
    if (!loaders.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the sources come to no end");
    }
  }

  private void loop() {
    while (loading) {
      int number = next.incrementAndGet();
      String country = number % 10 == 0 ? "FR" : number % 3 == 0 ? "DE" : "US";
      post(number, country, "");
      if (number % 7 == 0) {
        // The next revision comes while the first is under way.
        post(number, country.equals("US") ? "DE" : "US", "-again");
      }
    }
  }

  private void post(int record, String country, String suffix) {
    String key = "key-" + record + suffix;
    posted.put(key, country);
    String body =
        "{\"crmId\":\"%d\",\"country\":\"%s\",\"region\":\"CA\",\"campaign\":\"%s\"}"
            .formatted(record, country, key);
    while (loading && !acked.containsKey(key)) {
      post(key, body);
    }
  }

  private void post(String key, String body) {
    try {
      var answer =
          RunningService.send(
              HttpRequest.newBuilder(URI.create(url + "/v1/leads"))
                  .timeout(Duration.ofSeconds(5))
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", key)
                  .POST(BodyPublishers.ofString(body))
                  .build());
      if (answer.status() == 202) {
        acked.put(key, answer.body().path("id").asText());
      } else if (answer.status() != 503) {
        strange.add(answer.body());
      }
    } catch (UncheckedIOException | IllegalArgumentException down) {
      // Killed at this moment, or not yet started: the source tries again.
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Waits until all is at rest, stops the service, and holds what is left against the promises. */
  void check(JarProcess service) {
    RunningService.await("nothing is left under way", () -> underWay() == 0);
    acked
        .values()
        .forEach(
            id ->
                // One that goes back from sending to decided may be missed by the lists above.
                RunningService.await(
                    "it is at rest",
                    () -> !UNDER_WAY.contains(get("/v1/leads/" + id).path("status").asText())));
    Map<String, String> shown = shown();
    if (service.stop() != 0) {
      throw new AssertionError("it did not stop on request");
    }
    if (!strange.isEmpty()) {
      throw new AssertionError("a source was answered " + strange.peek());
    }
    Checker.check(evidence(shown));
  }

  private Evidence evidence(Map<String, String> shown) {
    Map<String, Rulebook> compiled = new HashMap<>();
    try (SqlJournal journal = SqlJournal.open(JournalPlace.of(journal()))) {
      var last = new FinalJournal(journal, hash -> rulebook(journal, compiled, hash));
      List<Told> told = new ArrayList<>(others);
      posted.forEach(
          (key, country) -> told.add(new Told(key, acked.get(key), COUNTRIES.get(country))));
      var bounds =
          new Bounds(
              CALLS,
              lastStart,
              Instant.now(),
              RunningService.PATIENCE.multipliedBy(2),
              Duration.ofSeconds(10),
              Duration.ofMillis(500),
              Duration.ofMillis(100),
              false);
      return new Evidence(
          told, last.leads(), tap.calls(), tap.attempts(), shown, last.reigns(), bounds);
    } finally {
      compiled.values().forEach(Rulebook::close);
    }
  }

  private Rulebook rulebook(Journal journal, Map<String, Rulebook> compiled, String hash) {
    return compiled.computeIfAbsent(
        hash,
        wanted -> {
          var version = journal.version(wanted).toCompletableFuture().join().orElseThrow();
          var settings = Service.judge(ConfigReader.read(null, environment(), Map.of()));
          var compilation = RulebookCompiler.compile(version.files(), settings.onThreads(0));
          return ((Compilation.Ready) compilation).rulebook();
        });
  }

  /** By the sandbox's own log, what each record was last made to show. */
  private Map<String, String> shown() {
    Map<String, String> shown = new HashMap<>();
    for (JsonNode write :
        RunningService.get(crm(), "/sandbox/writes?limit=1000000").body().path("writes")) {
      if (write.path("result").asText().matches("written|updated")) {
        shown.put("Leads/" + write.path("id").asText(), write.path("territory").asText());
      }
    }
    return shown;
  }

  private int underWay() {
    int left = 0;
    for (String status : UNDER_WAY) {
      left += get("/v1/leads?limit=1&status=" + status).path("leads").size();
    }
    return left + get("/v1/leads?limit=1&reason=crm_unavailable").path("leads").size();
  }

  private JsonNode get(String path) {
    return RunningService.get(url, path).body();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("BAILIWICK_CRM_BASE_URL", crm()),
        Map.entry("BAILIWICK_CRM_TOKEN", "sandbox-token"),
        Map.entry("BAILIWICK_CRM_DEADLINE", "2s"),
        Map.entry("BAILIWICK_HTTP_PORT", "0"),
        Map.entry("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + journal()),
        Map.entry("BAILIWICK_RULES_DIR", rules().toString()),
        Map.entry("BAILIWICK_RULES_LOOK", "50ms"),
        Map.entry("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures"),
        Map.entry("BAILIWICK_RETRY_CAP", "2s"));
  }

  @Override
  public void close() {
    loading = false;
    loaders.shutdownNow();
    tap.close();
    sandbox.close();
  }
}
