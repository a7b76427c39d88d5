package io.bailiwick.store;

import io.bailiwick.flow.Sharing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What instances on one {@link MemoryJournal} agree on. It tells nobody anything: whoever lets
 * several run on it says when each of them hears or looks.
 */
final class MemorySharing implements Sharing {

  private final MemoryClaims.OfSeveral leases;

  MemorySharing(MemoryClaims.OfSeveral leases) {
    this.leases = leases;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void listen(Consumer<Topic> taker) {}

  @Override
  public CompletionStage<Boolean> take(String work, Duration lease) {
    return CompletableFuture.completedStage(leases.take(work, lease));
  }

  @Override
  public void serving(String rulebook) {
    leases.serving(rulebook);
  }

  @Override
  public void beside(String snapshot) {
    leases.beside(snapshot);
  }

  @Override
  public void calls(int most, IntFunction<CompletionStage<Integer>> allow) {}
}
