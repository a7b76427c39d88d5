package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static io.bailiwick.store.JournalContract.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is backed up, restored and copied, and no lead of it is lost on the way. */
class JournalBackupTest {

  private static final String CRM = "http://crm.example";

  @TempDir Path folder;
  private Path path;
  private Path file;

  @BeforeEach
  void names() {
    path = folder.resolve("own.db");
    file = folder.resolve("backup.db");
  }

  @Test
  void aBackupOfAJournalThatIsBeingWrittenIsWholeAndOfOneInstant() {
    try (var journal = SqlJournal.open(path, CRM)) {
      accept(journal, 0, 500);
      List<CompletionStage<Acceptance>> writing = new ArrayList<>();
      for (int i = 500; i < 1_500; i++) {
        writing.add(journal.accept(List.of(submission(i)), null));
      }
      var written = new JournalBackup(path, file).write(false);
      writing.forEach(JournalContract::get);
      assertTrue(written.leads() >= 500 && written.leads() <= 1_500, written.toString());
      try (var reader = SqlReader.open(file)) {
        var page = get(reader.oldest(LeadFilter.ANY, null, 2_000));
        assertEquals(written.leads(), page.entries().size());
        for (int i = 0; i < page.entries().size(); i++) {
          assertEquals("id" + i, page.entries().get(i).id(), "no lead is left out before another");
        }
      }
      assertEquals(1_500, get(journal.count(LeadFilter.ANY)));
    }
  }

  @Test
  void onlyItsOwnerReadsItAndNothingIsWrittenOverUnasked() throws Exception {
    journal(3);
    new JournalBackup(path, file).write(false);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    byte[] before = Files.readAllBytes(file);
    var refused =
        assertThrows(JournalRefused.class, () -> new JournalBackup(path, file).write(false));
    assertTrue(refused.getMessage().contains("--force"), refused.getMessage());
    assertEquals(before.length, Files.size(file));
    new JournalBackup(path, file).write(true);
    assertThrows(JournalRefused.class, () -> new JournalBackup(path, path).write(true));
    assertThrows(
        JournalRefused.class, () -> new JournalBackup(path, folder.resolve("no/x")).write(false));
    try (var files = Files.list(folder)) {
      assertFalse(files.anyMatch(one -> one.toString().endsWith(".part")), "nothing half is left");
    }
  }

  @Test
  void aRestoreBringsBackWhatWasAndSetsAsideWhatIs() {
    journal(3);
    new JournalBackup(path, file).write(false);
    try (var journal = SqlJournal.open(path, CRM)) {
      accept(journal, 3, 5);
      var running =
          assertThrows(JournalRefused.class, () -> new JournalRestore(file, path).restore(true));
      assertTrue(running.getMessage().contains("stop it first"), running.getMessage());
    }
    var there =
        assertThrows(JournalRefused.class, () -> new JournalRestore(file, path).restore(false));
    assertTrue(there.getMessage().contains("--force"), there.getMessage());
    var restored = new JournalRestore(file, path).restore(true);
    assertEquals(3, restored.leads());
    assertEquals(List.of(), restored.toErase());
    assertTrue(restored.erasuresKnown());
    assertEquals(3, leads(path));
    assertEquals(5, leads(restored.aside()));
  }

  @Test
  void whoWasErasedSinceTheBackupIsErasedInWhatIsRestored() throws Exception {
    journal(3);
    new JournalBackup(path, file).write(false);
    assertTrue(holds(file, "ana@acme.example"));
    try (var journal = SqlJournal.open(path, CRM)) {
      List<Move> moves = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Entry entry = get(journal.find("id" + i)).orElseThrow();
        moves.add(new Move(entry, entry.erased(NOON), "erased"));
      }
      get(journal.erasures().erase(moves));
    }
    var restored = new JournalRestore(file, path).restore(true);
    assertEquals(List.of(), restored.toErase());
    assertFalse(holds(path, "ana@acme.example"));
    try (var journal = SqlJournal.open(path, CRM)) {
      assertEquals(3, get(journal.count(LeadFilter.of(Stage.ERASED))));
    }
  }

  @Test
  void whereTheJournalIsDamagedTheBackupTakesItsPlaceAndTheErasuresAreSaidToBeUnknown()
      throws Exception {
    journal(3);
    new JournalBackup(path, file).write(false);
    Files.writeString(path, "ruined");
    var restored = new JournalRestore(file, path).restore(true);
    assertFalse(restored.erasuresKnown());
    assertEquals("ruined", Files.readString(restored.aside()));
    assertEquals(3, leads(path));
  }

  @Test
  void whatIsNoWholeBackupIsRefusedAndTheJournalIsAsItWas() throws Exception {
    journal(3);
    new JournalBackup(path, file).write(false);
    byte[] whole = Files.readAllBytes(file);
    for (byte[] other :
        List.of(new byte[0], "no journal".getBytes(), java.util.Arrays.copyOf(whole, 20_000))) {
      Files.write(file, other);
      assertThrows(JournalRefused.class, () -> new JournalRestore(file, path).restore(true));
      assertEquals(3, leads(path));
    }
    assertThrows(
        JournalRefused.class, () -> new JournalRestore(folder.resolve("none"), path).restore(true));
  }

  @Test
  void aCopyIsAJournalThatCanBeServedAndTheFirstStaysAsItIs() {
    journal(3);
    Path second = folder.resolve("elsewhere/second.db");
    var written = new JournalCopy(path, second).write();
    assertEquals(3, written.leads());
    assertEquals(3, leads(second));
    try (var journal = SqlJournal.open(second, CRM)) {
      accept(journal, 3, 4);
    }
    assertEquals(3, leads(path));
    assertThrows(JournalRefused.class, () -> new JournalCopy(path, second).write());
  }

  private void journal(int leads) {
    try (var journal = SqlJournal.open(path, CRM)) {
      accept(journal, 0, leads);
    }
  }

  private static void accept(SqlJournal journal, int from, int to) {
    List<Submission> submissions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      submissions.add(submission(i));
    }
    get(journal.accept(submissions, null));
  }

  private static Submission submission(int number) {
    return new Submission("id" + number, Samples.lead("r" + number), "{}", NOON);
  }

  private static long leads(Path journal) {
    try (var reader = SqlReader.open(journal)) {
      return get(reader.count(LeadFilter.ANY));
    }
  }

  private static boolean holds(Path file, String text) throws Exception {
    return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
  }
}
