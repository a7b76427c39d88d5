package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DueLoopTest {

  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final GivenBack givenBack = new GivenBack();
  private final Entry lead = Entry.accepted("lead-1", Samples.lead("1"), 1, Samples.NOON);
  private final List<Entry> taken = new ArrayList<>();
  private int room;

  @Test
  void whatIsClaimedWhenItIsToldToStopIsAnothersOnceTheJournalTakesItBack() {
    var loop = new DueLoop(givenBack.ports(timers), Work.SEND, () -> 10, given -> {});
    var idle = new AtomicBoolean();
    loop.start();
    loop.stop(() -> idle.set(true));
    givenBack.full = true;
    assertFalse(loop.idle(), "a claim is under way");
    answer(0, null, lead);
    pass(Duration.ofSeconds(3));
    assertTrue(loop.idle());
    assertTrue(idle.get(), "the stop waits for no disk");
    assertEquals(List.of(), givenBack.leads);
    givenBack.full = false;
    pass(Duration.ofSeconds(2));
    assertEquals(List.of(lead), givenBack.leads);
  }

  @Test
  void itSleepsUntilTheNextFallsDueAndNeverLongerThanAMinute() {
    begin(10);
    answer(0, timers.now().plusSeconds(20), lead);
    pass(Duration.ofSeconds(19));
    assertEquals(1, givenBack.claims.size());
    pass(Duration.ofSeconds(2));
    assertEquals(2, givenBack.claims.size());
    answer(1, timers.now().plusSeconds(3_600));
    pass(Duration.ofSeconds(61));
    assertEquals(3, givenBack.claims.size());
    assertEquals(List.of(lead), taken);
  }

  @Test
  void aClaimThatIsFullIsFollowedByAnotherAtOnceAndSoIsOneDuringWhichItWasWoken() {
    DueLoop loop = begin(1);
    answer(0, null, lead);
    assertEquals(2, givenBack.claims.size());
    loop.wake();
    assertEquals(2, givenBack.claims.size(), "one at a time");
    answer(1, null);
    assertEquals(3, givenBack.claims.size());
    answer(2, null);
    assertEquals(3, givenBack.claims.size());
  }

  @Test
  void itHasCaughtUpOnceAllThatWasDueFoundRoomAndNotBefore() {
    DueLoop loop = begin(2);
    assertFalse(loop.caughtUp());
    answer(0, null, lead);
    assertTrue(loop.caughtUp());
    loop.wake();
    answer(1, null, lead, lead);
    assertFalse(loop.caughtUp(), "more may be due");
    answer(2, null);
    assertTrue(loop.caughtUp());
    room = 0;
    loop.wake();
    assertFalse(loop.caughtUp(), "nothing finds room");
    room = 2;
    loop.wake();
    answer(3, null);
    assertTrue(loop.caughtUp());
    loop.stop(() -> {});
    assertFalse(loop.caughtUp());
  }

  @Test
  void aJournalThatCannotSayWhatIsDueIsToldOfAndAskedAgainInASecond() {
    DueLoop loop = begin(10);
    givenBack.claims.get(0).completeExceptionally(new IOException("the disk is full"));
    pass(Duration.ZERO);
    assertFalse(loop.caughtUp());
    assertInstanceOf(Signal.Trouble.class, givenBack.signals.get(0));
    pass(Duration.ofMillis(999));
    assertEquals(1, givenBack.claims.size());
    pass(Duration.ofMillis(1));
    assertEquals(2, givenBack.claims.size());
  }

  private DueLoop begin(int leads) {
    room = leads;
    var loop =
        new DueLoop(
            givenBack.ports(timers),
            Work.SEND,
            () -> room,
            given -> given.forEach(claim -> taken.add(claim.entry())));
    loop.start();
    return loop;
  }

  private void answer(int claim, Instant nextDue, Entry... leads) {
    var claims = Stream.of(leads).map(lead -> new Claim(lead, null)).toList();
    givenBack.claims.get(claim).complete(new Claimed(claims, nextDue));
    pass(Duration.ZERO);
  }

  private void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }
}
