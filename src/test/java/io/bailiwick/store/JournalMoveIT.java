package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moving a journal from a file to a server loses nothing, and can be repeated. */
class JournalMoveIT {

  private static final String CRM = "http://crm.example";
  private static final Instant NOON = Samples.NOON;
  private static final Grant GRANT = new Grant("https://a.example", "c", "s3cret", "r");

  private final String url = PostgresServer.database();

  @TempDir Path folder;

  @Test
  void everyRowIsThereAndWhatComesNextComesBehindIt() throws SQLException {
    fill();
    var moved = new JournalMove(file(), server()).write();
    assertEquals(2_500, moved.leads());
    try (Connection from = SqliteFile.readConnection(file())) {
      assertEquals(CopiedTable.digest(CopiedTable.all(from), from, () -> {}), moved.digest());
    }
    try (Journal journal = SqlJournal.open(server(), CRM, CommitWatch.NONE)) {
      Entry assigned = get(journal.find("id0")).orElseThrow();
      assertEquals("DECIDED", assigned.stage().name());
      assertEquals(2, get(journal.history("id0")).size());
      assertEquals(GRANT, get(journal.tokens().grant()).orElseThrow(), "its key came along");
      var again = get(journal.accept(List.of(submission("other")), new Key("k7", "d")));
      assertEquals("id7", ((Acceptance.Repeated) again).entries().get(0).id());
      get(journal.accept(List.of(submission("next")), null));
      assertEquals("next", get(journal.list(ANY, null, 1)).entries().get(0).id());
      assertEquals(100, get(journal.claim(Work.DECIDE, NOON, 100)).claims().size());
    }
  }

  private static final io.bailiwick.lead.LeadFilter ANY = io.bailiwick.lead.LeadFilter.ANY;

  @Test
  void itMayBeRepeatedUntilTheNewOneIsServed() {
    fill();
    String first = new JournalMove(file(), server()).write().digest();
    assertEquals(first, new JournalMove(file(), server()).write().digest());
    try (Journal journal = SqlJournal.open(file(), CRM)) {
      get(journal.accept(List.of(submission("late")), null));
    }
    assertEquals(2_501, new JournalMove(file(), server()).write().leads());
    try (Journal journal = SqlJournal.open(server(), CRM, CommitWatch.NONE)) {
      assertTrue(get(journal.find("late")).isPresent());
      assertTrue(refused().contains("served by an instance"), refused());
      get(journal.accept(List.of(submission("there")), null));
    }
    assertTrue(refused().contains("nothing is written over"), refused());
  }

  @Test
  void aRunningSourceIsRefusedAndTheServerIsLeftEmpty() {
    fill();
    try (Journal journal = SqlJournal.open(file(), CRM)) {
      get(journal.probe(NOON));
      String message = refused();
      assertTrue(message.contains("is served by another process"), message);
    }
  }

  @Test
  void anotherKeyFileIsNotWrittenOver() throws Exception {
    fill();
    Files.writeString(server().keyFile(), "another");
    assertTrue(refused().contains("key file of another journal"), refused());
    assertEquals("another", Files.readString(server().keyFile()));
  }

  @Test
  void theServerHasEveryTableAndColumnOfTheFile() throws SQLException {
    fill();
    SqlJournal.open(server(), CRM, CommitWatch.NONE).close();
    try (Connection from = SqliteFile.readConnection(file());
        Connection into = PostgresServer.connection(url)) {
      for (CopiedTable table : CopiedTable.all(from)) {
        String columns = String.join(", ", table.columns());
        try (var rows =
            into.createStatement()
                .executeQuery("SELECT " + columns + " FROM " + table.name() + " LIMIT 0")) {
          assertEquals(table.columns().size(), rows.getMetaData().getColumnCount());
        }
      }
    }
  }

  private void fill() {
    try (Journal journal = SqlJournal.open(file(), CRM)) {
      for (int i = 0; i < 2_500; i++) {
        var stage = journal.accept(List.of(submission("id" + i)), new Key("k" + i, "d"));
        if (i == 2_499) {
          get(stage);
        }
      }
      Entry first = get(journal.find("id0")).orElseThrow();
      get(journal.record(List.of(new Move(first, first.decided(Samples.assign(), NOON), "d"))));
      get(journal.tokens().keepGrant(GRANT));
    }
  }

  private String refused() {
    return assertThrows(JournalRefused.class, () -> new JournalMove(file(), server()).write())
        .getMessage();
  }

  private Path file() {
    return folder.resolve("journal.db");
  }

  private JournalPlace.OnServer server() {
    return PostgresServer.place(url, folder);
  }

  private static Submission submission(String id) {
    return new Submission(id, Samples.lead("of-" + id), "{\"name\":\"Zoë 🙂\"}", NOON);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
