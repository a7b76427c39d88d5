package io.bailiwick.publishing;

import static io.bailiwick.publishing.Desk.drl;
import static io.bailiwick.publishing.Desk.fixture;
import static io.bailiwick.publishing.Desk.rules;
import static io.bailiwick.publishing.Desk.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.flow.Publisher.Mode;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Samples;
import io.bailiwick.store.MemoryJournal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What serves first when a process begins. */
class FirstVersionTest {

  private static final RuleVersion WEST = rules("US=West");
  private static final RuleVersion BOTH = rules("US=West", "DE=East");
  private static final RuleVersion BROKEN = version("rule \"Half\" when Lead( contry ==", Map.of());

  private final MemoryJournal journal = new MemoryJournal();

  @Test
  void theFirstStartTakesRulesAsTheyAreAndKeepsThem() {
    Desk desk = begin(WEST);
    assertEquals(WEST.hash(), desk.serving());
    assertEquals(List.of(How.ON_CHANGE), desk.hows());
    assertEquals(WEST.digest(), desk.get(journal.taken()).orElseThrow());
  }

  @Test
  void withNothingKeptBrokenRulesAreNotServedAndTheMessageNamesThePlace() {
    var failure = assertThrows(RuntimeException.class, () -> begin(BROKEN));
    assertTrue(failure.getMessage().contains("main.drl:1"), failure.getMessage());
    assertTrue(failure.getMessage().contains("no earlier version is kept"), failure.getMessage());
  }

  @Test
  void withNothingKeptRulesThatFailTheirFixturesAreNotServedAndTheMessageNamesThem() {
    RuleVersion wrong = version(drl("US=West"), fixture("US", "East"));
    var failure = assertThrows(RuntimeException.class, () -> begin(wrong));
    assertTrue(failure.getMessage().contains("leads/one.json#1"), failure.getMessage());
    assertTrue(failure.getMessage().contains("expected East, actual West"), failure.getMessage());
    assertTrue(journal.publications(9).toCompletableFuture().join().isEmpty());
  }

  @Test
  void whereTwoBeginOnAnEmptyJournalTheRulesOfOneServe() {
    var other = new Desk(journal, Mode.ON_CHANGE);
    var desk = new Desk(journal, Mode.ON_CHANGE);
    desk.rulebooks.meanwhile(() -> other.start(BOTH));
    desk.start(WEST);
    assertEquals(1, desk.hows().size());
    assertEquals(BOTH.hash(), desk.serving());
  }

  @Test
  void foldersThatCannotBeReadAreSaidAndChangeNothing() {
    Desk desk = begin(WEST);
    desk.publisher.seen(new Folder(null, "there is no folder of rules"));
    desk.pass();
    assertEquals("there is no folder of rules", desk.standing().folder().problem());
    assertEquals(WEST.hash(), desk.serving());
    assertTrue(desk.heard(Signal.RulesUnreadable.class));
    var next = new Desk(journal, Mode.ON_CHANGE, desk.timers.now());
    next.get(next.publisher.start(new Folder(null, "still none")));
    assertEquals(WEST.hash(), next.serving());
  }

  @Test
  void aKeptVersionThatDoesNotCompileAnyMoreGivesWayToTheOneBefore() {
    Desk desk = begin(WEST);
    desk.seen(BOTH);
    var unknown = version("rule \"Old\" when Lead() then oldAction(); end", Map.of());
    var publication = desk.standing().publication();
    var old = new Publication(unknown.hash(), publication.at(), How.ON_CHANGE, null, null);
    desk.get(journal.keepVersion(unknown, new Succession(old, publication), null));
    Desk next = Desk.after(desk, journal, BOTH);
    assertEquals(BOTH.hash(), next.serving());
    assertEquals(How.FELL_BACK, next.standing().publication().how());
    assertTrue(next.standing().publication().note().contains("does not compile"));
  }

  @Test
  void whereNeitherAKeptVersionNorRulesCompileTheMessageNamesThePlacesInBoth() {
    var unknown = version("rule \"Old\" when Lead() then oldAction(); end", Map.of());
    var old = new Publication(unknown.hash(), Samples.NOON, How.ON_CHANGE, null, null);
    journal.keepVersion(unknown, new Succession(old, null), null).toCompletableFuture().join();
    String told = assertThrows(RuntimeException.class, () -> begin(BROKEN)).getMessage();
    assertTrue(told.contains("version %.12s does not compile".formatted(unknown.hash())), told);
    assertTrue(told.contains("Bailiwick: main.drl:1"), told);
    assertTrue(told.contains("rules/ may not serve:\nmain.drl:1"), told);
    var desk = new Desk(journal, Mode.ON_CHANGE);
    var none = desk.publisher.start(new Folder(null, "there is no folder of rules"));
    String why = assertThrows(RuntimeException.class, () -> desk.get(none)).getMessage();
    assertTrue(why.contains("there is no folder of rules"), why);
  }

  private Desk begin(RuleVersion folder) {
    return begin(Mode.ON_CHANGE, folder);
  }

  private Desk begin(Mode mode, RuleVersion folder) {
    return new Desk(journal, mode).start(folder);
  }
}
