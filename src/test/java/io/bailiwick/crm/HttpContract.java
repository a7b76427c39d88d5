package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Crm;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxServer;
import io.bailiwick.wire.CrmDescription;
import io.bailiwick.wire.Exchange;
import io.bailiwick.wire.WireTap;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract over the real client against the real server, in one dialect. Every call the client
 * made and every answer it got is held against the written-down description of the CRM.
 */
abstract class HttpContract extends UpsertContract {

  private static final CrmDescription DESCRIBED = new CrmDescription();
  private final List<ZohoCrm> open = new ArrayList<>();
  private final List<WireTap> taps = new ArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void start_vertx() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close_all() throws Exception {
    open.forEach(ZohoCrm::close);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    taps.forEach(WireTap::close);
    List<Exchange> said = taps.stream().flatMap(tap -> tap.exchanges().stream()).toList();
    assertTrue(taps.isEmpty() || !said.isEmpty(), "calls went over the wire");
    assertEquals(List.of(), said.stream().flatMap(one -> DESCRIBED.flaws(one).stream()).toList());
  }

  @Override
  Crm face(SandboxModel model) {
    var tap = new WireTap(given(new SandboxServer(vertx, model).start()));
    taps.add(tap);
    var settings =
        CrmSettings.of(URI.create("http://127.0.0.1:" + tap.port()))
            .in(dialect())
            .withBatch(10)
            .creating(Upsert.by(NewRecords.STANDARD))
            .withDeadline(DEADLINE);
    var token = TokenSource.fixed(model.settings().token());
    var crm = new ZohoCrm(vertx, settings, token, InstantSource.system(), forgetful());
    open.add(crm);
    return crm;
  }

  /** Each call stands for itself here: to this gate, any wait is over when the next one comes. */
  private static Gate forgetful() {
    var hours = new AtomicLong();
    InstantSource fast = () -> Instant.EPOCH.plus(Duration.ofHours(2 * hours.incrementAndGet()));
    return new Gate(24, new Credits(0), fast, new Random(1));
  }

  @Override
  InstantSource base() {
    return InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));
  }

  @Override
  <T> T given(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come to pass within 20 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
