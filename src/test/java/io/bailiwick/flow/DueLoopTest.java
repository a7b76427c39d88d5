package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DueLoopTest {

  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final GivenBack givenBack = new GivenBack();

  @Test
  void whatIsClaimedWhenItIsToldToStopIsAnothersOnceTheJournalTakesItBack() {
    var loop = new DueLoop(givenBack.ports(timers), Work.SEND, () -> 10, given -> {});
    var idle = new AtomicBoolean();
    loop.start();
    loop.stop(() -> idle.set(true));
    givenBack.full = true;
    Entry lead = Entry.accepted("lead-1", Samples.lead("1"), 1, Samples.NOON);
    givenBack.claimed.complete(new Claimed(List.of(new Claim(lead, null)), null));
    pass(Duration.ofSeconds(3));
    assertTrue(idle.get(), "the stop waits for no disk");
    assertEquals(List.of(), givenBack.leads);
    givenBack.full = false;
    pass(Duration.ofSeconds(2));
    assertEquals(List.of(lead), givenBack.leads);
  }

  private void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }
}
