package io.bailiwick.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver against servers that know what came. */
class DriverIT {

  private final Vertx vertx = Vertx.vertx();
  private final Driver driver = new Driver();
  private final Set<String> records = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void close() {
    driver.close();
    vertx.close().await();
  }

  private Load closed(int connections, double seconds, Handler<HttpServerRequest> server) {
    int port =
        vertx.createHttpServer().requestHandler(server).listen(0, "127.0.0.1").await().actualPort();
    return Load.closed("http://127.0.0.1:" + port, connections, seconds);
  }

  private void accept(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              requests.incrementAndGet();
              for (Object lead : leads(body.toString())) {
                records.add(lead.toString());
              }
              request.response().setStatusCode(202).end("{}");
            });
  }

  private static Iterable<?> leads(String body) {
    return body.startsWith("[")
        ? new io.vertx.core.json.JsonArray(body)
            .stream()
                .map(lead -> ((io.vertx.core.json.JsonObject) lead).getString("crmId"))
                .toList()
        : java.util.List.of(new io.vertx.core.json.JsonObject(body).getString("crmId"));
  }

  @Test
  void itCountsWhatTheServerCounts() {
    Load load = closed(16, 0.5, this::accept);
    Loaded loaded = driver.drive(load).whole();
    assertEquals(requests.get(), loaded.sent());
    assertEquals(records.size(), loaded.leads());
    assertTrue(loaded.sent() > 16, loaded.toString());
    Loaded more = driver.drive(load).whole();
    assertEquals(records.size(), loaded.leads() + more.leads(), "no record comes twice");
  }

  @Test
  void itSendsAsManyAsItIsToldAndNoMore() {
    Loaded loaded = driver.drive(closed(8, 60, this::accept).of(1_000, 50)).whole();
    assertEquals(20, requests.get());
    assertEquals(1_000, loaded.leads());
    assertEquals(1_000, records.size());
    assertTrue(loaded.seconds() < 30, "it does not wait for the time");
  }

  @Test
  void byScheduleItSendsWhatTheScheduleSays() {
    Loaded loaded = driver.drive(closed(8, 0.5, this::accept).at(400)).whole();
    assertEquals(200, loaded.sent(), 2);
    assertEquals(requests.get(), loaded.sent());
  }

  @Test
  void byScheduleAServerThatStallsCannotHideIt() {
    // It answers nothing in its first 300 ms, then all at once. A closed loop of 4 would see 4 of
    // some hundred late; by schedule, all that were due meanwhile are late.
    long begun = System.nanoTime();
    Load load =
        closed(
                4,
                0.6,
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              long late = 300 - (System.nanoTime() - begun) / 1_000_000;
                              vertx.setTimer(
                                  Math.max(1, late),
                                  now -> request.response().setStatusCode(202).end("{}"));
                            }))
            .at(500);
    Loaded loaded = driver.drive(load).whole();
    assertTrue(loaded.p99Micros() > 100_000, loaded.toString());
  }

  @Test
  void whatWasRefusedIsCountedAndSaid() {
    Load load =
        closed(
            2,
            60,
            request -> {
              int status = requests.incrementAndGet() % 4 == 0 ? 503 : 202;
              request.body().onSuccess(b -> request.response().setStatusCode(status).end("busy"));
            });
    Loaded loaded = driver.drive(load.of(40, 1));
    assertEquals(10, loaded.refused());
    assertEquals(30, loaded.accepted());
    assertTrue(loaded.said().contains("503"), loaded.said());
    assertThrows(IllegalStateException.class, loaded::whole);
  }

  @Test
  void whatWasCutIsCountedOnceAndTheOthersGoOn() {
    Load load =
        closed(
            4,
            60,
            request -> {
              if (requests.incrementAndGet() == 5) {
                request.connection().close();
              } else {
                accept(request);
              }
            });
    Loaded loaded = driver.drive(load.of(100, 1));
    assertEquals(1, loaded.broken());
    assertEquals(99, loaded.accepted());
    assertEquals(100, loaded.sent());
  }
}
