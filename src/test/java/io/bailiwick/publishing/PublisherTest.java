package io.bailiwick.publishing;

import static io.bailiwick.publishing.Desk.drl;
import static io.bailiwick.publishing.Desk.fixture;
import static io.bailiwick.publishing.Desk.rules;
import static io.bailiwick.publishing.Desk.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.PublishAnswer;
import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.flow.Publisher.Mode;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.MemoryJournal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which rulebook serves, and when; on virtual time, by the real judge. */
class PublisherTest {

  private static final RuleVersion WEST = rules("US=West");
  private static final RuleVersion BOTH = rules("US=West", "DE=East");
  private static final RuleVersion BROKEN = version("rule \"Half\" when Lead( contry ==", Map.of());

  private final MemoryJournal journal = new MemoryJournal();

  @Test
  void aChangeServesOnceItIsProvedAndTheLeadsItMovesLeaveAtOnce() {
    Desk desk = begin(WEST);
    String waiting = desk.post("DE");
    assertEquals("no_match", desk.entry(waiting).reason().word());
    desk.seen(BOTH);
    assertEquals(BOTH.hash(), desk.serving());
    assertEquals(Stage.ASSIGNED, desk.entry(waiting).stage());
    assertEquals(BOTH.hash(), desk.entry(waiting).decision().receipt().rulebook());
    assertTrue(desk.standing().candidates().isEmpty());
    assertFalse(desk.standing().differs());
  }

  @Test
  void aBrokenChangeLeavesWhatServesUntouchedAndSaysWhy() {
    Desk desk = begin(WEST);
    desk.seen(BROKEN);
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(Candidate.State.REFUSED, desk.candidate().state());
    assertTrue(desk.candidate().firstObjection().startsWith("main.drl:1"));
    assertTrue(desk.heard(Signal.CandidateRefused.class));
    desk.seen(WEST);
    assertTrue(desk.standing().candidates().isEmpty());
    assertTrue(desk.heard(Signal.CandidateWithdrawn.class));
    assertEquals(List.of(How.ON_CHANGE), desk.hows(), "nothing was published again");
  }

  @Test
  void aChangeThatFailsItsFixturesIsRefusedWithTheFixture() {
    Desk desk = begin(version(drl("US=West"), fixture("US", "West")));
    desk.seen(version(drl("US=East"), fixture("US", "West")));
    assertEquals(Candidate.State.REFUSED, desk.candidate().state());
    assertEquals("leads/one.json#1", desk.candidate().failing().get(0).place());
    desk.seen(version(drl("US=East"), fixture("US", "East")));
    assertEquals(rules("US=East").hash(), desk.serving());
  }

  @Test
  void aChangeThatAnalysisFindsWrongIsRefusedWithAnExampleLead() {
    Desk desk = begin(WEST);
    desk.seen(rules("US=West", "US=East"));
    assertEquals(WEST.hash(), desk.serving());
    var finding = desk.candidate().findings().get(0);
    assertEquals(Finding.Kind.TIE, finding.kind());
    assertEquals("US", String.valueOf(finding.example().country()));
    assertTrue(desk.candidate().firstObjection().startsWith("main.drl:"));
  }

  @Test
  void changedFixturesAloneAreProvedAndKeptWithoutAPublication() {
    Desk desk = begin(version(drl("US=West"), fixture("US", "West")));
    desk.seen(version(drl("US=West"), fixture("US", "East")));
    assertEquals(Candidate.State.REFUSED, desk.candidate().state());
    RuleVersion more = version(drl("US=West"), Map.of());
    desk.seen(more);
    assertTrue(desk.heard(Signal.CandidateKept.class));
    assertEquals(1, desk.hows().size());
    assertEquals(Map.of(), desk.get(journal.version(more.hash())).orElseThrow().fixtures());
  }

