package io.bailiwick.lead;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class LeadEventTest {

  private final Entry accepted = Entry.accepted("id", Samples.lead("7"), 1, NOON);
  private final Entry sending =
      accepted.decided(Samples.assign(), NOON).sending(NOON.plusSeconds(9), NOON);

  @Test
  void anAssignedLeadIsToldWithItsTerritoryAndWhatDecidedIt() {
    LeadEvent event = event(sending, sending.assigned(NOON));
    assertEquals(LeadEvent.Type.ASSIGNED, event.type());
    assertEquals("West Region", event.territory().name());
    assertEquals("rulebook", event.rulebook());
    assertEquals("id-4", event.id());
    assertEquals("7", event.crmId());
  }

  @Test
  void aQueuedLeadIsToldWhenItBeginsToWaitAndWhenItWaitsForAnotherReason() {
    Entry waits = accepted.queued(Samples.queue(Blocker.PROPAGATING), NOON, NOON);
    assertEquals("propagating", event(accepted, waits).blocker());
    Entry same = waits.queued(Samples.queue(Blocker.PROPAGATING), NOON, NOON);
    assertNull(event(waits, same));
    Entry other = waits.queued(Samples.queue(Blocker.INACTIVE), NOON, NOON);
    assertNotNull(event(waits, other));
  }

  @Test
  void thatItIsTriedAgainIsNoNews() {
    Entry first =
        sending.postponed(QueueReason.CRM_UNAVAILABLE, NOON, sending.attempts().failed(NOON), NOON);
    assertNotNull(event(sending, first));
    Entry second =
        sending.postponed(
            QueueReason.CRM_UNAVAILABLE, NOON, sending.attempts().failed(NOON).failed(NOON), NOON);
    assertNull(event(sending, second));
    assertNull(event(accepted, accepted.decided(Samples.assign(), NOON)));
  }

  @Test
  void aParkedLeadIsToldWithItsReason() {
    assertEquals(
        "record_gone", event(sending, sending.parked(ParkReason.RECORD_GONE, NOON)).reason());
  }

  private static @Nullable LeadEvent event(Entry before, Entry after) {
    return LeadEvent.of(new Move(before, after, ""));
  }
}
