package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Stage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    try (var journal = SqliteJournal.open(path, CRM)) {
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
      assertEquals(1, get(journal.wakeForRules(Instant.ofEpochMilli(3000))));
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
