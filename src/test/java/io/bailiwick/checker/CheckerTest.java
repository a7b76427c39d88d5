package io.bailiwick.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.checker.Evidence.Answer;
import io.bailiwick.checker.Evidence.Attempt;
import io.bailiwick.checker.Evidence.Bounds;
import io.bailiwick.checker.Evidence.Call;
import io.bailiwick.checker.Evidence.Decided;
import io.bailiwick.checker.Evidence.Reign;
import io.bailiwick.checker.Evidence.Step;
import io.bailiwick.checker.Evidence.Stored;
import io.bailiwick.checker.Evidence.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A checker that never failed proves nothing: each promise is broken once, and told by name. */
class CheckerTest {

  private static final Instant BEGAN = Instant.parse("2026-03-02T08:00:00Z");
  private static final String RECORD = "Leads/1";

  private final List<Told> told = new ArrayList<>();
  private final List<Stored> journal = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, String> shown = new HashMap<>();
  private final List<Reign> reigns = new ArrayList<>();
  private boolean persistent = true;

  /**
   * One record of two revisions, the first of which gave way while it was sent; and a queued one.
   */
  CheckerTest() {
    told.add(new Told("a", "1", "west"));
    told.add(new Told("b", "2", "east"));
    told.add(new Told("c", "3", ""));
    journal.add(
        stored("1", "a", 1, "superseded", "2", decided("assign west", "west"))
            .history("accepted 0", "decided 1", "sending 2", "assigned 4", "superseded 4")
            .made());
    journal.add(
        stored("2", "b", 2, "assigned", null, decided("assign east", "east"))
            .history("accepted 3", "decided 3", "sending 4", "decided 5", "sending 5", "assigned 9")
            .made());
    journal.add(
        stored("3", "c", 1, "queued", "NO_MATCH", decided("queue no_match", null))
            .line("Leads/2")
            .due(3_600)
            .history("accepted 0", "queued 1")
            .made());
    attempts.add(attempt(1, "west", 2, 4, Answer.TAKEN, 0));
    attempts.add(attempt(2, "east", 4, 5, Answer.LIMITED, 1));
    attempts.add(attempt(3, "east", 7, 9, Answer.TAKEN, 0));
    shown.put(RECORD, "east");
    reigns.add(new Reign("rules", BEGAN));
  }

  @Test
  void aRunThatKeptEverythingIsFoundSound() {
    assertEquals(Map.of(), Checker.broken(evidence()));
    Checker.check(evidence());
  }

  @Test
  void everyPromiseIsToldByItsNameAndWithItsLead() {
    journal.remove(2);
    AssertionError broken = assertThrows(AssertionError.class, () -> Checker.check(evidence()));
    assertTrue(
        broken
            .getMessage()
            .contains(
                "KEPT: what was acknowledged is in the journal once, and nothing is that nobody"
                    + " sent"),
        broken.getMessage());
    assertTrue(broken.getMessage().contains("c was acknowledged as 3"), broken.getMessage());
  }

  @Test
  void aLeadThatIsLostOrDoubledOrOfNobodyIsNotKept() {
    Stored queued = journal.remove(2);
    assertBroken(Condition.KEPT);
    journal.add(queued);
    journal.add(queued);
    assertBroken(Condition.KEPT);
    journal.remove(3);
    told.remove(2);
    assertBroken(Condition.KEPT);
    // The same key made a second lead.
    told.add(new Told("c", "3", ""));
    journal.add(
        stored("4", "c", 1, "queued", "NO_MATCH", decided("queue no_match", null))
            .line("Leads/3")
            .due(3_600)
            .history("accepted 0", "queued 1")
            .made());
    assertBroken(Condition.KEPT);
  }

  @Test
  void aLeadOutOfItsStateOrThereByAWayThatNobodyDrewIsNotInOneState() {
    change(1, lead -> lead.history("accepted 3", "decided 3", "assigned 9"));
    assertBroken(Condition.ONE_STATE);
    change(1, lead -> lead.history("accepted 3", "decided 3", "sending 4", "queued 9"));
    assertBroken(Condition.ONE_STATE);
  }

  @Test
  void aQueuedLeadWithoutAReasonIsNotInOneState() {
    change(2, lead -> lead.why(null));
    assertBroken(Condition.ONE_STATE);
  }

  @Test
  void aLeadThatWaitsForNothingIsNotDue() {
    change(2, lead -> lead.due(null));
    assertBroken(Condition.DUE);
  }

  @Test
  void aRecordThatShowsAnotherTerritoryWasNotWrittenLast() {
    shown.put(RECORD, "west");
    assertBroken(Condition.LAST_WRITE);
  }

  @Test
  void anOlderRevisionThatWasWrittenAfterTheNewerOneIsTold() {
    attempts.set(0, attempt(1, "west", 10, 11, Answer.TAKEN, 0));
    assertBroken(Condition.LAST_WRITE);
  }

  @Test
  void aDecisionThatIsNotWhatItsOwnerExpectsIsTold() {
    told.set(2, new Told("c", "3", "west"));
    assertBroken(Condition.LAST_WRITE, Condition.CONVERGED);
  }

