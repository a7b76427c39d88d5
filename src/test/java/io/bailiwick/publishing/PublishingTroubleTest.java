package io.bailiwick.publishing;

import static io.bailiwick.publishing.Desk.drl;
import static io.bailiwick.publishing.Desk.fixture;
import static io.bailiwick.publishing.Desk.rules;
import static io.bailiwick.publishing.Desk.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Candidate.State;
import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.flow.Publisher.Mode;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which rulebooks are kept, and what becomes of a publication that the journal does not take. */
class PublishingTroubleTest {

  private static final RuleVersion WEST = rules("US=West");
  private static final RuleVersion BOTH = rules("US=West", "DE=East");

  @Test
  void noRulebookIsKeptThatNeitherServesNorWaits() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    assertEquals(1, desk.rulebooks.open());
    desk.seen(BOTH);
    assertEquals(2, desk.rulebooks.open(), "one waits");
    desk.seen(WEST);
    assertEquals(1, desk.rulebooks.open(), "it was withdrawn");
    desk.seen(rules("US=West", "US=East"));
    assertEquals(1, desk.rulebooks.open(), "it was refused");
    desk.get(desk.publisher.submit("a", BOTH, true));
    desk.get(desk.publisher.submit("a", rules("FR=East"), true));
    assertEquals(2, desk.rulebooks.open(), "the second is in the place of the first");
    desk.get(desk.publisher.approve("a", null, null));
    assertEquals(1, desk.rulebooks.open(), "the one that served is gone");
    desk.get(desk.publisher.publish(WEST.hash(), null));
    desk.get(desk.publisher.fallBack("a test"));
    assertEquals(1, desk.rulebooks.open());
  }

  @Test
  void noMoreThanEightCandidatesWaitAndTheEldestUploadedGivesWay() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.get(desk.publisher.submit("first", rules("US=West", "JP=East"), true));
    desk.seen(BOTH);
    for (String country : List.of("BE", "NL", "IT", "ES", "PT", "PL")) {
      desk.get(desk.publisher.submit(country, rules("US=West", country + "=East"), true));
    }
    assertEquals(8, desk.standing().candidates().size());
    assertEquals("first", desk.standing().candidates().get(1).name());
    assertEquals(9, desk.rulebooks.open());
    desk.get(desk.publisher.submit("last", rules("US=West", "BR=East"), true));
    assertEquals(
        List.of(Candidate.FOLDER, "BE", "NL", "IT", "ES", "PT", "PL", "last"),
        desk.standing().candidates().stream().map(Candidate::name).toList());
    assertEquals(9, desk.rulebooks.open());
  }

  @Test
  void howFarACandidateHasComeIsSeenStepByStep() {
    Desk desk = begin(Mode.ON_APPROVAL, WEST);
    desk.publisher.seen(new Folder(BOTH, null));
    assertEquals(
        List.of(State.COMPILING, State.ANALYSING, State.PROVING, State.WAITING),
        desk.statesUntil(State.WAITING));
  }

  @Test
  void noRulebookIsKeptOfRulesThatServedAlready() {
    Desk desk = begin(Mode.ON_CHANGE, version(drl("US=West"), fixture("US", "West")));
    desk.seen(version(drl("US=West"), Map.of()));
    assertTrue(desk.heard(Signal.CandidateKept.class));
    assertTrue(desk.standing().candidates().isEmpty());
    assertEquals(1, desk.rulebooks.open());
  }

  @Test
  void aChangeThatTheJournalDoesNotTakeIsToldAndPublishedWhenItDoes() {
    Desk desk = begin(Mode.ON_CHANGE, WEST);
    desk.failing.add("keepVersion");
    desk.seen(BOTH);
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(Candidate.State.WAITING, desk.candidate().state());
    assertTrue(desk.heard(Signal.Trouble.class));
    desk.failing.clear();
    desk.timers.runUntil(desk.timers.now().plus(Duration.ofSeconds(50)));
    assertEquals(WEST.hash(), desk.serving(), "once a minute");
    desk.timers.runUntil(desk.timers.now().plus(Duration.ofSeconds(20)));
    assertEquals(BOTH.hash(), desk.serving());
    assertEquals(1, desk.rulebooks.open());
  }

  @Test
  void whatIsTakenBackBeforeItIsTriedAgainIsNotPublished() {
    Desk desk = begin(Mode.ON_CHANGE, WEST);
    desk.failing.add("keepVersion");
    desk.seen(BOTH);
    desk.failing.clear();
    desk.seen(WEST);
    desk.timers.runUntil(desk.timers.now().plus(Duration.ofMinutes(2)));
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(1, desk.rulebooks.open());
  }

  @Test
  void whoPublishesWhatTheJournalDoesNotTakeIsToldAndNothingIsKeptOfIt() {
    Desk desk = begin(Mode.ON_CHANGE, WEST);
    desk.seen(BOTH);
    desk.failing.add("keepVersion");
    var again = desk.publisher.publish(WEST.hash(), "ben");
    assertThrows(RuntimeException.class, () -> desk.get(again));
    assertEquals(1, desk.rulebooks.open());
    desk.failing.clear();
    desk.get(desk.publisher.submit("summer", rules("FR=East"), true));
    desk.failing.add("keepVersion");
    var summer = desk.publisher.approve("summer", null, "ana");
    assertThrows(RuntimeException.class, () -> desk.get(summer));
    desk.failing.clear();
    desk.timers.runUntil(desk.timers.now().plus(Duration.ofMinutes(2)));
    assertEquals(BOTH.hash(), desk.serving(), "a person is told, and says it again");
    desk.get(desk.publisher.approve("summer", null, "ana"));
    assertEquals(rules("FR=East").hash(), desk.serving());
  }

  private static Desk begin(Mode mode, RuleVersion folder) {
    return new Desk(new MemoryJournal(), mode).start(folder);
  }
}
