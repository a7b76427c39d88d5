package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.AccessBook.KeptKey;
import io.bailiwick.flow.Journal;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Activity;
import io.bailiwick.lead.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccessTest extends AccessContract {

  private static final String SECRET = "whsec_dGhlIGNhbmFyeSBvZiB0aGUgc2lnbmluZyBrZXk=";

  @TempDir Path folder;

  @Override
  Journal open() {
    return SqlJournal.open(folder.resolve("test.db"), "http://crm.example");
  }

  @Test
  void aSigningSecretIsInNoFileOfTheJournalAndItsKeyIsTheOwnersAlone() throws IOException {
    Path other = folder.resolve("other.db");
    keepSigningKey(other);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(SECRET), file.toString());
      }
    }
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("other.db.key"))));
  }

  @Test
  void anotherKeyFileIsRefusedAndTheMessageSaysWhichBelongsThere() throws IOException {
    Path other = folder.resolve("other.db");
    keepSigningKey(other);
    Path key = folder.resolve("other.db.key");
    Files.writeString(key, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    try (Journal journal = SqlJournal.open(other, "http://crm.example")) {
      var failed =
          assertThrows(
              CompletionException.class,
              () -> journal.access().keys().toCompletableFuture().join());
      assertInstanceOf(JournalRefused.class, failed.getCause());
      assertTrue(failed.getMessage().contains(key + " is not the key file"), failed.getMessage());
    }
  }

  @Test
  void noLineOfTheRecordIsChangedOrRemovedNotEvenByHand() throws SQLException {
    Path other = folder.resolve("other.db");
    try (Journal journal = SqlJournal.open(other, "http://crm.example")) {
      var line = new Activity(0, NOON, "ana", Role.OPERATOR, "POST /v1/pause", "/v1/pause", null);
      long seq = journal.access().append(line).toCompletableFuture().join();
      journal.access().answered(seq, 200).toCompletableFuture().join();
    }
    try (var connection = DriverManager.getConnection(SqliteFile.url(other));
        var statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "UPDATE activity SET who = 'ben'",
            "DELETE FROM activity",
            "UPDATE activity_answer SET status = 500",
            "DELETE FROM activity_answer"
          }) {
        var refused = assertThrows(SQLException.class, () -> statement.execute(sql));
        assertTrue(refused.getMessage().contains("append-only"), refused.getMessage());
      }
    }
  }

  private static void keepSigningKey(Path path) {
    try (Journal journal = SqlJournal.open(path, "http://crm.example")) {
      var key =
          new AccessKey("s1", "web", Role.SOURCE, "web", Kind.SIGNATURE, NOON, null, null, null);
      journal.access().add(new KeptKey(key, SECRET)).toCompletableFuture().join();
    }
  }
}
