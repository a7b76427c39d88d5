package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bailiwick.watching.WebhookReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * No event loop ever waits: while everything large is asked for at once, each one's stack is looked
 * at over and over. A loop may compute or sit in its selector; it may not wait for a lock or
 * another thread, nor touch a file, the database or the rules.
 */
class NeverBlockedIT {

  private static final int TERRITORIES = 10_000;
  private static final List<String> FORBIDDEN =
      List.of(
          "org.sqlite.",
          "org.drools.",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.RandomAccessFile",
          "sun.nio.ch.FileChannelImpl",
          "java.util.concurrent.CompletableFuture.join",
          "java.lang.Object.wait");

  private static final int ENOUGH = 1_000;
  private static final int MOST_ROUNDS = 20;

  @TempDir Path folder;

  private volatile boolean looking = true;
  private volatile int looks;

  @Test
  void noEventLoopWaitsWhateverIsAsked() throws IOException {
    var warnings = new ListAppender<ILoggingEvent>();
    warnings.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(warnings);
    Set<String> found = new ConcurrentSkipListSet<>();
    try (var service = new RunningService(folder, everything())) {
      var looker = CompletableFuture.runAsync(() -> look(found));
      long slowest = askForEverything(service);
      // On a slow machine the looks are fewer in the same work, so the work goes on.
      for (int more = 0; looks <= ENOUGH && more < MOST_ROUNDS; more++) {
        slowest = Math.max(slowest, askForEverything(service));
      }
      looking = false;
      looker.join();
      System.out.printf(
          "never blocked: %,d looks at event loops; slowest /livez meanwhile %d ms%n",
          looks, slowest / 1_000_000);
      assertEquals(Set.of(), found);
      assertTrue(looks > ENOUGH, looks + " looks");
      assertEquals(
          List.of(),
          List.copyOf(warnings.list).stream()
              .map(ILoggingEvent::getFormattedMessage)
              .filter(message -> message.contains("has been blocked"))
              .toList());
    } finally {
      looking = false;
      root.detachAppender(warnings);
    }
  }

  /** Events and spans are made too, and nobody takes them. */
  private Map<String, String> everything() throws IOException {
    String nobody = "http://127.0.0.1:" + WebhookReceiver.closedPort();
    return Map.of(
        "fixtures.dir",
        territories(),
        "alarms.webhook",
        nobody,
        "alarms.webhook-secret",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "alarms.look",
        "100ms",
        "events.webhook",
        nobody,
        "events.webhook-secret",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "traces.endpoint",
        nobody);
  }

  private static long askForEverything(RunningService service) {
    List<CompletableFuture<Void>> askers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String leads = leads(i * 1_000);
      askers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int n = 0; n < 3; n++) {
                  assertEquals(202, service.postLead(leads).status());
                  byte[] body = leads.getBytes(StandardCharsets.UTF_8);
                  var decided = service.post("/v1/decisions", "application/json", body);
                  assertEquals(200, decided.status());
                  assertEquals(200, service.get("/v1/leads?limit=500").status());
                  var all = service.get("/v1/territories").body().path("territories");
                  assertTrue(all.size() >= TERRITORIES);
                  assertEquals(200, service.get("/readyz").status());
                  assertEquals(200, service.get("/openapi.json").status());
                  assertEquals(200, service.get("/metrics").status());
                  service.post("/v1/territories/refresh", "application/json", new byte[0]);
                }
              }));
    }
    var all = CompletableFuture.allOf(askers.toArray(CompletableFuture[]::new));
    long slowest = 0;
    while (!all.isDone()) {
      long asked = System.nanoTime();
      assertEquals(200, service.get("/livez").status());
      slowest = Math.max(slowest, System.nanoTime() - asked);
      LockSupport.parkNanos(2_000_000);
    }
    all.join();
    return slowest;
  }

  private void look(Set<String> found) {
    while (looking) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("vert.x-eventloop-thread")) {
          looks++;
          StackTraceElement[] stack = thread.getStackTrace();
          Thread.State state = thread.getState();
          boolean waits =
              Arrays.stream(stack)
                  .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                  .anyMatch(NeverBlockedIT::forbidden);
          if (waits && !harmless(stack)) {
            found.add(state + " " + told(stack));
          }
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean forbidden(String frame) {
    return FORBIDDEN.stream().anyMatch(frame::startsWith)
        || frame.startsWith("java.util.concurrent.locks.LockSupport.park")
        || frame.equals("jdk.internal.misc.Unsafe.park");
  }

  /**
   * What is no waiting: the first use of a class reads it from its jar, once; the system's random
   * numbers come at once; a queue's lock is held for the time it takes to put something in.
   */
  private static boolean harmless(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(
            frame ->
                frame.getClassName().equals("java.lang.ClassLoader")
                    || frame.getMethodName().equals("<clinit>")
                    || frame.getClassName().startsWith("sun.security.provider.NativePRNG")
                    || (frame.getClassName().endsWith("BlockingQueue")
                        && frame.getMethodName().equals("offer")));
  }

  private static String told(StackTraceElement[] stack) {
    return Arrays.stream(stack).limit(25).map(Object::toString).collect(Collectors.joining("\n  "));
  }

  private static String leads(int first) {
    List<String> leads = new ArrayList<>();
    for (int i = first; i < first + 1_000; i++) {
      leads.add(
          """
          {"crmId":"%d","country":"United States","region":"California","company":"Company %d",
           "email":"someone.%d@example.com","employees":"1,200","attributes":{"Note":"%s"}}
          """
              .formatted(i, i, i, "x".repeat(700)));
    }
    return "[" + String.join(",", leads) + "]";
  }

  private String territories() throws IOException {
    StringBuilder all =
        new StringBuilder(
            """
            {"user":{"id":"9","memberOf":["1"],"permitted":true},"territories":[
            {"id":"1","name":"Root","parentId":null,"status":"Active","apiEnabled":true,
             "createdAt":"2024-01-01T00:00:00Z"},
            {"id":"3652397000001234567","name":"West Region","parentId":"1","status":"Active",
             "apiEnabled":true,"createdAt":"2024-01-01T00:00:00Z"}
            """);
    for (int i = 0; i < TERRITORIES; i++) {
      all.append(
          """
          ,{"id":"5%06d","name":"Territory %d","parentId":"1","status":"Active","apiEnabled":true,
           "createdAt":"2024-01-01T00:00:00Z"}
          """
              .formatted(i, i));
    }
    Path fixtures = Files.createDirectories(folder.resolve("fixtures"));
    Files.writeString(fixtures.resolve("territories.json"), all.append("]}").toString());
    return fixtures.toString();
  }
}
