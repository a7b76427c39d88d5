package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final List<Entry> givenBack = new ArrayList<>();
  private final OpenCalls open = new OpenCalls(ports(), Duration.ofSeconds(35), () -> {});

  private final Entry before =
      Entry.accepted("lead-1", Samples.lead("1"), 1, Samples.NOON)
          .decided(Samples.assign(), Samples.NOON);
  private final Move unknown = new Move(before, before.sending(Samples.NOON, Samples.NOON), "x");

  /** The process stood still between the commit and hearing of it, and claimed first. */
  @Test
  void whatIsClaimedAfterItsOutcomeWasWrittenAndBeforeThatIsHeardIsGivenBack() {
    open.begun(before);
    assertFalse(open.mayLook(unknown.after()));
    open.recorded(List.of(unknown));
    assertEquals(List.of(unknown.after()), givenBack);
  }

  @Test
  void aClaimFromBeforeItsOutcomeWasWrittenIsOverAndNotGivenBack() {
    open.begun(before);
    assertFalse(open.mayLook(before));
    open.recorded(List.of(unknown));
    assertEquals(List.of(), givenBack);
  }

  private Ports ports() {
    var memory = new MemoryJournal();
    var journal =
        (Journal)
            Proxy.newProxyInstance(
                Journal.class.getClassLoader(),
                new Class<?>[] {Journal.class},
                (proxy, method, arguments) ->
                    method.getName().equals("release")
                        ? release((List<?>) arguments[0])
                        : method.invoke(memory, arguments));
    return new Ports(journal, null, timers, signal -> {});
  }

  private CompletableFuture<Void> release(List<?> leads) {
    leads.forEach(lead -> givenBack.add((Entry) lead));
    return CompletableFuture.completedFuture(null);
  }
}
