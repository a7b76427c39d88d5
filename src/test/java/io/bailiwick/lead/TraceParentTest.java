package io.bailiwick.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceParentTest {

  private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void aHeaderIsReadAndWrittenAsItCame() {
    assertEquals(HEADER, TraceParent.parse(HEADER).header());
    String unsampled = HEADER.substring(0, HEADER.length() - 1) + "0";
    assertEquals(unsampled, TraceParent.parse(unsampled).header());
  }

  @Test
  void aLaterVersionCountsByWhatItHasInCommon() {
    assertEquals(HEADER, TraceParent.parse("cc" + HEADER.substring(2) + "-what-comes").header());
  }

  @Test
  void whatIsNoPlaceInATraceCountsAsNone() {
    for (String bad :
        List.of(
            "",
            "nonsense",
            HEADER + "-more",
            "ff" + HEADER.substring(2),
            HEADER.toUpperCase(java.util.Locale.ROOT),
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")) {
      assertNull(TraceParent.parse(bad), bad);
    }
    assertNull(TraceParent.parse(null));
  }

  @Test
  void theStepsOfALeadHavePlacesOfTheirOwnThatAnyProcessFindsAgain() {
    TraceParent request = TraceParent.parse(HEADER);
    Entry accepted = Entry.accepted("id", Samples.lead("7"), 1, Samples.NOON, Origin.in(request));
    Entry sending =
        accepted
            .decided(Samples.assign(), Samples.NOON)
            .sending(Samples.NOON.plusSeconds(9), Samples.NOON);
    List<TraceParent> places =
        List.of(
            request, request.ofLead("id"), request.ofDecision(sending), request.ofAttempt(sending));
    assertEquals(4, places.stream().map(TraceParent::spanId).distinct().count());
    assertEquals(1, places.stream().map(TraceParent::traceId).distinct().count());
    assertEquals(request.ofAttempt(sending), TraceParent.parse(HEADER).ofAttempt(sending));
    assertNotEquals(request.ofLead("id"), request.ofLead("other"));
    assertEquals(request, sending.trace());
  }
}
