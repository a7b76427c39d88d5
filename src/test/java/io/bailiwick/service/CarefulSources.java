package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.checker.Evidence;
import io.bailiwick.checker.Evidence.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Sources that post each lead until it is acknowledged, and remember what they were told. Every
 * seventh record has a second revision, which comes while the first is under way.
 */
final class CarefulSources implements AutoCloseable {

  /** What each country's leads are to show; the rules have no word for the last. */
  private static final Map<String, String> COUNTRIES =
      Map.of("US", "3652397000001234567", "DE", "1", "FR", Evidence.NOWHERE);

  /** Where leads are posted: each to one of these. */
  final List<String> urls = new CopyOnWriteArrayList<>();

  /** The id that each key was acknowledged with. */
  final Map<String, String> acked = new ConcurrentHashMap<>();

  private final long seed;
  private final Map<String, String> posted = new ConcurrentHashMap<>();
  private final ConcurrentLinkedDeque<String> lately = new ConcurrentLinkedDeque<>();
  private final List<Told> others = new ArrayList<>();
  private final ConcurrentLinkedQueue<JsonNode> strange = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService loaders = Executors.newCachedThreadPool();
  private volatile boolean loading;
  private volatile Duration between = Duration.ZERO;

  CarefulSources(long seed) {
    this.seed = seed;
  }

  /** Rules that send leads where these sources expect them, as a folder to be made. */
  static void rules(Path folder) throws IOException {
    Path desk = Path.of("src/test/resources/desk/rules");
    try (Stream<Path> files = Files.walk(desk)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(desk.relativize(file).toString()));
      }
    }
    // A second territory that leads can go to.
    Path routing = folder.resolve("routing.drl");
    Files.writeString(routing, Files.readString(routing).replace("\"DACH\"", "\"Root\""));
  }

  /** A lead that was in the journal before. */
  void told(Told before) {
    others.add(before);
  }

  /** What all of them were told. */
  List<Told> told() {
    List<Told> told = new ArrayList<>(others);
    posted.forEach(
        (key, country) -> told.add(new Told(key, acked.get(key), COUNTRIES.get(country))));
    return told;
  }

  /** The ids that were acknowledged last, so many at most. */
  List<String> lately(int most) {
    List<String> ids = new ArrayList<>();
    var newest = lately.descendingIterator();
    while (newest.hasNext() && ids.size() < most) {
      ids.add(newest.next());
    }
    return ids;
  }

  /** Begins to post leads, each until it is acknowledged. */
  void load(int many) {
    loading = true;
    for (int i = 0; i < many; i++) {
      var random = new Random(seed + i);
      loaders.submit(() -> loop(random));
    }
  }

  /** From now on each waits so long after each lead. */
  void slowly(Duration pause) {
    between = pause;
  }

  /** Fails where one was answered what no source is to be answered. */
  void stop() throws InterruptedException {
    loading = false;
    loaders.shutdown();
    if (!loaders.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the sources come to no end");
    }
    if (!strange.isEmpty()) {
      throw new AssertionError("a source was answered " + strange.peek());
    }
  }

  private void loop(Random random) {
    while (loading) {
      int number = next.incrementAndGet();
      String country = number % 10 == 0 ? "FR" : number % 3 == 0 ? "DE" : "US";
      post(random, number, country, "");
      if (number % 7 == 0) {
        post(random, number, country.equals("US") ? "DE" : "US", "-again");
      }
      LockSupport.parkNanos(between.toNanos());
    }
  }

  private void post(Random random, int record, String country, String suffix) {
    String key = "key-" + record + suffix;
    posted.put(key, country);
    String body =
        "{\"crmId\":\"%d\",\"country\":\"%s\",\"region\":\"CA\",\"campaign\":\"%s\"}"
            .formatted(record, country, key);
    while (loading && !acked.containsKey(key)) {
      List<String> serving = List.copyOf(urls);
      if (serving.isEmpty()) {
        LockSupport.parkNanos(50_000_000);
      } else {
        post(serving.get(random.nextInt(serving.size())), key, body);
      }
    }
  }

  private void post(String url, String key, String body) {
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
        String id = answer.body().path("id").asText();
        acked.put(key, id);
        lately.add(id);
      } else if (answer.status() == 503) {
        LockSupport.parkNanos(20_000_000);
      } else {
        strange.add(answer.body());
      }
    } catch (UncheckedIOException down) {
      // Killed at this moment, or not yet started: the source tries again.
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Override
  public void close() {
    loading = false;
    loaders.shutdownNow();
  }
}
