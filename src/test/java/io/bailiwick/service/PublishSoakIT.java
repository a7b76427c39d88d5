package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules are published again and again while leads come in: memory stays flat, no old rulebook stays
 * alive, and every lead is decided. {@code -Dpublishes=500} publishes more often.
 */
class PublishSoakIT {

  private static final int PUBLISHES = Integer.getInteger("publishes", 30);
  private static final int RECORDS = 300;
  private static final long MEGABYTE = 1 << 20;

  /** What may come and go between two looks; a version that stays alive costs more than this. */
  private static final long HEAP_SLACK = 12 * MEGABYTE;

  private static final long METASPACE_SLACK = 3 * MEGABYTE;

  @TempDir Path folder;

  private final AtomicInteger posted = new AtomicInteger();
  private volatile boolean loading = true;

  private record Look(int publishes, long heap, long metaspace, int rulebooks) {}

  @Test
  void manyPublicationsUnderLoadLeaveMemoryFlatAndNoLeadUndecided() throws Exception {
    int before = look(0).rulebooks();
    List<Look> looks = new ArrayList<>();
    ExecutorService loader = Executors.newSingleThreadExecutor();
    try (var service = new RunningService(folder, Map.of("rules.look", "1h"))) {
      String hash = service.get("/v1/rules").body().path("serving").asText();
      JsonNode first = service.get("/v1/rules/" + hash).body();
      loader.submit(() -> load(service));
      int every = Math.max(5, PUBLISHES / 10);
      for (int i = 1; i <= PUBLISHES; i++) {
        hash = publish(service, (ObjectNode) first.deepCopy(), i);
        if (i % every == 0) {
          looks.add(look(i));
        }
      }
      loading = false;
      loader.shutdown();
      assertTrue(loader.awaitTermination(60, TimeUnit.SECONDS));
      decided(service, hash);
      tell(looks);
      flat(looks, before + 1);
      assertEquals(PUBLISHES + 1, publications(service), "each is counted");
    } finally {
      loading = false;
      loader.shutdownNow();
    }
  }

  /** Uploads a version that differs from every other, and lets it serve; answers its hash. */
  private static String publish(RunningService service, ObjectNode version, int number) {
    String rule =
        """
        rule "Version %1$d" salience 60
        when Lead( company == "company %1$d" )
             $t : Territory( name == "West Region" )
        then route.to($t); end
        """;
    ((ObjectNode) version.path("files")).put("version.drl", rule.formatted(number));
    var put = service.put("/v1/rules/soak", version.toString());
    assertEquals(200, put.status(), put.text());
    var answer = service.post("/v1/rules/publish", "{\"candidate\":\"soak\"}");
    assertEquals(200, answer.status(), answer.text());
    return answer.body().path("hash").asText();
  }

  /** Every lead is at rest or waits by the version that serves at last. */
  private void decided(RunningService service, String hash) {
    RunningService.await(
        "no lead is under way",
        () ->
            List.of("accepted", "decided", "sending").stream()
                .allMatch(
                    status ->
                        service
                            .get("/v1/leads?limit=1&status=" + status)
                            .body()
                            .path("leads")
                            .isEmpty()));
    RunningService.await(
        "each waiting lead was judged by the version that serves",
        () -> {
          JsonNode leads = service.get("/v1/leads?limit=500&status=queued").body().path("leads");
          for (JsonNode lead : leads) {
            if (!lead.at("/decision/rulebook").asText().equals(hash)) {
              return false;
            }
          }
          return !leads.isEmpty();
        });
    assertTrue(service.get("/v1/leads?status=parked").body().path("leads").isEmpty());
  }

  private static void flat(List<Look> looks, int rulebooks) {
    // The first third warms caches up.
    Look settled = looks.get(looks.size() / 3);
    Look last = looks.get(looks.size() - 1);
    assertEquals(rulebooks, last.rulebooks(), "only the serving rulebook is alive");
    assertTrue(last.heap() - settled.heap() < HEAP_SLACK, () -> "the heap grows: " + looks);
    assertTrue(
        last.metaspace() - settled.metaspace() < METASPACE_SLACK,
        () -> "the metaspace grows: " + looks);
  }

  private void tell(List<Look> looks) {
    looks.forEach(
        look ->
            System.out.printf(
                "publish soak: %d publishes, heap %.1f MB, metaspace %.1f MB, rulebooks %d%n",
                look.publishes(),
                (double) look.heap() / MEGABYTE,
                (double) look.metaspace() / MEGABYTE,
                look.rulebooks()));
    System.out.printf("publish soak: %d leads posted meanwhile%n", posted.get());
  }

  /** What is alive after a collection. */
  private static Look look(int publishes) {
    var memory = ManagementFactory.getMemoryMXBean();
    long heap = Long.MAX_VALUE;
    int rulebooks = Integer.MAX_VALUE;
    // A rulebook retires on a thread of its own, and what it held goes with a later collection.
    for (int i = 0; i < 4; i++) {
      rulebooks = Math.min(rulebooks, alive("io.bailiwick.drools.DroolsRulebook"));
      memory.gc();
      heap = Math.min(heap, memory.getHeapMemoryUsage().getUsed());
    }
    long metaspace =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .mapToLong(pool -> pool.getUsage().getUsed())
            .sum();
    return new Look(publishes, heap, metaspace, rulebooks);
  }

  /** How many instances the collector finds reachable. */
  private static int alive(String type) {
    try {
      var histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      return histogram
          .lines()
          .map(line -> line.strip().split("\\s+"))
          .filter(parts -> parts.length >= 4 && parts[3].equals(type))
          .mapToInt(parts -> Integer.parseInt(parts[1]))
          .sum();
    } catch (javax.management.JMException e) {
      throw new AssertionError(e);
    }
  }

  /** Posts leads one after the other; nine in ten match no rule and are judged again each time. */
  private void load(RunningService service) {
    while (loading) {
      int number = posted.incrementAndGet();
      Map<String, String> lead = new TreeMap<>();
      lead.put("crmId", Integer.toString(number % RECORDS));
      lead.put("country", number % 10 == 0 ? "US" : "FR");
      lead.put("region", "CA");
      var answer = service.postLead(io.bailiwick.json.Json.write(lead));
      if (answer.status() != 202) {
        throw new AssertionError(answer.text());
      }
    }
  }

  private static int publications(RunningService service) {
    int sum = 0;
    for (String line : service.get("/metrics").text().split("\n")) {
      if (line.startsWith("bailiwick_rulebook_publications_total")) {
        sum += (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }
}
