package io.bailiwick.crm;

import io.bailiwick.flow.Crm;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The contract over the port face, by virtual time. */
class SandboxCrmTest extends CrmContract {

  private final VirtualTimers timers = new VirtualTimers();

  @Override
  Crm face(SandboxModel model) {
    return new SandboxCrm(model, timers, DEADLINE);
  }

  @Override
  InstantSource base() {
    return timers;
  }

  @Override
  <T> T given(CompletionStage<T> stage) {
    timers.runUntil(stage.toCompletableFuture()::isDone);
    return stage.toCompletableFuture().join();
  }

  @Override
  void until(BooleanSupplier condition) {
    timers.runUntil(condition);
  }
}
