package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.report.Reliability;
import io.bailiwick.service.RunningService.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog that a territory sets free together, between two processes: {@code mvn verify
 * -Dit.test=BacklogIT -Dbacklog=100000} is the long form, {@code -Dprofile=FILE.jfr} records the
 * service. What it takes is told and not judged: this machine is shared.
 */
class BacklogIT {

  private static final int LEADS = Integer.getInteger("backlog", 3_000);
  private static final int IN_FLIGHT = 10;
  private static final int BATCH = 100;
  private static final long LATENCY = 100;
  private static final int LONELY = 15;
  private static final String WEST = "3652397000001234567";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private String crm = "";
  private String url = "";
  private double alone;

  /** Readings that are this test's own. */
  private int mine;

  private int posted;
  private int releases;

  /** Calls for records, of all releases until now. */
  private long made;

  @Test
  void aBacklogCostsAHundredthOfTheCallsAndNothingIsWrongThoughEachTwentiethRecordFails() {
    try (JarProcess sandbox = JarProcess.sandbox(folder)) {
      crm = sandbox.url();
      access(false);
      try (JarProcess service = JarProcess.start(folder, environment(), "serve")) {
        url = service.url();
        // Release by release the JVM has compiled more of what is done for each lead.
        for (String which : List.of("first", "second", "third")) {
          waiting();
          report(which, released("", service, sandbox));
        }
        waiting();
        String failing =
            "{\"kind\":\"invalidTerritory\",\"share\":0.025},"
                + "{\"kind\":\"recordLocked\",\"share\":0.025},";
        report("each twentieth fails", released(failing, service, sandbox));
        assertEquals(0, service.stop());
      }
    }
  }

  /** As many leads more, until each waits for its territory. */
  private void waiting() {
    access(false);
    refresh();
    post();
    await("all wait", this::allWait);
  }

  /** How long it took, and what both took of the processors meanwhile. */
  private record Effort(Duration took, Duration service, Duration sandbox) {}

  /** From the territory's return until none waits. */
  private Effort released(String faults, JarProcess service, JarProcess sandbox) {
    String slow = "{\"kind\":\"latency\",\"millis\":%d,\"path\":\"/crm/v2/Leads\"}";
    control("{\"do\":\"setFaults\",\"faults\":[" + faults + slow.formatted(LATENCY) + "]}");
    if (faults.isEmpty()) {
      alone = alone();
    }
    Duration ours = service.cpu();
    Duration theirs = sandbox.cpu();
    Instant began = Instant.now();
    access(true);
    refresh();
    await("none waits", this::noneWaits);
    Duration took = Duration.between(began, Instant.now());
    return new Effort(took, service.cpu().minus(ours), sandbox.cpu().minus(theirs));
  }

  /** What a call takes that is alone: the CRM's latency, and its reading of a hundred records. */
  private double alone() {
    long[] took = new long[LONELY];
    for (int i = 0; i < LONELY; i++) {
      long began = System.nanoTime();
      assertEquals(200, RunningService.send(reading(0)).status() / 100 * 100);
      took[i] = System.nanoTime() - began;
    }
    Arrays.sort(took);
    mine += LONELY;
    return took[LONELY / 2] / 1e6;
  }

  /** Of as many records as a call holds. */
  private HttpRequest reading(int from) {
    String ids =
        IntStream.range(from, Math.min(posted, from + BATCH))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return HttpRequest.newBuilder(URI.create(crm + "/crm/v2/Leads?fields=id,Territory&ids=" + ids))
        .header("Authorization", "Bearer sandbox-token")
        .build();
  }

