package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Crm;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The contract over the port face, by virtual time. */
class SandboxCrmTest extends UpsertContract {

  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(1));

  private final VirtualTimers timers = new VirtualTimers(START);

  @Override
  Crm face(SandboxModel model) {
    return new SandboxCrm(model, timers, DEADLINE, 10);
  }

  @Override
  InstantSource base() {
    return timers;
  }

  @Override
  <T> T given(CompletionStage<T> stage) {
    until(stage.toCompletableFuture()::isDone);
    return stage.toCompletableFuture().join();
  }

  @Override
  void until(BooleanSupplier condition) {
    assertTrue(timers.runUntil(condition, END), "it did not come to pass within a day");
  }

  @Test
  void the_same_seed_gives_the_same_run_to_the_last_instant() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("same_run seed " + seed + " (-Dseed=" + seed + " repeats it)");
    assertEquals(run(seed), run(seed));
  }

  /** Many calls at once under faults of all kinds, told in the order in which they end. */
  private static List<String> run(long seed) {
    var timers = new VirtualTimers(START);
    var settings = SandboxSettings.STANDARD.withAdopt(true).withSeed(seed);
    var model = new SandboxModel(settings, start(), "77", timers);
    fault(
        model,
        "{'kind':'latency','millis':1,'toMillis':2250},{'kind':'lostAnswer','share':0.2},"
            + "{'kind':'status','status':429,'share':0.2},{'kind':'invalidTerritory','share':0.1},"
            + "{'kind':'lateAnswer','millis':5,'toMillis':1250,'share':0.3}");
    Crm crm = new SandboxCrm(model, timers, DEADLINE);
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      var assignment = new Assignment("Leads", "L" + i, new TerritoryRef(WEST, "West Region"));
      crm.assign(assignment)
          .thenAccept(outcome -> told.add(timers.now() + " " + assignment.crmId() + outcome));
    }
    timers.runUntil(END);
    assertEquals(300, told.size(), "every call ends");
    told.add(model.writes(null, null, 0, 1000).toString());
    return told;
  }
}
