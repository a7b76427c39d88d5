package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

  private final GivenBack givenBack = new GivenBack();
  private final OpenCalls open =
      new OpenCalls(
          givenBack.ports(new VirtualTimers(Samples.NOON)), Duration.ofSeconds(35), () -> {});

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
}
