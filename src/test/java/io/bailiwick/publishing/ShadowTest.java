package io.bailiwick.publishing;

import static io.bailiwick.publishing.Desk.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.PublishAnswer;
import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.flow.Publisher.Mode;
import io.bailiwick.flow.Shadow.End;
import io.bailiwick.flow.ShadowAnswer;
import io.bailiwick.flow.ShadowStanding;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Stage;
import io.bailiwick.publishing.TroubledRulebooks.Trouble;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a candidate in shadow sees and says, and that no lead feels it; on virtual time. */
class ShadowTest {

  private static final RuleVersion WEST = rules("US=West");
  private static final RuleVersion MOVED = rules("US=East", "DE=East");

  private final Desk desk = new Desk(new MemoryJournal(), Mode.ON_APPROVAL).start(WEST);

  @Test
  void equalDecisionsAreCountedSameAndNotListed() {
    shadow("same", rules("US=West", "FR=East"));
    desk.post("US");
    desk.post("DE");
    ShadowStanding standing = standing();
    assertEquals(2, standing.counts().get(Change.SAME));
    assertEquals(2, standing.compared());
    assertEquals(Change.values().length, standing.counts().size(), "every change has its figure");
    assertEquals(List.of(), standing.differences());
    assertEquals(List.of(), standing.groups());
  }

  @Test
  void leadsItWouldMoveAreListedWithBothRulesAndNothingOfItIsRecorded() {
    String before = desk.post("US");
    shadow("moved", MOVED);
    String us = desk.post("US");
    String de = desk.post("DE");
    ShadowStanding standing = standing();
    assertEquals(1, standing.counts().get(Change.MOVED));
    assertEquals(1, standing.counts().get(Change.TO_ASSIGN));
    assertEquals(List.of(de, us), ids(standing), "the newest first, and none from before");
    var moved = standing.differences().get(1);
    assertEquals("West", moved.from().told());
    assertEquals("East", moved.to().told());
    assertEquals("US to West", moved.ruleBefore().rule());
    assertEquals("main.drl:1", moved.ruleBefore().place());
    assertEquals("US to East", moved.ruleAfter().rule());
    assertNull(standing.differences().get(0).ruleBefore());
    assertEquals(2, standing.groups().size());
    assertEquals(WEST.hash(), desk.entry(us).decision().receipt().rulebook());
    assertEquals(history(before), history(us));
    assertEquals("no_match", desk.entry(de).reason().word());
  }

  @Test
  void aLeadThatIsJudgedAgainCountsAgainAndIsListedOnce() {
    shadow("moved", MOVED);
    String de = desk.post("DE");
    desk.timers.runUntil(desk.timers.now().plus(Duration.ofMinutes(150)));
    ShadowStanding standing = standing();
    assertEquals(3, standing.counts().get(Change.TO_ASSIGN));
    assertEquals(List.of(de), ids(standing));
    assertEquals(3, standing.groups().get(0).count());
  }

