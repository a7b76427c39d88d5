package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal's files are deleted, or others put in their place, while it is open. */
class JournalGoneTest {

  private static final String CRM = "http://crm.example";

  @TempDir Path folder;

  @ParameterizedTest(name = "test.db{0}")
  @ValueSource(strings = {"", "-wal"})
  void nothingIsAcknowledgedThatTheNextStartWouldNotFind(String which) throws IOException {
    Path file = folder.resolve("test.db" + which);
    Path aside = folder.resolve("aside");
    try (var journal = SqlJournal.open(folder.resolve("test.db"), CRM)) {
      accept(journal, "1");
      Files.move(file, aside);
      refused(journal, "2");
      Files.copy(aside, file);
      refused(journal, "3");
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      accept(journal, "4");
    }
    try (var next = SqlJournal.open(folder.resolve("test.db"), CRM)) {
      assertTrue(get(next.find("1")).isPresent());
      assertTrue(get(next.find("4")).isPresent());
    }
  }

  @Test
  void theServiceIsNotReadyThoughNoLeadComes() throws IOException {
    Path file = folder.resolve("test.db");
    try (var journal = SqlJournal.open(file, CRM)) {
      get(journal.probe(NOON));
      Files.delete(file);
      assertThrows(CompletionException.class, () -> get(journal.probe(NOON)));
    }
  }

  @Test
  void whatWasAcknowledgedIsStillInTheOpenFilesOfTheProcess() throws IOException {
    Path open = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(open), "Linux tells which files are open");
    Path file = folder.toRealPath().resolve("test.db");
    Path saved = Files.createDirectory(folder.resolve("saved")).resolve("test.db");
    try (var journal = SqlJournal.open(file, CRM)) {
      accept(journal, "1");
      Files.delete(file);
      Files.delete(folder.resolve("test.db-wal"));
      refused(journal, "2");
      try (Stream<Path> descriptors = Files.list(open)) {
        for (Path descriptor : descriptors.toList()) {
          save(descriptor, file + " (deleted)", saved);
          save(descriptor, file + "-wal (deleted)", saved.resolveSibling("test.db-wal"));
        }
      }
    }
    try (var next = SqlJournal.open(saved, CRM)) {
      assertTrue(get(next.find("1")).isPresent());
      assertTrue(get(next.count(LeadFilter.ANY)) >= 1);
    }
  }

  private static void save(Path descriptor, String name, Path to) throws IOException {
    if (Files.isSymbolicLink(descriptor)
        && Files.readSymbolicLink(descriptor).toString().equals(name)) {
      Files.copy(descriptor, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void accept(SqlJournal journal, String id) {
    get(journal.accept(List.of(submission(id)), null));
  }

  private static void refused(SqlJournal journal, String id) {
    var refused = assertThrows(CompletionException.class, () -> accept(journal, id));
    String message = String.valueOf(refused.getCause().getMessage());
    assertTrue(message.contains("is not there any more, or is another file"), message);
    assertTrue(message.contains("journal-damaged.md"), message);
  }

  private static Submission submission(String id) {
    return new Submission(id, Samples.lead("of-" + id), "{}", NOON);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
