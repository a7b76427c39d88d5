package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.report.Reliability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many leads wait for one territory: the service that is killed with them is soon ready again, in
 * the heap that is shipped; they leave by as many calls as may be under way and never more; and who
 * is of another territory hardly waits longer meanwhile. {@code -Dqueued=1000000} is the long form.
 */
class QueuedLeadsIT {

  private static final int LEADS = Integer.getInteger("queued", 100_000);
  private static final Duration READY = Duration.ofSeconds(10);

  /** Of another territory, while nothing else is under way. */
  private static final int ALONE = 40;

  /** How much longer others may take while the backlog leaves. */
  private static final double DISTURBED = 2;

  /** The first record of another territory, beyond those of the backlog. */
  private static final int OTHER = 100_000_000;

  @TempDir private Path folder;
  private int others;

  @Test
  void manyThatWaitNeitherKeepAStartNorOtherTerritoriesWaiting() {
    try (var ground = new BacklogGround(folder, "")) {
      ground.set("DACH", true);
      ground.waiting(LEADS);
      ground.service().kill();

      Duration ready = ready(ground);
      ground.slow("");
      Duration alone = median(others(ground, () -> others < ALONE));
      Instant began = Instant.now();
      ground.set("West Region", true);
      List<Duration> beside = others(ground, () -> !ground.none("queued"));
      ground.await("none waits", ground::noneWaits);
      Duration released = Duration.between(began, Instant.now());

      int mostAtOnce = ground.calls().path("mostAtOnce").asInt();
      double times = (double) median(beside).toNanos() / alone.toNanos();
      tell(ready, released, times, mostAtOnce);
      assertTrue(ready.compareTo(READY) < 0, "ready after " + ready);
      assertEquals(BacklogGround.IN_FLIGHT, mostAtOnce, "all calls that may be under way, no more");
      assertTrue(beside.size() > 5, "others came meanwhile: " + beside);
      assertTrue(times < DISTURBED, "%s alone, beside the backlog %s".formatted(alone, beside));
      assertTrue(ground.none("parked"), "none is given up");
      assertEquals(0, ground.service().stop());
    }
  }

  /** How long a start takes until it says that it is ready; in the launcher's 512 MB of heap. */
  private static Duration ready(BacklogGround ground) {
    Instant began = Instant.now();
    ground.begin();
    RunningService.await(
        "it is ready", () -> ground.get("/readyz").path("status").asText().equals("ready"));
    return Duration.between(began, Instant.now());
  }

  /** From acceptance to assignment of leads that come one after the other, as long as it holds. */
  private List<Duration> others(BacklogGround ground, BooleanSupplier more) {
    List<Duration> took = new ArrayList<>();
    while (more.getAsBoolean()) {
      String lead = "{\"crmId\":\"%d\",\"country\":\"DE\"}".formatted(OTHER + others++);
      JsonNode answer = ground.post(lead).body();
      String id = answer.path("id").asText();
      RunningService.await(id + " is assigned", () -> history(ground, id).size() > 3);
      JsonNode lines = history(ground, id);
      took.add(Duration.between(at(lines.get(0)), at(lines.get(lines.size() - 1))));
    }
    return took;
  }

  private static JsonNode history(BacklogGround ground, String id) {
    return ground.get("/v1/leads/" + id).path("history");
  }

  private static Instant at(JsonNode line) {
    return Instant.parse(line.path("at").asText());
  }

  private static Duration median(List<Duration> all) {
    List<Duration> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void tell(Duration ready, Duration released, double times, int mostAtOnce) {
    System.out.printf(
        "%,d queued: ready %d ms after a kill, released in %,d ms, others take %.2f times as long,"
            + " %d calls at once%n",
        LEADS, ready.toMillis(), released.toMillis(), times, mostAtOnce);
    Reliability.tell(
        "queued leads",
        Map.of(
            "leads",
            LEADS,
            "readyMillis",
            ready.toMillis(),
            "releasedMillis",
            released.toMillis(),
            "othersTimesAsLong",
            times,
            "mostAtOnce",
            mostAtOnce));
  }
}
