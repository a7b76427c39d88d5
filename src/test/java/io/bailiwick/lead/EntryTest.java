package io.bailiwick.lead;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The whole table of stage × event: every legal move ends where it should, every other throws. */
class EntryTest {

  private static final Map<String, UnaryOperator<Entry>> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put("decide", e -> e.decided(Samples.assign(), NOON));
    EVENTS.put("queue", e -> e.queued(Samples.queue(Blocker.API_DISABLED), NOON, NOON));
    EVENTS.put("send", e -> e.sending(NOON, NOON));
    EVENTS.put("check later", e -> e.unresolved(NOON, Attempts.NONE, NOON));
    EVENTS.put("send again", e -> e.notWritten(NOON));
    EVENTS.put("assign", e -> e.assigned(NOON));
    EVENTS.put(
        "postpone",
        e -> e.postponed(QueueReason.CRM_UNAVAILABLE, NOON, e.attempts().putOff(), NOON));
    EVENTS.put("refuse", e -> e.refused(NOON, NOON));
    EVENTS.put("park", e -> e.parked(ParkReason.REJECTED, NOON));
    EVENTS.put("supersede", e -> e.supersededBy("other", NOON));
    EVENTS.put("retry", e -> e.retried(NOON, NOON));
    EVENTS.put("re-decide", e -> e.reconsidered(NOON, NOON));
    EVENTS.put("assign by hand", e -> e.assignedByHand(Samples.byHand(), NOON));
    EVENTS.put("close", e -> e.closed(NOON));
    EVENTS.put("erase", e -> e.erased(NOON));
    EVENTS.put("realign", e -> e.realigned(Samples.assign(), NOON, NOON));
    EVENTS.put("leave alone", e -> e.leftAlone(NOON));
    EVENTS.put("watch", e -> e.watched(NOON, NOON));
  }

  /** One word an event, in the order above: where it ends; a dash where it is illegal. */
  private static final Map<Stage, String> LEGAL = new EnumMap<>(Stage.class);

  static {
    LEGAL.put(
        Stage.ACCEPTED, "decided queued - - - - queued - parked superseded - - - - erased - - -");
    LEGAL.put(Stage.DECIDED, "- - sending - - - queued - parked superseded - - - - erased - - -");
    LEGAL.put(
        Stage.SENDING, "- - - sending decided assigned queued queued parked - - - - - - - - -");
    LEGAL.put(Stage.ASSIGNED, "- - - - - - - - - superseded - - - - erased decided - assigned");
    LEGAL.put(
        Stage.QUEUED,
        "decided queued - - - - queued - parked superseded queued accepted decided parked erased"
            + " - - -");
    LEGAL.put(
        Stage.PARKED, "- - - - - - - - - superseded decided accepted decided parked erased - - -");
    LEGAL.put(Stage.SUPERSEDED, "- - - - - - - - - - - - - - erased - - -");
    LEGAL.put(Stage.ERASED, "- - - - - - - - - - - - - - - - - -");
  }

  @TestFactory
  Stream<DynamicTest> everyMoveOfTheTableEndsWhereItShouldAndNoOtherIsPossible() {
    return Stream.of(Stage.values())
        .flatMap(
            stage -> {
              String[] ends = LEGAL.get(stage).split(" ");
              assertEquals(EVENTS.size(), ends.length);
              var names = EVENTS.keySet().toArray(String[]::new);
              return Stream.iterate(0, i -> i < ends.length, i -> i + 1)
                  .map(
                      i ->
                          DynamicTest.dynamicTest(
                              stage + " × " + names[i] + " = " + ends[i],
                              () -> check(in(stage), names[i], ends[i])));
            });
  }

  @Test
  void retryOfADeadLetterWithoutADecisionAsksTheRules() {
    Entry parked = accepted().parked(ParkReason.INTERNAL, NOON);
    assertEquals(Stage.ACCEPTED, parked.retried(NOON, NOON).stage());
  }

  @Test
  void oneThatTakesAnothersPlaceRemembersWhatTheCrmShowsUntilItIsThere() {
    Entry assigned = in(Stage.ASSIGNED);
    Decision other = Decision.assign(new TerritoryRef("2", "East"), Samples.receipt("s"));
    Entry moving = assigned.realigned(other, NOON, NOON);
    assertEquals(assigned.decision(), moving.previous());
    Entry sending = moving.sending(NOON, NOON);
    assertNull(sending.assigned(NOON).previous());
    assertEquals(other, sending.assigned(NOON).decision());
    assertEquals(assigned.decision(), sending.leftAlone(NOON).decision());
    assertEquals(Stage.ASSIGNED, sending.leftAlone(NOON).stage());
    Entry waiting = sending.refused(NOON, NOON);
    assertEquals(assigned.decision(), waiting.previous());
    Entry back = waiting.realigned(assigned.decision(), NOON, NOON);
    assertEquals(other, back.previous());
    assertEquals(assigned.decision(), back.decision());
    assertNull(waiting.assignedByHand(Samples.byHand(), NOON).previous());
  }

  @Test
  void aPersonsDecisionIsMarkedAndOneThatIsNotIsNoneOfTheirs() {
    Entry assigned = in(Stage.PARKED).assignedByHand(Samples.byHand(), NOON);
    assertEquals("ana", assigned.decision().receipt().by());
    assertThrows(
        IllegalStateException.class, () -> in(Stage.PARKED).assignedByHand(Samples.assign(), NOON));
    assertNull(in(Stage.PARKED).reconsidered(NOON, NOON).decision());
    assertEquals(ParkReason.CLOSED, in(Stage.QUEUED).closed(NOON).parkReason());
  }

  @Test
  void aRefusalCostsNoAttemptAndRemembersSinceWhen() {
    Entry refused = in(Stage.SENDING).refused(NOON.plusSeconds(5), NOON);
    assertEquals(0, refused.attempts().spent());
    assertEquals(NOON, refused.attempts().refusedSince());
    assertEquals(Blocker.REFUSED.word(), refused.blocker());
    Entry notReady = refused.queued(Samples.queue(Blocker.INACTIVE), NOON, NOON);
    assertNull(notReady.attempts().refusedSince(), "the territory is known not to be ready");
  }

  @Test
  void nothingOfTheOldStagesOwnFactsIsLeftBehind() {
    Entry queued = in(Stage.QUEUED);
    Entry decided = queued.decided(Samples.assign(), NOON);
    assertNull(decided.reason());
    assertNull(decided.blocker());
    Entry assigned = in(Stage.SENDING).assigned(NOON);
    assertNull(assigned.due());
    assertTrue(assigned.stage().atRest());
  }

  private static void check(Entry entry, String event, String end) {
    UnaryOperator<Entry> move = EVENTS.get(event);
    if (end.equals("-")) {
      assertThrows(IllegalStateException.class, () -> move.apply(entry));
      return;
    }
    Entry after = move.apply(entry);
    assertEquals(end, after.stage().status());
    assertEquals(entry.version() + 1, after.version());
    assertEquals(entry.id(), after.id());
    assertEquals(after.stage().atRest() && !event.equals("watch"), after.due() == null);
    assertEquals(after.stage() == Stage.QUEUED, after.reason() != null);
  }

  private static Entry accepted() {
    return Entry.accepted("id", Samples.lead("1"), 1, NOON);
  }

  private static Entry in(Stage stage) {
    return switch (stage) {
      case ACCEPTED -> accepted();
      case DECIDED -> accepted().decided(Samples.assign(), NOON);
      case SENDING -> in(Stage.DECIDED).sending(NOON, NOON);
      case ASSIGNED -> in(Stage.SENDING).assigned(NOON);
      case QUEUED -> accepted().queued(Samples.queue(Blocker.API_DISABLED), NOON, NOON);
      case PARKED -> in(Stage.DECIDED).parked(ParkReason.REJECTED, NOON);
      case SUPERSEDED -> accepted().supersededBy("other", NOON);
      case ERASED -> in(Stage.PARKED).erased(NOON);
    };
  }
}
