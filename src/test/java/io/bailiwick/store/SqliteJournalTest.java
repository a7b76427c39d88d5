package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteJournalTest extends JournalContract {

  private static final String CRM = "http://crm.example";

  @TempDir Path folder;

  @Override
  Journal open() {
    return SqlJournal.open(folder.resolve("data/test.db"), CRM);
  }

  @Test
  void itsConditionIsDurableAndNamesItsFileAndTheRoomOnItsDisk() {
    Path path = folder.resolve("own.db");
    try (var journal = SqlJournal.open(path, CRM)) {
      var condition = get(journal.condition(NOON));
      assertTrue(condition.durable());
      assertEquals("SQLite, wal, synchronous=FULL", condition.how());
      assertEquals(path.toString(), condition.place());
      assertTrue(condition.freeBytes() > 0);
    }
  }

  @Test
  void aSecondServiceOnTheSameFileIsRefusedAndTheMessageNamesTheFirst() {
    Path path = folder.resolve("own.db");
    try (var first = SqlJournal.open(path, CRM)) {
      get(first.probe(NOON));
      var refused = assertThrows(JournalRefused.class, () -> SqlJournal.open(path, CRM));
      String pid = "pid " + ProcessHandle.current().pid();
      assertTrue(refused.getMessage().contains(pid), refused.getMessage());
    }
    SqlJournal.open(path, CRM).close();
  }

  @Test
  void aServiceIsFoundByItsJournalAsLongAsItHoldsIt() throws IOException {
    Path path = folder.resolve("own.db");
    assertEquals(Optional.empty(), SqlJournal.service(path));
    try (var service = SqlJournal.open(path, CRM)) {
      assertEquals(Optional.empty(), SqlJournal.service(path));
      service.announce("http://127.0.0.1:8080", "let me in");
      assertEquals(
          Optional.of(new Reached("http://127.0.0.1:8080", "let me in")), SqlJournal.service(path));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(path.resolveSibling(path.getFileName() + ".lock"))));
    }
    assertEquals(Optional.empty(), SqlJournal.service(path));
  }

  @Test
  void aReaderStandsBesideARunningServiceAndSeesWhatIsDurable() {
    Path path = folder.resolve("own.db");
    try (var service = SqlJournal.open(path, CRM);
        var reader = SqlReader.open(path)) {
      var submission = new Submission("a", Samples.lead("1"), "{}", NOON);
      get(service.accept(List.of(submission), null));
      assertEquals("a", get(reader.find("a")).orElseThrow().id());
    }
    assertThrows(JournalRefused.class, () -> SqlReader.open(folder.resolve("none.db")));
  }

  @Test
  void anotherCrmOnTheSameJournalIsRefusedWithBothNamed() {
    Path path = folder.resolve("own.db");
    SqlJournal.open(path, CRM).close();
    var refused =
        assertThrows(JournalRefused.class, () -> SqlJournal.open(path, "http://other.example"));
    assertTrue(refused.getMessage().contains(CRM));
    assertTrue(refused.getMessage().contains("http://other.example"));
  }

  @Test
  void aNewerSchemaIsRefusedWithBothVersionsNamed() throws SQLException {
    Path path = folder.resolve("own.db");
    SqlJournal.open(path, CRM).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
            checksum, installed_by, installed_on, execution_time, success)
          VALUES (99, '99', 'from the future', 'SQL', 'V99__future.sql', 1, 'x',
            '2026-01-01 00:00:00', 1, 1)""");
    }
    var refused = assertThrows(JournalRefused.class, () -> SqlJournal.open(path, CRM));
    assertTrue(refused.getMessage().contains("99"), refused.getMessage());
    assertTrue(refused.getMessage().contains("knows only up to"), refused.getMessage());
  }

  @Test
  void aFileThatIsNoJournalIsRefusedAndLeftAsItIs() throws Exception {
    Path path = folder.resolve("own.db");
    Files.writeString(path, "these are not the pages you are looking for".repeat(100));
    byte[] before = Files.readAllBytes(path);
    assertThrows(JournalRefused.class, () -> SqlJournal.open(path, CRM));
    assertEquals(new String(before), Files.readString(path));
  }

  @Test
  void commitsAreWrittenThroughToTheDiskAndNotOnlyToTheSystem() throws SQLException {
    Path path = folder.resolve("own.db");
    SqliteFile file = SqliteFile.open(path);
    try (Connection connection = file.write();
        ResultSet synchronous = connection.createStatement().executeQuery("PRAGMA synchronous")) {
      synchronous.next();
      assertEquals(2, synchronous.getInt(1), "FULL is 2; NORMAL loses leads at a power cut");
    }
  }

  @Test
  void aClaimBesideAWriteThatFailsTakesEachLeadOnceAndLosesNone() {
    try (Journal journal = SqlJournal.open(folder.resolve("own.db"), CRM)) {
      var twice = List.of(new Submission("twice", Samples.lead("twice"), "{}", NOON));
      get(journal.accept(twice, null));
      List<CompletableFuture<?>> failing = new ArrayList<>();
      List<CompletableFuture<Claimed>> claims = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        var one = new Submission("id" + i, Samples.lead("of" + i), "{}", NOON);
        journal.accept(List.of(one), null);
        failing.add(journal.accept(twice, null).toCompletableFuture());
        claims.add(
            journal.claim(Work.DECIDE, NOON.plusSeconds(1), 1 + i % 7).toCompletableFuture());
      }
      failing.forEach(one -> assertThrows(CompletionException.class, one::join));
      claims.add(journal.claim(Work.DECIDE, NOON.plusSeconds(1), 400).toCompletableFuture());
      List<String> taken =
          claims.stream()
              .flatMap(one -> one.join().claims().stream())
              .map(claim -> claim.entry().id())
              .toList();
      assertEquals(301, taken.size());
      assertEquals(301, Set.copyOf(taken).size(), "none twice");
    }
  }

  @Test
  void whatIsDueAndWhomAnEventConcernsIsFoundByIndexAndNotByScanning() throws SQLException {
    Path path = folder.resolve("own.db");
    SqlJournal.open(path, CRM).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
      for (String sql : DueLeads.statements()) {
        String plan = plan(connection, sql);
        assertTrue(plan.contains("USING INDEX") || plan.contains("COVERING INDEX"), plan);
        assertFalse(plan.contains("SCAN l") || plan.contains("SCAN lead"), sql + "\n" + plan);
        if (sql.startsWith("SELECT")) {
          assertFalse(plan.contains("lead_by_stage"), sql + "\n" + plan);
          assertFalse(plan.contains("TEMP B-TREE"), sql + "\n" + plan);
        }
      }
      for (String sql : Waking.statements()) {
        String plan = plan(connection, sql);
        assertTrue(
            plan.startsWith(
                sql.startsWith("SELECT")
                    ? "SEARCH lead USING COVERING INDEX lead_queued (reason=?"
                    : "SEARCH lead USING INTEGER PRIMARY KEY (rowid=?)"),
            sql + "\n" + plan);
      }
      for (String sql :
          List.of(NewerRevisions.sql(Dialect.SQLITE), NewerRevisions.ofOne(Dialect.SQLITE))) {
        String newer = plan(connection, sql);
        assertTrue(newer.contains("SEARCH l USING INDEX sqlite_autoindex_lead_1 (id=?)"), newer);
        assertTrue(newer.contains("SEARCH n USING INDEX lead_line (line=?"), newer);
      }
      for (String sql : Audits.statements()) {
        String plan = plan(connection, sql);
        assertTrue(plan.startsWith("SEARCH l USING"), sql + "\n" + plan);
        assertTrue(plan.contains(" INDEX lead_"), sql + "\n" + plan);
      }
      for (Stage stage : List.of(Stage.ACCEPTED, Stage.DECIDED, Stage.SENDING)) {
        String plan = plan(connection, Backlogs.moving(Dialect.SQLITE, stage));
        assertTrue(
            plan.contains("SEARCH l USING COVERING INDEX")
                || plan.contains("SCAN l USING COVERING INDEX lead_to_send"),
            plan);
      }
      for (String sql : AcceptedLeads.statements()) {
        String plan = plan(connection, sql);
        assertTrue(plan.startsWith("SEARCH l"), sql + "\n" + plan);
        assertFalse(plan.contains("TEMP B-TREE"), sql + "\n" + plan);
      }
    }
  }

  /** By whatever is rarer: most leads are assigned, few are parked. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          , US west, , lead_by_rule
          , , web, lead_by_source
          ASSIGNED, US west, , lead_by_rule
          SUPERSEDED, , web, lead_by_source
          PARKED, US west, , lead_by_stage
          QUEUED, , web, lead_by_stage
          QUEUED, , , lead_by_stage
          ASSIGNED, , , lead_by_stage
          ACCEPTED, , , lead_by_stage
          DECIDED, , , lead_to_send
          SENDING, , web, lead_to_send
          """)
  void filtersByStageRuleAndSourceAreFoundByIndex(
      Stage stage, String rule, String source, String index) throws SQLException {
    Path path = folder.resolve("own.db");
    SqlJournal.open(path, CRM).close();
    var which =
        new LeadFilter(stage, null, null, null, null, rule, source, false, null, null, null, null);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
      String plan = plan(connection, Lists.statement(Dialect.SQLITE, which));
      assertTrue(plan.startsWith("SEARCH l USING INTEGER PRIMARY KEY (rowid=?)"), plan);
      assertTrue(plan.contains("INDEX " + index), plan);
      // What is on its way to the CRM is sorted, but not read for it.
      assertEquals(index.equals("lead_to_send"), plan.contains("TEMP B-TREE"), plan);
    }
  }

  static String plan(Connection connection, String sql) throws SQLException {
    var plan = new StringBuilder();
    try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql)) {
      for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setObject(i, 1);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString("detail")).append('\n');
        }
      }
    }
    return plan.toString();
  }

  @Test
  void manyWritesAtOnceShareCommitsAndEachIsAnsweredAfterItsOwn() {
    Path path = folder.resolve("own.db");
    try (var service = SqlJournal.open(path, CRM)) {
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        var submission = new Submission("id" + i, Samples.lead("r" + i), "{}", NOON);
        all.add(service.accept(List.of(submission), null).toCompletableFuture());
      }
      // One that breaks a constraint takes none of its neighbours with it.
      var twice = new Submission("id7", Samples.lead("other"), "{}", NOON);
      var broken = service.accept(List.of(twice), null).toCompletableFuture();
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
      assertThrows(Exception.class, broken::join);
      assertTrue(get(service.find("id1999")).isPresent());
    }
  }
}