  @Test
  void onApprovalAProvedChangeWaitsUntilSomebodySaysSo() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.seen(BOTH);
    assertEquals(WEST.hash(), desk.serving());
    assertEquals("waiting for approval", desk.candidate().state().told());
    var other = desk.get(desk.publisher.approve(Candidate.FOLDER, WEST.hash(), null));
    assertInstanceOf(PublishAnswer.Changed.class, other);
    var answer = desk.get(desk.publisher.approve(Candidate.FOLDER, BOTH.hash(), "ana"));
    var published = ((PublishAnswer.Serves) answer).publication();
    assertEquals(How.APPROVED, published.how());
    assertEquals("ana", published.who());
    assertEquals(BOTH.hash(), desk.serving());
  }

  @Test
  void anApprovalBeforeTheProofIsKeptForIt() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.publisher.seen(new Folder(BOTH, null));
    var answer = desk.get(desk.publisher.approve(Candidate.FOLDER, null, "ana"));
    assertInstanceOf(PublishAnswer.Underway.class, answer);
    desk.pass();
    assertEquals(BOTH.hash(), desk.serving());
  }

  @Test
  void whatWasPublishedByNameServesOnAfterARestartAndRulesAreSaidToDiffer() {
    Desk desk = begin(WEST);
    var candidate = desk.get(desk.publisher.submit("summer", BOTH, false));
    assertEquals(Candidate.State.WAITING, candidate.state());
    desk.get(desk.publisher.approve("summer", null, null));
    assertTrue(desk.standing().differs());
    Desk next = Desk.after(desk, journal, WEST);
    assertEquals(BOTH.hash(), next.serving());
    assertTrue(next.heard(Signal.RulesDiffer.class));
    next.seen(WEST);
    assertEquals(BOTH.hash(), next.serving(), "that state of rules/ was taken before");
    next.seen(rules("FR=East"));
    assertEquals(rules("FR=East").hash(), next.serving(), "and this one was not");
  }

  @Test
  void aChangeMadeWhileTheServiceWasDownIsTakenAfterItsStart() {
    Desk desk = begin(WEST);
    Desk next = Desk.after(desk, journal, BOTH);
    assertEquals(WEST.hash(), next.serving());
    next.seen(BOTH);
    assertEquals(BOTH.hash(), next.serving());
  }

  @Test
  void anUploadedCandidateIsProvedByTheServingFixturesUnlessItBringsItsOwn() {
    Desk desk = begin(version(drl("US=West"), fixture("US", "West")));
    var served = desk.publisher.submit("a", rules("US=East"), false);
    assertEquals(Candidate.State.REFUSED, desk.get(served).state());
    var own = desk.publisher.submit("a", version(drl("US=East"), fixture("US", "East")), true);
    assertEquals(Candidate.State.WAITING, desk.get(own).state());
    assertInstanceOf(
        PublishAnswer.Unknown.class, desk.get(desk.publisher.approve("b", null, null)));
    desk.get(desk.publisher.submit("b", BROKEN, false));
    assertInstanceOf(
        PublishAnswer.Refused.class, desk.get(desk.publisher.approve("b", null, null)));
  }

  @Test
  void anEarlierVersionIsPublishedAgainByItsHashAndRulesAreNotTakenAgain() {
    Desk desk = begin(WEST);
    desk.seen(BOTH);
    var answer = desk.get(desk.publisher.publish(WEST.hash(), "ben"));
    assertEquals(How.ROLLED_BACK, ((PublishAnswer.Serves) answer).publication().how());
    desk.seen(BOTH);
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(WEST.hash(), Desk.after(desk, journal, BOTH).serving());
    assertInstanceOf(
        PublishAnswer.Unknown.class, desk.get(desk.publisher.publish("0".repeat(64), null)));
  }

  @Test
  void fallingBackServesTheVersionBeforeUntilRulesChange() {
    Desk desk = begin(WEST);
    desk.seen(BOTH);
    var third = rules("FR=East");
    desk.seen(third);
    var answer = desk.get(desk.publisher.fallBack("three judgements were abandoned"));
    var publication = ((PublishAnswer.Serves) answer).publication();
    assertEquals(BOTH.hash(), publication.hash());
    assertEquals("three judgements were abandoned", publication.note());
    desk.seen(third);
    assertEquals(BOTH.hash(), desk.serving(), "what was given up is not taken again");
    Desk next = Desk.after(desk, journal, third);
    next.seen(third);
    assertEquals(BOTH.hash(), next.serving(), "nor after a restart");
    next.get(next.publisher.fallBack("again"));
    assertEquals(WEST.hash(), next.serving());
    var none = next.get(next.publisher.fallBack("and again"));
    assertInstanceOf(PublishAnswer.Unknown.class, none);
    assertEquals(WEST.hash(), next.serving());
    next.seen(rules("JP=East"));
    assertEquals(rules("JP=East").hash(), next.serving(), "a change is a change");
  }

  @Test
  void threeJudgementsThatDoNotEndGiveTheVersionUp() {
    Desk desk = begin(WEST);
    desk.seen(BOTH);
    for (int i = 0; i < 3; i++) {
      desk.publisher.abandoned(WEST.hash());
    }
    desk.publisher.abandoned(BOTH.hash());
    desk.publisher.abandoned(BOTH.hash());
    desk.pass();
    assertEquals(BOTH.hash(), desk.serving(), "those by another version do not count");
    desk.publisher.abandoned(BOTH.hash());
    desk.pass();
    assertEquals(WEST.hash(), desk.serving());
    for (int i = 0; i < 3; i++) {
      desk.publisher.abandoned(WEST.hash());
    }
    desk.pass();
    assertEquals(WEST.hash(), desk.serving(), "there is none before it");
    assertTrue(desk.heard(Signal.Trouble.class));
  }

  @Test
  void whileOneIsProvedALaterChangeTakesItsPlace() {
    Desk desk = begin(WEST);
    desk.publisher.seen(new Folder(BOTH, null));
    desk.publisher.seen(new Folder(rules("FR=East"), null));
    desk.pass();
    assertEquals(rules("FR=East").hash(), desk.serving());
    assertEquals(2, desk.hows().size());
    assertEquals(1, desk.rulebooks.open());
    assertEquals(2, desk.signals.stream().filter(Signal.CandidateTaken.class::isInstance).count());
  }

  @Test
  void aChangeThatIsTakenBackWhileItIsBeingPublishedDoesNotServe() {
    Desk desk = begin(WEST);
    desk.publisher.seen(new Folder(BOTH, null));
    desk.awaitPublishing();
    desk.seen(WEST);
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(List.of(How.ON_CHANGE), desk.hows());
    assertTrue(desk.heard(Signal.CandidateWithdrawn.class));
    assertFalse(desk.heard(Signal.Trouble.class), "nothing went wrong");
    assertEquals(1, desk.rulebooks.open());
    desk.seen(BOTH);
    assertEquals(BOTH.hash(), desk.serving(), "and it can be made again");
  }

  /** As of an instance that stood still, or did not hear that its own publication was kept. */
  @Test
  void aPublicationThatAnotherOvertookDoesNotServeAndTheOtherIsFollowed() {
    Desk desk = begin(WEST);
    desk.get(desk.publisher.submit("summer", rules("FR=East"), true));
    Desk other = Desk.after(desk, journal, WEST);
    other.seen(BOTH);
    var answer = desk.get(desk.publisher.approve("summer", null, "ana"));
    assertInstanceOf(PublishAnswer.Overtaken.class, answer);
    desk.pass();
    assertEquals(BOTH.hash(), desk.serving());
    assertEquals(2, desk.hows().size());
    assertFalse(desk.heard(Signal.Trouble.class), "nothing went wrong");
    desk.get(desk.publisher.approve("summer", null, "ana"));
    assertEquals(rules("FR=East").hash(), desk.serving());
    assertInstanceOf(
        PublishAnswer.Overtaken.class, other.get(other.publisher.publish(WEST.hash(), "ben")));
  }

  @Test
  void aChangeOfRulesThatAnotherInstancePublishedFirstIsDealtWith() {
    Desk desk = begin(WEST);
    Desk other = Desk.after(desk, journal, WEST);
    other.seen(BOTH);
    desk.seen(BOTH);
    assertEquals(BOTH.hash(), desk.serving());
    assertEquals(2, desk.hows().size());
    assertTrue(desk.standing().candidates().isEmpty(), "it waits for nobody");
    assertFalse(desk.heard(Signal.Trouble.class));
  }

  @Test
  void aProvedChangeThatWaitsForAPersonIsToldOf() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.seen(BOTH);
    assertTrue(desk.heard(Signal.CandidateWaits.class));
  }

  @Test
  void whatIsUploadedAndServesIsNoCandidateOfRulesAnyMoreWhereTheyHoldTheSame() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.seen(BOTH);
    desk.get(desk.publisher.submit("other", rules("FR=East"), true));
    desk.get(desk.publisher.submit("summer", BOTH, true));
    assertEquals(3, desk.standing().candidates().size());
    desk.get(desk.publisher.approve("summer", null, "ana"));
    assertEquals(
        List.of("other"), desk.standing().candidates().stream().map(Candidate::name).toList());
    desk.seen(BOTH);
    assertEquals(1, desk.standing().candidates().size(), "it was dealt with");
  }

  private Desk begin(RuleVersion folder) {
    return begin(Mode.ON_CHANGE, folder);
  }

  private Desk begin(Mode mode, RuleVersion folder) {
    return new Desk(journal, mode).start(folder);
  }
}
