package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static io.bailiwick.store.JournalContract.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no whole journal is told at the start, with the command that repairs. */
class JournalLookTest {

  private static final String CRM = "http://crm.example";

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void aJournalWithLeads() {
    path = folder.resolve("own.db");
    try (var journal = SqlJournal.open(path, CRM)) {
      List<Submission> submissions = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        submissions.add(new Submission("id" + i, Samples.lead("r" + i), "x".repeat(500), NOON));
      }
      get(journal.accept(submissions, null));
    }
  }

  @Test
  void aFileCutOffAtAnyPlaceIsToldAndLeftAsItIs() throws Exception {
    byte[] whole = Files.readAllBytes(path);
    for (int length : new int[] {0, 50, 4_096, whole.length / 2, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(path, cut);
      String told = refused();
      assertTrue(told.contains("bailiwick journal restore"), told);
      assertTrue(told.contains("damaged"), told);
      assertArrayEquals(cut, Files.readAllBytes(path));
    }
    Files.write(path, whole);
    SqlJournal.open(path, CRM).close();
  }

  /** What lies in no page that is looked through may be flipped; all others must be seen. */
  @Test
  void overwrittenPagesAreToldAndNeverServedAsIfNothingWere() throws Exception {
    byte[] whole = Files.readAllBytes(path);
    int seen = 0;
    int pages = whole.length / 4_096;
    for (int page = 0; page < pages; page += 7) {
      byte[] broken = whole.clone();
      Arrays.fill(broken, page * 4_096, page * 4_096 + 64, (byte) 0xA5);
      Files.write(path, broken);
      try {
        SqlJournal.open(path, CRM).close();
      } catch (JournalRefused e) {
        assertTrue(e.getMessage().contains("journal restore"), e.getMessage());
        seen++;
      }
    }
    int looked = (pages + 6) / 7;
    assertTrue(seen >= looked - 2, seen + " of " + looked);
  }

  /** A restored copy has no log yet: what a power cut leaves of its first write, SQLite undoes. */
  @Test
  void aFileThatLooksCutOffWhileItsRollbackJournalIsThereIsWhole() throws Exception {
    Path other = folder.resolve("restored.db");
    new JournalBackup(path, other).write(false);
    Path rollback = folder.resolve("restored.db-journal");
    byte[] before = Files.readAllBytes(other);
    byte[] kept;
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA cache_size = 2");
      statement.execute("BEGIN");
      statement.execute("UPDATE person SET body = body || hex(zeroblob(4000))");
      kept = Files.readAllBytes(rollback);
      statement.execute("COMMIT");
    }
    byte[] cut = before.clone();
    System.arraycopy(Files.readAllBytes(other), 0, cut, 0, 100);
    Files.write(other, cut);
    Files.write(rollback, kept);
    try (var journal = SqlJournal.open(other, CRM)) {
      assertTrue(get(journal.find("id299")).isPresent());
    }
  }

  @Test
  void aReaderIsToldTheSame() throws Exception {
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 20_000));
    String told = assertThrows(JournalRefused.class, () -> SqlReader.open(path)).getMessage();
    assertTrue(told.contains("cut off"), told);
  }

  @Test
  void aPageThatBreaksWhileItIsReadIsToldAsDamage() throws Exception {
    byte[] whole = Files.readAllBytes(path);
    Arrays.fill(whole, 8_192, whole.length, (byte) 0xA5);
    Files.write(path, whole);
    try (var reader = SqlReader.open(path)) {
      var failed = assertThrows(CompletionException.class, () -> get(reader.find("id299")));
      assertTrue(failed.getCause().getMessage().contains("journal restore"), failed.toString());
    }
  }

  @Test
  void anotherProgramsFileIsLeftAlone() throws Exception {
    Path other = folder.resolve("other.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA application_id = 252006673");
      statement.execute("CREATE TABLE lead (id TEXT)");
    }
    String told =
        assertThrows(JournalRefused.class, () -> SqlJournal.open(other, CRM)).getMessage();
    assertTrue(told.contains("belongs to another program"), told);
  }

  @Test
  void aJournalThatIsGoneWhileItsLogIsThereIsNotBegunAnew() throws Exception {
    Files.copy(path, folder.resolve("own.db-wal"));
    Files.delete(path);
    assertTrue(refused().contains("own.db-wal is there"));
    assertFalse(Files.exists(path));
  }

  @Test
  void aRollbackJournalThatIsLeftAloneIsNotPlayedIntoANewOne() throws Exception {
    Files.move(path, folder.resolve("own.db-journal"));
    assertTrue(refused().contains("own.db-journal is there"));
    assertFalse(Files.exists(path));
  }

  @Test
  void aRestoreThatWasCutOffIsToldBeforeANewJournalIsBegun() throws Exception {
    Files.move(path, folder.resolve("own.db.part"));
    assertTrue(refused().contains("run it again"));
    assertFalse(Files.exists(path));
  }

  private String refused() {
    return assertThrows(JournalRefused.class, () -> SqlJournal.open(path, CRM)).getMessage();
  }
}
