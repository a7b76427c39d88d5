package io.bailiwick.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.ConfigReader;
import io.bailiwick.Demo;
import io.bailiwick.Service;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * What callers feel of a publication: how long a decision and an accepted lead take, asked for at a
 * steady rate, while nothing is published and while a rulebook of so many rules is compiled,
 * analysed, proved and swapped; both in turn in one run. Prints the ratio of the 99th percentiles.
 * {@code -Dbench.rules=N} (1,000), {@code -Dbench.rounds=N} (5), {@code -Dbench.decisions=true} for
 * decisions alone.
 */
final class PublishPause {

  private static final int RULES = Integer.getInteger("bench.rules", 1_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final long EVERY_NANOS = 10_000_000;
  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final long REST_NANOS = 3_000_000_000L;
  private static final long WARM_UP_NANOS = 15_000_000_000L;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Service service;
  private int record;
  private int published;

  private PublishPause(Service service) {
    this.service = service;
  }

  /** Prints the figures. */
  static void print() throws Exception {
    Path folder = Files.createTempDirectory("publish-pause");
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Files.writeString(rules.resolve("routing.drl"), drl(0));
    Path fixtures = Files.createDirectories(folder.resolve("fixtures"));
    Files.copy(Path.of("fixtures/territories.json"), fixtures.resolve("territories.json"));
    Map<String, String> config = new HashMap<>(Demo.DEFAULTS);
    config.put("journal.url", "jdbc:sqlite:" + folder.resolve("bench.db"));
    config.put("http.port", "0");
    config.put("http.body-max", Integer.toString(64 << 20));
    config.put("sandbox.port", "0");
    config.put("rules.dir", rules.toString());
    config.put("fixtures.dir", fixtures.toString());
    config.put("rules.look", "1h");
    Service service = Service.start(ConfigReader.read(null, Map.of(), config), true);
    try {
      new PublishPause(service).measure();
    } finally {
      service.stop();
    }
  }

  private void measure() throws Exception {
    while (!client
        .send(to("/v1/territories").build(), BodyHandlers.ofString())
        .body()
        .contains("snapshot")) {
      LockSupport.parkNanos(EVERY_NANOS);
    }
    ask(System.nanoTime() + WARM_UP_NANOS, new AtomicBoolean(true), new ArrayList<>());
    publish();
    List<Long> quiet = new ArrayList<>();
    List<Long> busy = new ArrayList<>();
    double seconds = 0;
    for (int round = 0; round < ROUNDS; round++) {
      // What the publication before woke is to be judged by now.
      ask(System.nanoTime() + REST_NANOS, new AtomicBoolean(true), new ArrayList<>());
      long begun = System.nanoTime();
      var going = new AtomicBoolean(true);
      CompletableFuture<Void> publishing =
          CompletableFuture.runAsync(this::publishForAWhile)
              .whenComplete((v, f) -> going.set(false));
      ask(Long.MAX_VALUE, going, busy);
      publishing.join();
      long took = System.nanoTime() - begun;
      seconds += took / 1e9;
      ask(System.nanoTime() + REST_NANOS, new AtomicBoolean(true), new ArrayList<>());
      ask(System.nanoTime() + took, new AtomicBoolean(true), quiet);
    }
    System.out.printf("%d rules, a publication takes %.1f s%n", RULES, seconds / (published - 1));
    print("while nothing is published", quiet);
    print("while a rulebook is published", busy);
    System.out.printf(
        "ratio of the 99th percentiles: %.2f (at most 2)%n",
        (double) percentile(busy, 99) / percentile(quiet, 99));
  }

  /**
   * Asks at a steady rate, whatever the answers take: a late answer does not thin the questions.
   */
  private void ask(long end, AtomicBoolean going, List<Long> nanos) {
    List<CompletableFuture<Long>> asked = new ArrayList<>();
    for (long at = System.nanoTime(); at < end && going.get(); at += EVERY_NANOS) {
      while (System.nanoTime() < at) {
        LockSupport.parkNanos(at - System.nanoTime());
      }
      long due = at;
      String path =
          Boolean.getBoolean("bench.decisions") || record % 2 == 0 ? "/v1/decisions" : "/v1/leads";
      asked.add(
          client
              .sendAsync(request(path), BodyHandlers.discarding())
              .thenApply(answer -> taken(answer, due)));
    }
    asked.forEach(one -> nanos.add(one.join()));
  }

  private static long taken(HttpResponse<Void> answer, long due) {
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("answered " + answer.statusCode());
    }
    return System.nanoTime() - due;
  }

  private HttpRequest request(String path) {
    String lead =
        "{\"crmId\":\"%d\",\"country\":\"FR\",\"company\":\"company %d\"}"
            .formatted(record % 5_000, record++);
    return to(path).POST(BodyPublishers.ofString(lead)).build();
  }

  private void publishForAWhile() {
    long begun = System.nanoTime();
    do {
      publish();
    } while (System.nanoTime() - begun < WINDOW_NANOS);
  }

  private void publish() {
    published++;
    ObjectNode version = Json.mapper().createObjectNode();
    version.putObject("files").put("routing.drl", drl(published));
    version.putObject("fixtures");
    send(to("/v1/rules/bench").PUT(BodyPublishers.ofString(version.toString())).build());
    String wish = "{\"candidate\":\"bench\"}";
    send(to("/v1/rules/publish").POST(BodyPublishers.ofString(wish)).build());
  }

  private void send(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
        .header("Content-Type", "application/json");
  }

  private static String drl(int number) {
    var text = new StringBuilder();
    for (int i = 0; i < RULES; i++) {
      text.append(
          """
          rule "Rule %1$d of %2$d" salience 50
          when Lead( company == "company %1$d %2$d" )
               $t : Territory( name == "West Region" )
          then route.to($t); end
          """
              .formatted(i, number));
    }
    return text.toString();
  }

  private static void print(String when, List<Long> nanos) {
    System.out.printf(
        "%-30s %6d answers, median %6.2f ms, 99th percentile %6.2f ms, longest %6.2f ms%n",
        when,
        nanos.size(),
        percentile(nanos, 50) / 1e6,
        percentile(nanos, 99) / 1e6,
        Collections.max(nanos) / 1e6);
  }

  private static long percentile(List<Long> nanos, int percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