  @Test
  void onlyTheLastThousandDifferingLeadsAreKeptAndAllAreCounted() {
    shadow("moved", MOVED);
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      // As many as are judged in one batch, which keeps their order.
      posted.addAll(desk.post("US", 100));
      settle();
    }
    assertEquals(1_100, standing().counts().get(Change.MOVED));
    assertEquals(1_000, standing().differences().size());
    assertEquals(posted.get(1_099), standing().differences().get(0).lead());
    assertEquals(posted.get(100), standing().differences().get(999).lead());
  }

  @ParameterizedTest
  @EnumSource(value = Trouble.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whateverItsTroubleEveryLeadGoesTheSameWayAtTheSameTime(Trouble trouble) {
    var alone = new Desk(new MemoryJournal(), Mode.ON_APPROVAL).start(WEST);
    alone.get(alone.publisher.submit("moved", MOVED, false));
    List<String> expected = alone.post("US", 300);
    alone.pass();

    shadow("moved", MOVED);
    desk.rulebooks.trouble(MOVED.hash(), trouble);
    List<String> posted = desk.post("US", 300);
    desk.pass();
    for (int i = 0; i < posted.size(); i++) {
      assertEquals(
          alone.entry(expected.get(i)).stage(), desk.entry(posted.get(i)).stage(), "lead " + i);
      assertEquals(
          alone.get(alone.journal.history(expected.get(i))).toString(),
          desk.get(desk.journal.history(posted.get(i))).toString());
    }
    assertEquals(Stage.ASSIGNED, desk.entry(posted.get(0)).stage());
    assertEquals(WEST.hash(), desk.serving());
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"THROWS", "FAILS"})
  void aJudgeThatBreaksCountsErrorsAndIsSaidOnce(Trouble trouble) {
    shadow("moved", MOVED);
    desk.rulebooks.trouble(MOVED.hash(), trouble);
    desk.post("US");
    desk.post("US");
    assertEquals(2, standing().counts().get(Change.ERROR));
    assertEquals("(internal)", standing().differences().get(0).to().told());
    assertEquals(1, desk.signals.stream().filter(Signal.Trouble.class::isInstance).count());
    desk.rulebooks.trouble(MOVED.hash(), Trouble.NONE);
    desk.post("US");
    assertEquals(1, standing().counts().get(Change.MOVED), "and it goes on");
  }

  @Test
  void whenItLagsLeadsAreSkippedAndCounted() {
    shadow("moved", MOVED);
    desk.rulebooks.trouble(MOVED.hash(), Trouble.NEVER_ENDS);
    List<String> posted = desk.post("US", 1_100);
    settle();
    assertTrue(posted.stream().allMatch(id -> desk.entry(id).stage() == Stage.ASSIGNED));
    assertEquals(0, standing().compared());
    assertEquals(1_100 - 1_024 - 1, standing().skipped(), "one is judged for ever, the rest wait");
  }

  @Test
  void aSlowOneIsCountedWhenItAnswers() {
    shadow("moved", MOVED);
    desk.rulebooks.trouble(MOVED.hash(), Trouble.IS_SLOW);
    String us = desk.post("US");
    assertEquals(Stage.ASSIGNED, desk.entry(us).stage());
    assertEquals(0, standing().compared());
    desk.timers.runUntil(desk.timers.now().plus(TroubledRulebooks.SLOW));
    assertEquals(List.of(us), ids(standing()));
  }

  @Test
  void afterThreeJudgementsThatDoNotEndItIsGivenUpAndWaitsOnAsACandidate() {
    shadow("moved", MOVED);
    desk.rulebooks.trouble(MOVED.hash(), Trouble.IS_GIVEN_UP);
    desk.post("US");
    desk.post("US");
    assertEquals(2, standing().counts().get(Change.ERROR));
    desk.post("US");
    assertEquals(End.ENDLESS, end());
    assertEquals(Candidate.State.WAITING, desk.standing().candidates().get(0).state());
    assertTrue(desk.get(desk.publisher.shadow().lastEnd()).orElseThrow().contains("did not end"));
    shadow("moved", MOVED.hash());
  }

  @Test
  void publishingItEndsIt() {
    shadow("moved", MOVED);
    assertInstanceOf(
        PublishAnswer.Serves.class, desk.get(desk.publisher.approve("moved", null, null)));
    assertEquals(End.PUBLISHED, end());
    assertNull(desk.standing().shadow());
    desk.post("US");
    assertEquals(MOVED.hash(), desk.serving());
  }

  @Test
  void anotherVersionThatServesEndsItToo() {
    shadow("moved", MOVED);
    desk.get(desk.publisher.submit("other", rules("US=West", "FR=East"), false));
    desk.get(desk.publisher.approve("other", null, null));
    assertEquals(End.OUTDATED, end());
    desk.post("US");
  }

  @Test
  void publishingRulesThatServeAlreadyEndsItBeforeItsRulebookIsRetired() {
    shadow("same", rules("US=West"));
    desk.get(desk.publisher.approve("same", null, null));
    assertEquals(End.PUBLISHED, end());
    desk.post("US");
  }

  @Test
  void aChangedCandidateEndsTheShadowOfTheOneItReplaces() {
    desk.seen(MOVED);
    begun(desk.publisher.shadow().begin(Candidate.FOLDER, MOVED.hash()));
    desk.post("US", 100);
    desk.publisher.seen(new Folder(rules("US=East"), null));
    desk.pass();
    assertEquals(End.WITHDRAWN, end());
    desk.post("US");
  }

  @Test
  void droppingItEndsItAndAnswersWhatItCameTo() {
    shadow("moved", MOVED);
    desk.post("US");
    assertEquals(1, desk.get(desk.publisher.shadow().drop()).orElseThrow().compared());
    assertEquals(End.DROPPED, end());
    assertTrue(desk.get(desk.publisher.shadow().drop()).isEmpty());
    desk.post("US");
    shadow("moved", MOVED.hash());
    assertEquals(0, standing().compared(), "it begins again");
  }

  @Test
  void thereIsOneAtATimeAndOnlyACandidateThatWaits() {
    assertInstanceOf(ShadowAnswer.Unknown.class, begin("none", null));
    desk.get(desk.publisher.submit("broken", Desk.version("rule", Map.of()), false));
    assertInstanceOf(ShadowAnswer.Refused.class, begin("broken", null));
    desk.publisher.seen(new Folder(MOVED, null));
    assertInstanceOf(ShadowAnswer.NotWaiting.class, begin(Candidate.FOLDER, null));
    desk.pass();
    assertInstanceOf(ShadowAnswer.Changed.class, begin(Candidate.FOLDER, WEST.hash()));
    var first = assertInstanceOf(ShadowAnswer.Judges.class, begin(Candidate.FOLDER, null));
    desk.pass();
    var again = assertInstanceOf(ShadowAnswer.Judges.class, begin(Candidate.FOLDER, null));
    assertEquals(first.standing().run(), again.standing().run(), "the same goes on");
    desk.get(desk.publisher.submit("other", rules("US=East"), false));
    var taken = assertInstanceOf(ShadowAnswer.Taken.class, begin("other", null));
    assertEquals(Candidate.FOLDER, taken.other().candidate());
    assertEquals(1, desk.signals.stream().filter(Signal.ShadowStarted.class::isInstance).count());
  }

  private void shadow(String name, RuleVersion version) {
    var candidate = desk.get(desk.publisher.submit(name, version, false));
    assertEquals(Candidate.State.WAITING, candidate.state(), candidate.firstObjection());
    shadow(name, version.hash());
  }

  private void shadow(String name, String hash) {
    begun(desk.publisher.shadow().begin(name, hash));
  }

  private void begun(CompletionStage<ShadowAnswer> answer) {
    assertInstanceOf(ShadowAnswer.Judges.class, desk.get(answer));
  }

  private ShadowAnswer begin(String name, String hash) {
    return desk.get(desk.publisher.shadow().begin(name, hash));
  }

  private ShadowStanding standing() {
    return desk.get(desk.publisher.shadow().standing()).orElseThrow();
  }

  /** What ended the last shadow. */
  private End end() {
    assertTrue(desk.get(desk.publisher.shadow().standing()).isEmpty());
    return desk.signals.stream()
        .filter(Signal.ShadowEnded.class::isInstance)
        .map(signal -> ((Signal.ShadowEnded) signal).end())
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private void settle() {
    desk.timers.runUntil(desk.timers.now().plus(Duration.ofMinutes(20)));
  }

  private List<String> history(String lead) {
    return desk.get(desk.journal.history(lead)).stream().map(line -> line.note()).toList();
  }

  private static List<String> ids(ShadowStanding standing) {
    return standing.differences().stream().map(one -> one.lead()).toList();
  }
}
