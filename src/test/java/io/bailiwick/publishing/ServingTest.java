package io.bailiwick.publishing;

import static io.bailiwick.publishing.Desk.rules;
import static io.bailiwick.publishing.Desk.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.flow.PublishAnswer;
import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.flow.Publisher.Mode;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.MemoryJournal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What begins to serve, what is told of it, and what falls due by it. */
class ServingTest {

  private static final RuleVersion WEST = rules("US=West");
  private static final RuleVersion BOTH = rules("US=West", "DE=East");

  private final MemoryJournal journal = new MemoryJournal();

  @Test
  void aPublicationIsToldAndSoIsWhatItWoke() {
    Desk desk = begin(WEST);
    desk.seen(rules("US=West", "FR=East"));
    assertEquals(2, all(desk, Signal.Published.class).size());
    assertFalse(desk.heard(Signal.RulesWoke.class), "nobody waited");
    desk.post("DE", 3);
    desk.pass();
    desk.seen(BOTH);
    assertEquals(List.of(new Signal.RulesWoke(3)), all(desk, Signal.RulesWoke.class));
  }

  @Test
  void aStartTellsWhatServesAndWakesWhomNobodyWokeBefore() {
    Desk desk = begin(WEST);
    String waits = desk.post("DE");
    desk.failing.add("wakeForRules");
    desk.seen(BOTH);
    assertEquals("no_match", desk.entry(waits).reason().word());
    journal.reopen();
    Desk next = new Desk(journal, Mode.ON_CHANGE, desk.timers.now().plusSeconds(1)).start(BOTH);
    next.pass();
    assertEquals(Stage.ASSIGNED, next.entry(waits).stage());
    assertEquals(BOTH.hash(), all(next, Signal.Serving.class).get(0).publication().hash());
    assertEquals(1, next.rulebooks.open());
    next.publisher.close();
    assertEquals(0, next.rulebooks.open());
  }

  @Test
  void whatAnotherPublishedServesHereOnceThatIsHeard() {
    Desk desk = begin(WEST);
    Desk other = another(desk);
    other.seen(BOTH);
    desk.pass();
    assertEquals(WEST.hash(), desk.serving(), "nobody said so");
    desk.hearsOfOtherRules();
    assertEquals(BOTH.hash(), desk.serving());
    assertEquals(1, desk.rulebooks.open());
    assertEquals(Stage.ASSIGNED, desk.entry(desk.post("DE")).stage());
  }

  @Test
  void whereAnotherPublishedTheSameRulesAgainTheyServeOnByTheLaterPublication() {
    Desk desk = begin(WEST);
    Desk other = another(desk);
    other.seen(BOTH);
    other.get(other.publisher.publish(WEST.hash(), "ben"));
    desk.hearsOfOtherRules();
    assertEquals(How.ROLLED_BACK, desk.standing().publication().how());
    assertEquals(1, desk.rulebooks.open());
    assertEquals(Stage.ASSIGNED, desk.entry(desk.post("US")).stage());
    desk.get(desk.publisher.publish(BOTH.hash(), "ana"));
    assertEquals(BOTH.hash(), desk.serving(), "it follows the last");
  }

  @Test
  void whatCannotBeReadOfTheOthersIsToldAndFollowedLater() {
    Desk desk = begin(WEST);
    Desk other = another(desk);
    other.seen(BOTH);
    desk.failing.add("publications");
    desk.hearsOfOtherRules();
    assertTrue(desk.heard(Signal.Trouble.class));
    desk.failing.clear();
    desk.hearsOfOtherRules();
    assertEquals(BOTH.hash(), desk.serving());
  }

  @Test
  void rulesThatDoNotCompileHereAreToldOnceAndWhatServedGoesOn() {
    Desk desk = begin(WEST);
    var theirs = version("rule \"New\" when Lead() then newAction(); end", Map.of());
    var before = desk.standing().publication();
    var after = new Publication(theirs.hash(), desk.timers.now(), How.ON_CHANGE, null, null);
    desk.get(journal.keepVersion(theirs, new Succession(after, before), null));
    desk.hearsOfOtherRules();
    desk.hearsOfOtherRules();
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(1, all(desk, Signal.Trouble.class).size());
  }

  @Test
  void whatIsGivenUpWhileRulesBringItAnewDoesNotComeBack() {
    Desk desk = begin(WEST);
    desk.get(desk.publisher.submit("summer", BOTH, true));
    desk.get(desk.publisher.approve("summer", null, "ana"));
    desk.publisher.seen(new Folder(BOTH, null));
    desk.get(desk.publisher.fallBack("it does not end"));
    desk.pass();
    assertEquals(WEST.hash(), desk.serving());
    assertTrue(desk.standing().candidates().isEmpty());
    desk.seen(BOTH);
    assertEquals(WEST.hash(), desk.serving());
  }

  @Test
  void whatRulesBringBesidesIsNotGivenUpWithIt() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.get(desk.publisher.submit("summer", BOTH, true));
    desk.get(desk.publisher.approve("summer", null, "ana"));
    desk.seen(rules("FR=East"));
    desk.get(desk.publisher.fallBack("it does not end"));
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(Candidate.State.WAITING, desk.candidate().state());
    desk.publisher.seen(new Folder(null, "there is no folder of rules"));
    assertTrue(desk.standing().candidates().isEmpty(), "what is not there waits no more");
  }

  @Test
  void rulesThatDoNotEndAndWereReplacedElsewhereAreNoTrouble() {
    Desk desk = begin(WEST);
    desk.seen(BOTH);
    another(desk).seen(rules("FR=East"));
    for (int i = 0; i < 3; i++) {
      desk.publisher.abandoned(BOTH.hash());
    }
    desk.pass();
    assertEquals(rules("FR=East").hash(), desk.serving());
    assertFalse(desk.heard(Signal.Trouble.class));
  }

  @Test
  void aCandidateIsPublishedByItsHashAndSoIsWhatServesAlready() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.seen(BOTH);
    var answer = desk.get(desk.publisher.publish(BOTH.hash(), "ana"));
    assertEquals(How.APPROVED, ((PublishAnswer.Serves) answer).publication().how());
    var again = desk.get(desk.publisher.publish(BOTH.hash(), "ben"));
    assertEquals("ana", ((PublishAnswer.Serves) again).publication().who(), "it serves already");
    assertNull(desk.get(desk.publisher.candidate("none")));
  }

  @Test
  void ofTwoThatBeginTheOneThatComesSecondKeepsNoRulebookOfItsOwn() {
    var other = new Desk(journal, Mode.ON_CHANGE);
    var desk = new Desk(journal, Mode.ON_CHANGE);
    desk.rulebooks.meanwhile(() -> other.start(BOTH));
    desk.start(WEST);
    assertEquals(BOTH.hash(), desk.serving());
    assertEquals(1, desk.rulebooks.open());
  }

  private Desk begin(RuleVersion folder) {
    return begin(Mode.ON_CHANGE, folder);
  }

  private Desk begin(Mode mode, RuleVersion folder) {
    return new Desk(journal, mode).start(folder);
  }

  /** Another process on the same journal, whose {@code rules/} are as they were at first. */
  private Desk another(Desk one) {
    return new Desk(journal, Mode.ON_CHANGE, one.timers.now().plusSeconds(1)).start(WEST);
  }

  private static <T extends Signal> List<T> all(Desk desk, Class<T> kind) {
    return desk.signals.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