  private void report(String what, Effort effort) {
    JsonNode calls = get(crm, "/sandbox/calls?limit=0");
    releases++;
    long writes = 0;
    long reads = 0;
    for (JsonNode line : calls.path("calls")) {
      boolean ofRecords = line.path("path").asText().startsWith("/crm/v2/Leads");
      writes += ofRecords && line.path("method").asText().equals("PUT") ? number(line) : 0;
      reads += ofRecords && line.path("method").asText().equals("GET") ? number(line) : 0;
    }
    reads -= mine;
    double limit = LEADS * alone / (IN_FLIGHT * BATCH);
    double assigned = (double) LEADS * releases;
    long before = made;
    made = writes + reads;
    System.out.printf(
        "backlog of %,d, %s: %,d ms, the physical limit of calls of %.1f ms takes %.0f ms (%.0f %%"
            + " of it, and %.0f %% with the readings); of %d processors the service took %,d ms and"
            + " the sandbox %,d ms; so far %d writes and %d readings (%.4f calls a lead), at most"
            + " %d at once%n",
        LEADS,
        what,
        effort.took.toMillis(),
        alone,
        limit,
        100 * limit / effort.took.toMillis(),
        100 * (made - before) * alone / IN_FLIGHT / effort.took.toMillis(),
        Runtime.getRuntime().availableProcessors(),
        effort.service.toMillis(),
        effort.sandbox.toMillis(),
        writes,
        reads,
        made / assigned,
        calls.path("mostAtOnce").asInt());
    Reliability.tell(
        "backlog, " + what,
        Map.of(
            "leads",
            LEADS,
            "millis",
            effort.took.toMillis(),
            "limitMillis",
            Math.round(limit),
            "callsALead",
            made / assigned,
            "mostAtOnce",
            calls.path("mostAtOnce").asInt()));
    assertTrue(calls.path("mostAtOnce").asInt() <= IN_FLIGHT, calls::toString);
    assertTrue(none("parked"), "none is given up");
    assertEquals(LEADS, written(), "each record has its territory");
    if (LEADS >= 100_000 && releases == 1) {
      assertTrue(made / assigned <= 0.011, calls::toString);
    }
  }

  private static long number(JsonNode line) {
    return line.path("count").asLong();
  }

  /** How many of the last records show the rules' territory; the CRM itself is asked. */
  private long written() {
    control("{\"do\":\"setFaults\",\"faults\":[]}");
    long written = 0;
    for (int from = posted - LEADS; from < posted; from += BATCH) {
      JsonNode records = RunningService.send(reading(from)).body().path("data");
      mine++;
      for (JsonNode record : records) {
        written += record.path("Territory").asText().equals(WEST) ? 1 : 0;
      }
    }
    return written;
  }

  private void access(boolean on) {
    control("{\"do\":\"setTerritory\",\"territory\":\"West Region\",\"apiEnabled\":" + on + "}");
  }

  private void refresh() {
    assertEquals(200, send(url + "/v1/territories/refresh", "").status() / 100 * 100);
  }

  private void post() {
    int first = posted;
    posted += LEADS;
    for (int from = first; from < posted; from += 1_000) {
      String leads =
          IntStream.range(from, Math.min(posted, from + 1_000))
              .mapToObj("{\"crmId\":\"%d\",\"country\":\"US\",\"region\":\"CA\"}"::formatted)
              .collect(Collectors.joining(",", "[", "]"));
      assertEquals(202, RunningService.postTo(url, leads).status());
    }
  }

  /** None is on its way to being judged or sent. */
  private boolean allWait() {
    return none("accepted") && none("decided") && none("sending") && !none("queued");
  }

  private boolean noneWaits() {
    return none("queued") && none("accepted") && none("decided") && none("sending");
  }

  private boolean none(String status) {
    return get(url, "/v1/leads?limit=1&status=" + status).path("leads").isEmpty();
  }

  private void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), "waited in vain: " + what);
      // A hundredth of what a long one takes: looking costs the service something, too.
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static JsonNode get(String where, String path) {
    return RunningService.get(where, path).body();
  }

  private void control(String body) {
    assertEquals(200, send(crm + "/sandbox/control", body).status());
  }

  private static Answer send(String address, String body) {
    return RunningService.send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    String profile = System.getProperty("profile");
    if (profile != null) {
      environment.put(
          "JDK_JAVA_OPTIONS", "-XX:StartFlightRecording=settings=profile,filename=" + profile);
    }
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_TOKEN", "sandbox-token");
    environment.put("BAILIWICK_CRM_BATCH", Integer.toString(BATCH));
    environment.put("BAILIWICK_CRM_MAX_IN_FLIGHT", Integer.toString(IN_FLIGHT));
    environment.put("BAILIWICK_HTTP_PORT", "0");
    environment.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db"));
    environment.put("BAILIWICK_RULES_DIR", "src/test/resources/desk/rules");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    return environment;
  }
}
