package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

  private final GivenBack givenBack = new GivenBack();
  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final OpenCalls open =
      new OpenCalls(givenBack.ports(timers), Duration.ofSeconds(35), () -> {});

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
    assertEquals(List.of(unknown.after()), givenBack.leads);
  }

  @Test
  void aClaimFromBeforeItsOutcomeWasWrittenIsOverAndNotGivenBack() {
    open.begun(before);
    assertFalse(open.mayLook(before));
    open.recorded(List.of(unknown));
    assertEquals(List.of(), givenBack.leads);
  }

  @Test
  void whatAnEarlierLifeMayHaveLeftOnItsWayIsLookedUpOnceItCannotArriveAnyMore() {
    open.start();
    assertFalse(open.mayLook(unknown.after()));
    timers.runUntil(Samples.NOON.plusSeconds(34));
    assertFalse(open.mayLook(unknown.after()));
    assertEquals(List.of(), givenBack.leads);
    timers.runUntil(Samples.NOON.plusSeconds(36));
    assertEquals(List.of(unknown.after()), givenBack.leads);
    assertTrue(open.mayLook(unknown.after()));
  }

  @Test
  void whatThisLifeSentIsLookedUpWhenItsCallIsOverAndNeverBefore() {
    open.start();
    open.begun(before);
    assertFalse(open.mayLook(unknown.after()));
    timers.runUntil(Samples.NOON.plusSeconds(36));
    assertEquals(List.of(), givenBack.leads, "its own is not over with the others'");
    assertFalse(open.mayLook(unknown.after()));
    open.recorded(List.of(unknown));
    assertTrue(open.mayLook(unknown.after()));
  }

  @Test
  void whatThisLifeSentNeedNotWaitForTheCallsOfAnEarlierOne() {
    open.start();
    open.begun(before);
    open.recorded(List.of(unknown));
    assertTrue(open.mayLook(unknown.after()));
  }

  @Test
  void ofWhatWasDroppedNoCallIsOpen() {
    open.start();
    open.begun(before);
    assertFalse(open.mayLook(unknown.after()));
    open.dropped(List.of(before));
    assertEquals(List.of(unknown.after()), givenBack.leads);
    assertTrue(open.mayLook(unknown.after()));
  }

  @Test
  void ofWhatIsNotSendingOnDiskNoCallBegins() {
    open.start();
    open.begun(before);
    assertEquals(List.of(), open.sending(List.of(unknown), List.of()));
    assertTrue(open.mayLook(unknown.after()));
    open.begun(before);
    assertEquals(List.of(unknown.after()), open.sending(List.of(unknown), List.of(unknown)));
    assertFalse(open.mayLook(unknown.after()));
  }

  /** What came of its first call was written, and heard only when its second had begun. */
  @Test
  void aCallThatBeganBeforeTheOutcomeOfTheOneBeforeWasHeardStaysOpen() {
    open.start();
    timers.runUntil(Samples.NOON.plusSeconds(36));
    Entry again = unknown.after().notWritten(Samples.NOON);
    Entry sent = again.sending(Samples.NOON, Samples.NOON);
    open.begun(before);
    open.begun(again);
    open.recorded(List.of(new Move(unknown.after(), again, "x")));
    open.dropped(List.of(unknown.after()));
    assertFalse(open.mayLook(sent));
    assertEquals(List.of(), givenBack.leads);
    open.recorded(List.of(new Move(sent, sent.notWritten(Samples.NOON), "x")));
    assertTrue(open.mayLook(sent));
  }
}