  @Test
  void aWriteThatBeginsBeforeTheOneBeforeHasEndedIsTold() {
    attempts.set(0, attempt(1, "west", 2, 6, Answer.TAKEN, 0));
    assertBroken(Condition.ONE_WRITER);
    attempts.set(0, attempt(1, "west", 2, 6, Answer.UNKNOWN, 0));
    assertEquals(Map.of(), Checker.broken(evidence()), "nobody can know when that one ends");
  }

  @Test
  void aDecisionThatComesOutOtherwiseIsTold() {
    var was = new Decided("assign east", "east", "assign west", "rules", BEGAN);
    change(1, lead -> lead.decision(was));
    assertBroken(Condition.SAME_AGAIN);
  }

  @Test
  void aDecisionOfRulesThatDoNotServeYetOrNoLongerIsTold() {
    reigns.set(0, new Reign("rules", BEGAN.plusSeconds(9)));
    assertBroken(Condition.SERVED);
    reigns.set(0, new Reign("rules", BEGAN.minusSeconds(90)));
    reigns.add(new Reign("others", BEGAN.minusSeconds(30)));
    assertBroken(Condition.SERVED);
    reigns.set(1, new Reign("others", BEGAN.plusSeconds(2)));
    assertEquals(Map.of(), Checker.broken(evidence()));
  }

  @Test
  void aWriteWithoutACauseIsTold() {
    attempts.add(attempt(4, "east", 10, 11, Answer.TAKEN, 0));
    assertBroken(Condition.FEW_WRITES);
    attempts.set(1, attempt(2, "east", 4, 5, Answer.UNKNOWN, 0));
    assertEquals(Map.of(), Checker.broken(evidence()), "what nobody knew may be done again");
  }

  @Test
  void aWriteBeforeTheEndOfTheRestThatTheCrmAskedForIsTold() {
    attempts.set(1, attempt(2, "east", 4, 5, Answer.LIMITED, 4));
    assertBroken(Condition.GATES);
  }

  @Test
  void moreCallsAtOnceThanThereMayBeAreTold() {
    calls.add(new Call(0, at(1), null));
    calls.add(new Call(0, at(1), at(5)));
    calls.add(new Call(0, at(2), at(9)));
    calls.add(new Call(0, at(5), at(6)));
    calls.add(new Call(1, at(4), at(6)));
    assertEquals(Map.of(), Checker.broken(evidence()));
    calls.add(new Call(0, at(4), at(6)));
    assertBroken(Condition.GATES);
  }

  @Test
  void aLeadThatComesToRestTooLateOrNeverIsTold() {
    change(1, lead -> lead.history("accepted 3", "decided 3", "sending 4", "assigned 900"));
    assertBroken(Condition.CONVERGED);
    told.add(new Told("d", null, "west"));
    change(1, lead -> lead.history("accepted 3", "decided 3", "sending 4", "assigned 9"));
    assertBroken(Condition.CONVERGED);
    persistent = false;
    assertEquals(Map.of(), Checker.broken(evidence()), "its source gave up");
  }

  private void assertBroken(Condition... conditions) {
    assertEquals(Set.of(conditions), new HashSet<>(Checker.broken(evidence()).keySet()));
  }

  private void change(int which, UnaryOperator<Making> how) {
    journal.set(which, how.apply(new Making(journal.get(which))).made());
  }

  private Evidence evidence() {
    var bounds =
        new Bounds(
            3,
            at(10),
            at(7_200),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ZERO,
            persistent);
    return new Evidence(told, journal, calls, attempts, shown, reigns, bounds);
  }

  private static Decided decided(String outcome, String territory) {
    return new Decided(outcome, territory, outcome, "rules", BEGAN.plusSeconds(1));
  }

  private static Attempt attempt(
      long call, String territory, int begin, int end, Answer answer, int rest) {
    Duration pause = rest == 0 ? null : Duration.ofSeconds(rest);
    return new Attempt(0, call, RECORD, territory, at(begin), at(end), answer, pause);
  }

  private static Instant at(int seconds) {
    return BEGAN.plusSeconds(seconds);
  }

  private static Making stored(
      String id, String key, long revision, String status, String why, Decided decision) {
    return new Making(
        new Stored(id, key, RECORD, revision, BEGAN, status, null, why, decision, List.of()));
  }

  /** A stored lead with one part of it changed. */
  private record Making(Stored made) {
    Making line(String line) {
      return with(line, made.due(), made.why(), made.decision(), made.history());
    }

    Making due(Integer seconds) {
      Instant due = seconds == null ? null : at(7_200 + seconds);
      return with(made.line(), due, made.why(), made.decision(), made.history());
    }

    Making why(String why) {
      return with(made.line(), made.due(), why, made.decision(), made.history());
    }

    Making decision(Decided decision) {
      return with(made.line(), made.due(), made.why(), decision, made.history());
    }

    Making history(String... steps) {
      List<Step> history = new ArrayList<>();
      for (String step : steps) {
        String[] parts = step.split(" ");
        history.add(new Step(at(Integer.parseInt(parts[1])), parts[0]));
      }
      return with(made.line(), made.due(), made.why(), made.decision(), history);
    }

    private Making with(
        String line, Instant due, String why, Decided decision, List<Step> history) {
      return new Making(
          new Stored(
              made.id(),
              made.key(),
              line,
              made.revision(),
              made.acceptedAt(),
              made.status(),
              due,
              why,
              decision,
              history));
    }
  }
}
