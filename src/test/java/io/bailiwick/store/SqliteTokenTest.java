package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.TokenBook.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTokenTest extends TokenContract {

  @TempDir Path folder;

  @Override
  Journal open() {
    return SqlJournal.open(folder.resolve("test.db"), "http://crm.example");
  }

  @Test
  void noSecretIsInAnyFileOfTheJournal() throws IOException {
    try (Journal journal = SqlJournal.open(folder.resolve("other.db"), "http://crm.example")) {
      get(journal.tokens().keepGrant(GRANT));
      var access = new Access("1000.canary", NOON, NOON.plusSeconds(3600), null);
      get(journal.tokens().keep(GRANT.key(), access));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          for (String secret : new String[] {"s3cret", "1000.r", "1000.canary"}) {
            assertFalse(text.contains(secret), file.toString());
          }
        }
      }
    }
  }
}
