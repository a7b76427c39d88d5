package io.bailiwick.service;

import io.bailiwick.DyingService;
import io.bailiwick.checker.CrmTap;
import io.bailiwick.store.JournalPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A service that is killed and started again, in processes of their own: careful sources that load
 * it, a tap before its sandbox, and in the end the checker.
 */
final class KillGround implements AutoCloseable {

  final CarefulSources sources;

  private final Path folder;
  private final JarProcess sandbox;
  private final CrmTap tap;
  private String token = "";
  private Instant lastStart = Instant.now();

  KillGround(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.sources = new CarefulSources(seed);
    CarefulSources.rules(rules());
    this.sandbox = JarProcess.sandbox(folder);
    this.tap = new CrmTap(sandbox.url(), JarProcess.SANDBOX_TOKEN);
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

  /** An order to the sandbox. */
  void control(String json) {
    var answer = RunningService.send("POST", crm() + "/sandbox/control", json);
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
  }

  /** Starts the built jar, which serves when this returns. */
  JarProcess start() {
    lastStart = Instant.now();
    token = tap.born();
    JarProcess service = JarProcess.start(folder, environment(), "serve");
    serves(service.url());
    return service;
  }

  private void serves(String url) {
    sources.urls.clear();
    sources.urls.add(url);
  }

  void kill(JarProcess service) {
    service.kill();
    tap.died(token);
  }

  /** Starts the service, runs {@code then} once it serves, and waits until it dies at the point. */
  void dieAt(DyingService.Point point, int nth, Runnable then) {
    token = tap.born();
    List<String> main =
        List.of(DyingService.class.getName(), point.name(), Integer.toString(nth), crm());
    try (JarProcess service = JarProcess.main(folder, environment(), main)) {
      service
          .urlIfAny()
          .ifPresent(
              url -> {
                serves(url);
                then.run();
              });
      int exit = service.ended();
      tap.died(token);
      if (exit != DyingService.KILLED) {
        throw new AssertionError("it did not die at " + point + ": " + exit);
      }
    }
  }

  /** Waits until all is at rest, stops the service, and holds what is left against the promises. */
  void check(JarProcess service) {
    String url = sources.urls.get(0);
    WhatIsLeft.awaitRest(url);
    sources
        .acked
        .values()
        .forEach(id -> RunningService.await("it is at rest", () -> WhatIsLeft.atRest(url, id)));
    if (service.stop() != 0) {
      throw new AssertionError("it did not stop on request");
    }
    new WhatIsLeft(JournalPlace.of(journal()), environment(), sources, tap)
        .check(lastStart, RunningService.PATIENCE.multipliedBy(2));
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("BAILIWICK_CRM_BASE_URL", crm()),
        Map.entry("BAILIWICK_CRM_TOKEN", token),
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
    sources.close();
    tap.close();
    sandbox.close();
  }
}
