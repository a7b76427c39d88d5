package io.bailiwick.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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

  @Test
  void noTwoLeadsOfOneRequestHaveOnePlace() {
    TraceParent request = TraceParent.parse(HEADER);
    var names = new Random(7);
    long places =
        IntStream.range(0, 100_000)
            .mapToObj(i -> new UUID(0x0190_0000_0000_7000L + i / 1_000, names.nextLong()))
            .map(id -> request.ofLead(id.toString()).spanId())
            .distinct()
            .count();
    assertEquals(100_000, places);
  }

  /** By the form that the standard gives, against headers with one character changed. */
  @Test
  void nothingButTheStandardsFormIsReadAsAPlace() {
    Pattern form = Pattern.compile("(?!ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    for (int at = 0; at < HEADER.length(); at++) {
      for (char c : "0f9aAgZ-/:@`\u0660 ".toCharArray()) {
        String header = HEADER.substring(0, at) + c + HEADER.substring(at + 1);
        boolean read = TraceParent.parse(header) != null;
        assertEquals(form.matcher(header.strip()).matches(), read, header);
      }
      assertNull(TraceParent.parse(HEADER.substring(0, at)));
    }
  }
}
