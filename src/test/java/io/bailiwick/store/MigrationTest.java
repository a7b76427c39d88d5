package io.bailiwick.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that an older Bailiwick wrote is brought up to date and loses nothing. */
class MigrationTest {

  private static final String CRM = "http://crm.example";

  @TempDir Path folder;

  @Test
  void aJournalOfSchema1KeepsItsLeadsAndTheRulebookThatServedLast() throws SQLException {
    Path path = folder.resolve("old.db");
    String url = "jdbc:sqlite:" + path;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
    var old = new io.bailiwick.lead.RuleFiles(Map.of("a.drl", "rule \"A\"", "README.md", "x"));
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO meta (name, value) VALUES ('crm', '" + CRM + "')");
      statement.executeUpdate(
          """
          INSERT INTO rulebook (hash, files, served_at) VALUES
            ('%s', '{"files":{"README.md":"x","a.drl":"rule \\"A\\""}}', 2000),
            ('earlier', '{"files":{"a.drl":"rule \\"B\\""}}', 1000)"""
              .formatted(old.hash()));
      statement.executeUpdate(
          """
          INSERT INTO lead (id, version, line, revision, accepted_at, stage, due, reason, lead,
            spent, waits, changed_at, body)
          VALUES ('lead-1', 2, 'Leads/7', 1, 1500, 'QUEUED', 9000, 'NO_MATCH',
            '{"crmId":"7","module":"Leads","attributes":{}}', 0, 0, 1600, '{}')""");
      statement.executeUpdate(
          """
          INSERT INTO history (lead, version, at, stage, note)
          VALUES ('lead-1', 1, 1500, 'ACCEPTED', 'accepted as revision 1')""");
    }
    try (var journal = SqlJournal.open(path, CRM)) {
      var log = get(journal.publications(9));
      var last = new Publication(old.hash(), Instant.ofEpochMilli(2000), How.ON_CHANGE, null, null);
      assertEquals(last, log.get(0));
      assertEquals("earlier", log.get(1).hash());
      RuleVersion kept = get(journal.version(old.hash())).orElseThrow();
      assertEquals(old.texts(), kept.files().texts());
      assertEquals(Map.of(), kept.fixtures());
      assertTrue(get(journal.taken()).isEmpty());
      var page = get(journal.list(LeadFilter.of(Stage.QUEUED), null, 9));
      assertEquals("lead-1", page.entries().get(0).id());
      assertEquals(1, get(journal.history("lead-1")).size());
      assertEquals(1, get(journal.wakeForRules(Instant.ofEpochMilli(3000), () -> {})));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6})
  void anOlderJournalIsKeptAsItWasAndTheOlderBailiwickGoesOnFromThat(int schema) throws Exception {
    Path path = folder.resolve("old.db");
    old(path, schema);
    Path kept;
    try (var journal = SqlJournal.open(path, CRM)) {
      Entry lead = get(journal.find("lead-1")).orElseThrow();
      assertEquals("canary@x.example", lead.lead().email());
      assertEquals("accepted as revision 1", get(journal.history("lead-1")).get(0).note());
      var again = new Submission("lead-2", lead.lead(), "{}", Instant.EPOCH);
      get(journal.accept(List.of(again), new Key("kept", "digest")));
      get(journal.record(List.of()));
      assertEquals(2, get(journal.count(LeadFilter.ANY)));
      kept = SetAside.newestOf(path, schema);
      for (Entry one : get(journal.erasures().recordOf("lead-1"))) {
        get(journal.erasures().erase(List.of(new Move(one, one.erased(Instant.EPOCH), "erased"))));
      }
      assertTrue(get(journal.erasures().settle()));
    }
    assertFalse(Files.readString(path, ISO_8859_1).contains("canary"), "nor where it was before");
    assertEquals(schema, applied(kept));
    var rolledBack = new JournalRestore(kept, path).restore(true);
    assertEquals(Integer.toString(schema), rolledBack.schema());
    assertEquals(List.of("lead-1"), rolledBack.toErase());
    assertEquals(schema, applied(path));
    try (var journal = SqlJournal.open(path, CRM)) {
      assertEquals(1, get(journal.count(LeadFilter.ANY)), "and it can be brought up again");
    }
  }

  @Test
  void whoeverCannotGoOnWithANewerJournalIsToldTheFileFromWhichTheyCan() throws Exception {
    Path path = folder.resolve("old.db");
    old(path, 5);
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
    String told = assertThrows(JournalRefused.class, () -> SqlJournal.open(path, CRM)).getMessage();
    String file = SetAside.newestOf(path, 5).toString();
    assertTrue(told.contains("bailiwick journal restore " + file + " --force"), told);
    new JournalRestore(Path.of(file), path).restore(true);
    SqlJournal.open(path, CRM).close();
  }

  @Test
  void theSchemaThatIsKnownIsTheNewestMigrationThereIs() {
    Flyway all =
        Flyway.configure()
            .dataSource("jdbc:sqlite::memory:", null, null)
            .locations("classpath:db/migration")
            .load();
    var newest = List.of(all.info().all()).stream().map(MigrationInfo::getVersion).toList();
    assertEquals(
        Integer.toString(Schema.KNOWN), newest.get(newest.size() - 1).getVersion(), "" + newest);
  }

  @Test
  void aMigrationThatWasCutOffBeforeItsEndIsEndedByTheNextStart() throws Exception {
    Path path = folder.resolve("old.db");
    old(path, 5);
    SqlJournal.open(path, CRM).close();
    assertEquals(Schema.KNOWN, stamped(path));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 5");
    }
    SqlJournal.open(path, CRM).close();
    assertEquals(Schema.KNOWN, stamped(path));
  }

  private static long stamped(Path path) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
      return Rows.number(connection, "PRAGMA user_version");
    }
  }

  /** A journal as a Bailiwick of that schema left it, with a lead. */
  private static void old(Path path, int schema) throws SQLException {
    String url = "jdbc:sqlite:" + path;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target(Integer.toString(schema))
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.executeUpdate("INSERT INTO meta (name, value) VALUES ('crm', '" + CRM + "')");
      statement.executeUpdate(
          """
          INSERT INTO lead (id, version, line, revision, accepted_at, stage, due, reason, lead,
            spent, waits, changed_at, body)
          VALUES ('lead-1', 2, 'Leads/7', 1, 1500, 'QUEUED', 9000, 'NO_MATCH',
            '{"crmId":"7","module":"Leads","email":"canary@x.example","attributes":{}}', 0, 0, 1600,
            '{"Email":"canary@x.example"}')""");
      statement.executeUpdate(
          """
          INSERT INTO history (lead, version, at, stage, note)
          VALUES ('lead-1', 1, 1500, 'ACCEPTED', 'accepted as revision 1')""");
    }
  }

  /** Those that were accepted before there was an index of it, too. */
  @Test
  void leadsOfAnOlderJournalAreFoundByTheirAddressAndNoLongerOnceTheyAreErased() throws Exception {
    Path path = folder.resolve("old.db");
    old(path, 6);
    try (var journal = SqlJournal.open(path, CRM)) {
      List<Entry> found = get(journal.erasures().recordsOf("canary@x.example"));
      assertEquals(List.of("lead-1"), found.stream().map(Entry::id).toList());
      Entry erased = found.get(0).erased(Instant.ofEpochMilli(5_000));
      get(journal.erasures().erase(List.of(new Move(found.get(0), erased, "erased"))));
      assertEquals(List.of(), get(journal.erasures().recordsOf("canary@x.example")));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
      assertEquals(0, Rows.number(connection, "SELECT COUNT(*) FROM lead WHERE mail IS NOT NULL"));
    }
  }

  private static int applied(Path path) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
      return Integer.parseInt(JournalBackup.schema(connection));
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
