package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Calls.Ready;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallsTest {

  private static final Instant NOON = Samples.NOON;
  private static final Duration QUICK = Duration.ofMillis(100);
  private static final Duration SLOW = Duration.ofSeconds(3);

  private final List<Integer> underWay = new ArrayList<>();
  private final Calls calls =
      new Calls(signal -> underWay.add(((Signal.InFlight) signal).calls()), 2);

  @Test
  void noMoreLeaveThanMayBeUnderWayAndTheNextWhenOneIsAnswered() {
    begin(3);
    assertNotNull(calls.leave());
    assertNotNull(calls.leave());
    assertNull(calls.leave());
    calls.answered(QUICK);
    assertNotNull(calls.leave());
    assertEquals(List.of(1, 2, 1, 2), underWay, "each is told");
    assertEquals(2, underWay.stream().max(Integer::compare).orElseThrow());
  }

  @Test
  void twiceAsManyMoreAreBegunWhileTheyAreAnsweredQuicklyAndNoneLessThanNone() {
    assertEquals(2, calls.room());
    begin(2);
    assertEquals(0, calls.room());
    calls.leave();
    calls.answered(QUICK);
    assertEquals(4, calls.room(), "one is still to be recorded");
    begin(2);
    calls.leave();
    calls.answered(SLOW);
    assertEquals(0, calls.room());
    calls.ended();
    calls.ended();
    calls.ended();
    assertFalse(calls.none());
    assertEquals(1, calls.room());
    calls.ended();
    assertTrue(calls.none());
  }

  @Test
  void whoHasJustComeGoesBeforeABacklogsCallsAndEveryOtherIsStillTheirs() {
    Calls one = new Calls(signal -> {}, 4);
    List<Ready> backlog = IntStream.range(0, 3).mapToObj(i -> of(NOON.plusMillis(i))).toList();
    backlog.forEach(one::ready);
    List<Ready> fresh = IntStream.range(60, 62).mapToObj(i -> of(NOON.plusSeconds(i))).toList();
    fresh.forEach(one::ready);
    assertEquals(
        List.of(backlog.get(0), fresh.get(1), backlog.get(1), fresh.get(0)),
        IntStream.range(0, 4).mapToObj(i -> one.leave()).toList());
  }

  @Test
  void whatCameAtAboutTheSameTimeLeavesInTheOrderInWhichItWasReady() {
    Calls one = new Calls(signal -> {}, 3);
    List<Ready> all = IntStream.of(0, 1_000, 500).mapToObj(i -> of(NOON.plusMillis(i))).toList();
    all.forEach(one::ready);
    assertEquals(all, IntStream.range(0, 3).mapToObj(i -> one.leave()).toList());
  }

  private static Ready of(Instant accepted) {
    return new Ready(
        List.of(Entry.accepted("lead", Samples.lead("1"), 1, accepted)),
        Duration.ZERO,
        Duration.ZERO);
  }

  @Test
  void whatHasNotLeftIsTakenBackButForLookingUp() {
    calls.begin(2);
    calls.ready(new Ready(List.of(), Duration.ZERO));
    calls.ready(new Ready(List.of(), Duration.ZERO, Duration.ZERO));
    assertEquals(List.of(false), calls.notLeft().stream().map(Ready::look).toList());
    Ready left = calls.leave();
    assertNotNull(left);
    assertTrue(left.look());
    assertNull(calls.leave());
  }

  @Test
  void aLongerRestStandsAndWhatIsReadyWaitsNoLongerThanASecond() {
    assertEquals(Duration.ZERO, calls.rest(NOON));
    assertTrue(calls.restUntil(NOON.plusSeconds(9)));
    assertFalse(calls.restUntil(NOON.plusSeconds(5)));
    assertEquals(Duration.ofSeconds(8), calls.rest(NOON.plusSeconds(1)));
    calls.rested(NOON.plusSeconds(5));
    assertEquals(Duration.ofMillis(1), calls.rest(NOON.plusSeconds(9)), "by a clock that was set");
    calls.rested(NOON.plusSeconds(9));
    assertEquals(Duration.ZERO, calls.rest(NOON));
    var one = new Ready(List.of(), Duration.ZERO, Duration.ofSeconds(2));
    assertFalse(one.waitedTooLong(Duration.ofMillis(2_999)));
    assertTrue(one.waitedTooLong(Duration.ofSeconds(3)));
  }

  @Test
  void whatWasHeardLateDoesNotLeaveSoLateThatItsAnswerComesAfterItIsLookedUp() {
    var heardLate = new Ready(List.of(), Duration.ZERO, Duration.ofSeconds(22));
    assertTrue(heardLate.waitedTooLong(Duration.ofSeconds(22)));
    var heardSoon = new Ready(List.of(), Duration.ZERO, Duration.ofMillis(2_500));
    assertFalse(heardSoon.waitedTooLong(Duration.ofMillis(2_999)));
  }

  @Test
  void anAnswerThatTakesASecondIsNotQuick() {
    begin(2);
    calls.leave();
    calls.answered(Duration.ofMillis(999));
    assertEquals(4, calls.room());
    calls.leave();
    calls.answered(Duration.ofSeconds(1));
    assertEquals(0, calls.room());
  }

  private void begin(int many) {
    calls.begin(many);
    for (int i = 0; i < many; i++) {
      calls.ready(new Ready(List.of(), Duration.ZERO, Duration.ZERO));
    }
  }
}
