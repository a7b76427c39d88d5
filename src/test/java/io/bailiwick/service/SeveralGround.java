package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.checker.CrmTap;
import io.bailiwick.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Several built jars on one PostgreSQL and one sandbox, careful sources that load them, a tap
 * before the sandbox, and in the end the checker.
 */
final class SeveralGround implements AutoCloseable {

  static final long SEED = Long.getLong("seed", System.nanoTime());

  /** One instance: its process, where it listens, and the token by which the tap knows it. */
  record Instance(JarProcess process, String url, String token) {}

  final List<Instance> instances = new ArrayList<>();
  final CarefulSources sources = new CarefulSources(SEED);

  /** Where the sandbox is, without the tap. */
  final String sandbox;

  private final Path folder;
  private final String journal;
  private final JarProcess sandboxProcess;
  private final CrmTap tap;
  private final boolean tapped;
  private volatile Instant healed = Instant.now();

  SeveralGround(Path folder, String journal) throws IOException {
    this(folder, journal, true);
  }

  /** Without a tap all is as fast as it can be, and calls are not judged. */
  SeveralGround(Path folder, String journal, boolean tapped) throws IOException {
    this.folder = folder;
    this.journal = journal;
    this.tapped = tapped;
    CarefulSources.rules(folder.resolve("rules"));
    this.sandboxProcess = JarProcess.sandbox(folder);
    this.sandbox = sandboxProcess.url();
    this.tap = new CrmTap(sandbox, JarProcess.SANDBOX_TOKEN);
  }

  /** Starts so many more, all at once; leads are posted to them, too. */
  void start(int many, Map<String, String> more) {
    record Begun(JarProcess process, String token) {}
    List<Begun> begun = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      String token = tapped ? tap.born() : JarProcess.SANDBOX_TOKEN;
      begun.add(new Begun(process(instances.size() + i, token, more), token));
    }
    for (Begun one : begun) {
      String url = one.process().url();
      instances.add(new Instance(one.process(), url, one.token()));
      sources.urls.add(url);
    }
    healed();
  }

  private JarProcess process(int number, String token, Map<String, String> more) {
    Map<String, String> environment = environment();
    environment.put("BAILIWICK_CRM_TOKEN", token);
    environment.putAll(more);
    try {
      Path own = Files.createDirectory(folder.resolve("instance" + number));
      return JarProcess.start(own, environment, "serve");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "BAILIWICK_CRM_BASE_URL",
            tapped ? tap.url() : sandbox,
            "BAILIWICK_HTTP_PORT",
            "0",
            "BAILIWICK_JOURNAL_URL",
            journal,
            "BAILIWICK_JOURNAL_USER",
            PostgresServer.USER,
            "BAILIWICK_JOURNAL_KEY_FILE",
            folder.resolve("journal.key").toString(),
            "BAILIWICK_RULES_DIR",
            folder.resolve("rules").toString(),
            "BAILIWICK_FIXTURES_DIR",
            "src/test/resources/desk/fixtures",
            "BAILIWICK_RETRY_CAP",
            "2s"));
  }

  /** Runs a command as on an instance's machine, to its end. */
  JarProcess.Ended run(Map<String, String> more, String... command) {
    Map<String, String> environment = environment();
    environment.put("BAILIWICK_CRM_TOKEN", JarProcess.SANDBOX_TOKEN);
    environment.putAll(more);
    return JarProcess.run(environment, command);
  }

  /** SIGKILL. */
  void kill(Instance one) {
    one.process().kill();
    tap.died(one.token());
    healed();
  }

  /** SIGSTOP now, SIGCONT after {@code meanwhile} has come back. */
  void standStill(Instance one, Runnable meanwhile) {
    Instant since = Instant.now();
    one.process().signal("STOP");
    try {
      meanwhile.run();
    } finally {
      one.process().signal("CONT");
      tap.stoodStill(one.token(), since);
    }
    healed();
  }

  /** The last fault is over: within bounds of now all is to be at rest. */
  void healed() {
    healed = Instant.now();
  }

  /** Seconds until these are at rest; fails after {@code most}. */
  static double awaitRest(String url, List<String> ids, Duration most) {
    long began = System.nanoTime();
    for (String id : ids) {
      await(id + " is at rest", most, () -> WhatIsLeft.atRest(url, id));
    }
    return (System.nanoTime() - began) / 1e9;
  }

  /** Seconds until all that was acknowledged is at rest; fails after {@code most}. */
  double awaitRest(String url, Duration most) {
    long began = System.nanoTime();
    await("nothing is left under way", most, () -> WhatIsLeft.underWay(url) == 0);
    awaitRest(url, List.copyOf(sources.acked.values()), most);
    return (System.nanoTime() - began) / 1e9;
  }

  /**
   * Stops those that live, and holds what is left against the promises; all is at rest. Answers how
   * often each record was written.
   *
   * @param converge how long after the last fault it may have taken
   */
  Map<String, Integer> check(Duration converge) {
    for (Instance one : instances) {
      if (one.process().lives() && one.process().stop() != 0) {
        throw new AssertionError("it did not stop on request: " + one.url());
      }
    }
    Map<String, String> environment = environment();
    environment.put("BAILIWICK_CRM_TOKEN", JarProcess.SANDBOX_TOKEN);
    var place = PostgresServer.place(journal, folder);
    new WhatIsLeft(place, environment, sources, tap).check(healed, converge);
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode write : WhatIsLeft.writes(sandbox)) {
      counts.merge(write.path("id").asText(), 1, Integer::sum);
    }
    return counts;
  }

  void control(String json) {
    var answer = RunningService.send("POST", sandbox + "/sandbox/control", json);
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
  }

  static JsonNode get(String url, String path) {
    return RunningService.get(url, path).body();
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
    sources.close();
    instances.forEach(one -> one.process().close());
    tap.close();
    sandboxProcess.close();
  }
}
