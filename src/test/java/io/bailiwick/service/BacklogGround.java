package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.service.RunningService.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where a backlog forms: the built jar and a sandbox, each a process of its own, with so long to
 * each call, ten calls at a time and a hundred records in each.
 */
final class BacklogGround implements AutoCloseable {

  static final int IN_FLIGHT = 10;
  static final int BATCH = 100;

  private static final long LATENCY = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  final JarProcess sandbox;
  final String crm;
  private final Path folder;
  private final String profile;
  private JarProcess service;
  private String url;
  private int posted;

  /** {@code profile} is the file that the service's life is recorded in; empty for none. */
  BacklogGround(Path folder, String profile) {
    this.folder = folder;
    this.profile = profile;
    this.sandbox = JarProcess.sandbox(folder);
    this.crm = sandbox.url();
    access("West Region", false);
    begin();
  }

  /** The service is started, again where it was killed; answers when its door is open. */
  void begin() {
    service = JarProcess.start(folder, environment(), "serve");
    url = service.url();
  }

  JarProcess service() {
    return service;
  }

  int posted() {
    return posted;
  }

  /** So many leads more of the territory that is shut, until each waits for it. */
  void waiting(int leads) {
    access("West Region", false);
    refresh();
    int first = posted;
    posted += leads;
    for (int from = first; from < posted; from += 1_000) {
      String body =
          IntStream.range(from, Math.min(posted, from + 1_000))
              .mapToObj("{\"crmId\":\"%d\",\"country\":\"US\",\"region\":\"CA\"}"::formatted)
              .collect(Collectors.joining(",", "[", "]"));
      assertEquals(202, post(body).status());
    }
    await("all wait", this::allWait);
  }

  Answer post(String leads) {
    return RunningService.postTo(url, leads);
  }

  /** The CRM is slow from now on, and has these faults, which each end with a comma. */
  void slow(String faults) {
    String slow = "{\"kind\":\"latency\",\"millis\":%d,\"path\":\"/crm/v2/Leads\"}";
    control("{\"do\":\"setFaults\",\"faults\":[" + faults + slow.formatted(LATENCY) + "]}");
  }

  /** The CRM is as quick as it can be. */
  void quick() {
    control("{\"do\":\"setFaults\",\"faults\":[]}");
  }

  /** Somebody ticks or unticks API access of a territory, and the service reads it. */
  void set(String territory, boolean on) {
    access(territory, on);
    refresh();
  }

  /** Whether nothing is on its way or waits. */
  boolean noneWaits() {
    return none("queued") && none("accepted") && none("decided") && none("sending");
  }

  boolean none(String status) {
    return get("/v1/leads?limit=1&status=" + status).path("leads").isEmpty();
  }

  JsonNode get(String path) {
    return RunningService.get(url, path).body();
  }

  /** The sandbox's log of calls. */
  JsonNode calls() {
    return RunningService.get(crm, "/sandbox/calls?limit=0").body();
  }

  void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), "waited in vain: " + what);
      // A hundredth of what a long one takes: looking costs the service something, too.
      LockSupport.parkNanos(100_000_000);
    }
  }

  @Override
  public void close() {
    try (sandbox) {
      service.close();
    }
  }

  /** None is on its way to being judged or sent. */
  private boolean allWait() {
    return none("accepted") && none("decided") && none("sending") && !none("queued");
  }

  private void access(String territory, boolean on) {
    String command = "{\"do\":\"setTerritory\",\"territory\":\"%s\",\"apiEnabled\":%s}";
    control(command.formatted(territory, on));
  }

  private void refresh() {
    assertEquals(
        200, RunningService.send("POST", url + "/v1/territories/refresh", "").status() / 100 * 100);
  }

  private void control(String body) {
    assertEquals(200, RunningService.send("POST", crm + "/sandbox/control", body).status());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    if (!profile.isEmpty()) {
      environment.put(
          "JDK_JAVA_OPTIONS", "-XX:StartFlightRecording=settings=profile,filename=" + profile);
    }
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_TOKEN", JarProcess.SANDBOX_TOKEN);
    environment.put("BAILIWICK_CRM_BATCH", Integer.toString(BATCH));
    environment.put("BAILIWICK_CRM_MAX_IN_FLIGHT", Integer.toString(IN_FLIGHT));
    environment.put("BAILIWICK_HTTP_PORT", "0");
    environment.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db"));
    environment.put("BAILIWICK_RULES_DIR", "src/test/resources/desk/rules");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    return environment;
  }
}
