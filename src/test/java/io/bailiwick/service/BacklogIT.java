package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.report.Reliability;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  private static final int IN_FLIGHT = BacklogGround.IN_FLIGHT;
  private static final int BATCH = BacklogGround.BATCH;

  private static final int LEADS = Integer.getInteger("backlog", 3_000);
  private static final int LONELY = 15;
  private static final String WEST = "3652397000001234567";

  @TempDir private Path folder;
  private double alone;

  /** Readings that are this test's own. */
  private int mine;

  private int releases;

  /** Calls for records, of all releases until now. */
  private long made;

  @Test
  void aBacklogCostsAHundredthOfTheCallsAndNothingIsWrongThoughEachTwentiethRecordFails() {
    try (var ground = new BacklogGround(folder, System.getProperty("profile", ""))) {
      // Release by release the JVM has compiled more of what is done for each lead.
      for (String which : List.of("first", "second", "third")) {
        ground.waiting(LEADS);
        report(ground, which, released(ground, ""));
      }
      ground.waiting(LEADS);
      String failing =
          "{\"kind\":\"invalidTerritory\",\"share\":0.025},"
              + "{\"kind\":\"recordLocked\",\"share\":0.025},";
      report(ground, "each twentieth fails", released(ground, failing));
      assertEquals(0, ground.service().stop());
    }
  }

  /** How long it took, and what both took of the processors meanwhile. */
  private record Effort(Duration took, Duration service, Duration sandbox) {}

  /** From the territory's return until none waits. */
  private Effort released(BacklogGround ground, String faults) {
    ground.slow(faults);
    if (faults.isEmpty()) {
      alone = alone(ground);
    }
    Duration ours = ground.service().cpu();
    Duration theirs = ground.sandbox.cpu();
    Instant began = Instant.now();
    ground.set("West Region", true);
    ground.await("none waits", ground::noneWaits);
    Duration took = Duration.between(began, Instant.now());
    return new Effort(took, ground.service().cpu().minus(ours), ground.sandbox.cpu().minus(theirs));
  }

  /** What a call takes that is alone: the CRM's latency, and its reading of a hundred records. */
  private double alone(BacklogGround ground) {
    long[] took = new long[LONELY];
    for (int i = 0; i < LONELY; i++) {
      long began = System.nanoTime();
      assertEquals(200, RunningService.send(reading(ground, 0)).status() / 100 * 100);
      took[i] = System.nanoTime() - began;
    }
    Arrays.sort(took);
    mine += LONELY;
    return took[LONELY / 2] / 1e6;
  }

  /** Of as many records as a call holds. */
  private static HttpRequest reading(BacklogGround ground, int from) {
    String ids =
        IntStream.range(from, Math.min(ground.posted(), from + BATCH))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return HttpRequest.newBuilder(
            URI.create(ground.crm + "/crm/v2/Leads?fields=id,Territory&ids=" + ids))
        .header("Authorization", "Bearer " + JarProcess.SANDBOX_TOKEN)
        .build();
  }

  private void report(BacklogGround ground, String what, Effort effort) {
    JsonNode calls = ground.calls();
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
    assertTrue(ground.none("parked"), "none is given up");
    assertEquals(LEADS, written(ground), "each record has its territory");
    if (LEADS >= 100_000 && releases == 1) {
      assertTrue(made / assigned <= 0.011, calls::toString);
    }
  }

  private static long number(JsonNode line) {
    return line.path("count").asLong();
  }

  /** How many of the last records show the rules' territory; the CRM itself is asked. */
  private long written(BacklogGround ground) {
    ground.quick();
    long written = 0;
    for (int from = ground.posted() - LEADS; from < ground.posted(); from += BATCH) {
      JsonNode records = RunningService.send(reading(ground, from)).body().path("data");
      mine++;
      for (JsonNode record : records) {
        written += record.path("Territory").asText().equals(WEST) ? 1 : 0;
      }
    }
    return written;
  }
}
