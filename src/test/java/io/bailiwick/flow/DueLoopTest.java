package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DueLoopTest {

  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final CompletableFuture<Claimed> claimed = new CompletableFuture<>();
  private final List<Entry> givenBack = new ArrayList<>();
  private boolean full;

  @Test
  void whatIsClaimedWhenItIsToldToStopIsAnothersOnceTheJournalTakesItBack() {
    var loop = new DueLoop(ports(), Work.SEND, () -> 10, given -> {});
    var idle = new AtomicBoolean();
    loop.start();
    loop.stop(() -> idle.set(true));
    full = true;
    Entry lead = Entry.accepted("lead-1", Samples.lead("1"), 1, Samples.NOON);
    claimed.complete(new Claimed(List.of(new Claim(lead, null)), null));
    pass(Duration.ofSeconds(3));
    assertTrue(idle.get(), "the stop waits for no disk");
    assertEquals(List.of(), givenBack);
    full = false;
    pass(Duration.ofSeconds(2));
    assertEquals(List.of(lead), givenBack);
  }

  private Ports ports() {
    var memory = new MemoryJournal();
    var journal =
        (Journal)
            Proxy.newProxyInstance(
                Journal.class.getClassLoader(),
                new Class<?>[] {Journal.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "claim" -> claimed;
                      case "release" -> release((List<?>) arguments[0]);
                      default -> method.invoke(memory, arguments);
                    });
    return new Ports(journal, null, timers, signal -> {});
  }

  private CompletableFuture<Void> release(List<?> leads) {
    if (full) {
      return CompletableFuture.failedFuture(new IOException("the disk is full"));
    }
    leads.forEach(lead -> givenBack.add((Entry) lead));
    return CompletableFuture.completedFuture(null);
  }

  private void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }
}
