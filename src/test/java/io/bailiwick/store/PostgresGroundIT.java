package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal on a server promises beside the contract of all journals. */
class PostgresGroundIT {

  private static final String CRM = "http://crm.example";
  private static final Instant NOON = Samples.NOON;

  private final String url = PostgresServer.database();

  @TempDir Path folder;

  @Test
  void itsConditionNamesTheServerItsSettingsAndNoSecret() {
    var place = new JournalPlace.OnServer(url + "?user=postgres", null, "s3cret", folder);
    try (var journal = SqlJournal.open(place, CRM, CommitWatch.NONE)) {
      var condition = get(journal.condition(NOON));
      assertTrue(condition.durable());
      assertTrue(
          condition.how().matches("PostgreSQL \\d+.*, synchronous_commit=on, fsync=on"),
          condition.how());
      assertEquals(url, condition.place());
      assertFalse(place.toString().contains("s3cret"));
    }
  }

  @Test
  void aServerThatDoesNotKeepWhatItAcknowledgesIsRefusedWithWhatToChange() {
    PostgresServer.execute(
        url, "ALTER ROLE postgres IN DATABASE " + database() + " SET synchronous_commit = off");
    String message = refused(url);
    assertTrue(message.contains("synchronous_commit is off"), message);
    assertTrue(message.contains("SET synchronous_commit = on"), message);
    PostgresServer.execute(
        url, "ALTER ROLE postgres IN DATABASE " + database() + " SET synchronous_commit = local");
    open().close();
  }

  @Test
  void anotherCrmIsRefusedWithBothNamed() {
    open().close();
    var refused =
        assertThrows(
            JournalRefused.class,
            () -> SqlJournal.open(place(), "http://other.example", CommitWatch.NONE));
    assertTrue(refused.getMessage().contains(CRM), refused.getMessage());
    assertTrue(refused.getMessage().contains("http://other.example"), refused.getMessage());
  }

  @Test
  void aNewerSchemaIsRefusedWithBothVersionsNamed() {
    open().close();
    PostgresServer.execute(
        url,
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, installed_on, execution_time, success)
        VALUES (99, '99', 'from the future', 'SQL', 'V99__future.sql', 1, 'x', now(), 1, true)""");
    String message = refused(url);
    assertTrue(message.contains("99"), message);
    assertTrue(message.contains("knows only up to"), message);
  }

  @Test
  void anotherEncodingThanUtf8IsRefused() {
    PostgresServer.execute(
        url,
        "CREATE DATABASE latin_%s ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
            .formatted(database()));
    String message = refused(url.replace(database(), "latin_" + database()));
    assertTrue(message.contains("UTF8"), message);
  }

  @Test
  void aUserThatMayNotMakeTheJournalIsToldWhatToGrant() {
    String user = "poor_" + database();
    PostgresServer.execute(url, "CREATE ROLE " + user + " LOGIN");
    PostgresServer.execute(url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    var poor = new JournalPlace.OnServer(url, user, null, folder);
    var refused =
        assertThrows(JournalRefused.class, () -> SqlJournal.open(poor, CRM, CommitWatch.NONE));
    assertTrue(refused.getMessage().contains("GRANT CREATE ON SCHEMA"), refused.getMessage());
    open().close();
    var known =
        assertThrows(JournalRefused.class, () -> SqlJournal.open(poor, CRM, CommitWatch.NONE));
    assertTrue(known.getMessage().contains("journal"), known.getMessage());
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() {
    PostgresServer.execute(url, "CREATE TABLE lead (theirs TEXT)");
    String message = refused(url);
    assertTrue(message.contains("another program"), message);
  }

  @Test
  void aServerThatIsNotThereIsToldWithItsName() {
    String message = refused("jdbc:postgresql://localhost:1/none");
    assertTrue(message.contains("jdbc:postgresql://localhost:1/none"), message);
  }

  @Test
  void instancesShareWhatIsDueAndNoneGetsWhatAnotherHas() {
    try (Journal one = open();
        Journal two = open()) {
      for (int i = 0; i < 300; i++) {
        get(one.accept(List.of(submission("id" + i)), null));
      }
      List<CompletableFuture<List<Claim>>> asked = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Journal which = i % 2 == 0 ? one : two;
        asked.add(
            which
                .claim(Work.DECIDE, NOON.plusSeconds(1), 20)
                .thenApply(claimed -> claimed.claims())
                .toCompletableFuture());
      }
      Set<String> all = new HashSet<>();
      for (var claims : asked) {
        for (Claim claim : claims.join()) {
          assertTrue(all.add(claim.entry().id()), "none twice");
        }
      }
      assertEquals(300, all.size());
    }
  }

  @Test
  void whatAnInstanceClaimedIsAnothersOnceItsLeaseHasEndedAndItsOwnWordIsThenTooLate() {
    try (Journal one = open();
        Journal two = open()) {
      get(one.accept(List.of(submission("a")), null));
      Entry entry = get(one.claim(Work.DECIDE, NOON, 5)).claims().get(0).entry();
      var held = get(two.claim(Work.DECIDE, NOON, 5));
      assertEquals(List.of(), held.claims());
      assertTrue(held.nextDue().isAfter(NOON), "it is looked at again when the lease ends");
      assertFalse(held.nextDue().isAfter(NOON.plus(Leases.LEASE)));
      PostgresServer.execute(url, "UPDATE lead SET leased_until = 1");
      Entry taken = get(two.claim(Work.DECIDE, NOON, 5)).claims().get(0).entry();
      Move move = new Move(taken, taken.decided(Samples.assign(), NOON), "decided");
      assertTrue(get(two.record(List.of(move))).get(0).applied());
      Move late = new Move(entry, entry.decided(Samples.assign(), NOON), "decided");
      assertFalse(get(one.record(List.of(late))).get(0).applied());
    }
  }

  @Test
  void aLeadThatIsBeingSentIsItsHoldersByTheServersClockHoweverFarTheOthersClockIsAhead() {
    try (Journal one = open();
        Journal two = open()) {
      get(one.accept(List.of(submission("a")), null));
      Entry entry = get(one.claim(Work.DECIDE, NOON, 5)).claims().get(0).entry();
      Entry decided = entry.decided(Samples.assign(), NOON);
      get(one.record(List.of(new Move(entry, decided, "decided"))));
      assertEquals(1, get(one.claim(Work.SEND, NOON, 5)).claims().size());
      Entry sending = decided.sending(NOON.plusSeconds(35), NOON);
      get(one.record(List.of(new Move(decided, sending, "sending"))));
      Instant ahead = NOON.plusSeconds(300);
      assertEquals(List.of(), get(two.claim(Work.SEND, ahead, 5)).claims());
      PostgresServer.execute(url, "UPDATE lead SET leased_until = 1");
      assertEquals(1, get(two.claim(Work.SEND, ahead, 5)).claims().size());
    }
  }

  @Test
  void revisionsOfOneRecordThatCrossOnTwoInstancesAreOneLine() {
    try (Journal one = open();
        Journal two = open()) {
      List<CompletableFuture<Acceptance>> asked = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Journal which = i % 2 == 0 ? one : two;
        var same = new Submission("id" + i, Samples.lead("same"), "{}", NOON);
        asked.add(which.accept(List.of(same), null).toCompletableFuture());
      }
      Set<Long> revisions = new HashSet<>();
      for (var answer : asked) {
        Entry entry = ((Acceptance.Accepted) answer.join()).entries().get(0);
        assertTrue(revisions.add(entry.revision()), "each has a revision of its own");
      }
      List<Claim> live = get(one.claim(Work.DECIDE, NOON.plusSeconds(1), 50)).claims();
      assertEquals(List.of(40L), live.stream().map(c -> c.entry().revision()).toList());
    }
  }

  @Test
  void oneKeyOnTwoInstancesAtOnceIsOneLead() {
    try (Journal one = open();
        Journal two = open()) {
      List<CompletableFuture<Acceptance>> asked = new ArrayList<>();
      var key = new Key("k", "d");
      for (int i = 0; i < 64; i++) {
        Journal which = i % 2 == 0 ? one : two;
        asked.add(which.accept(List.of(submission("id" + i)), key).toCompletableFuture());
      }
      long made = asked.stream().filter(a -> a.join() instanceof Acceptance.Accepted).count();
      assertEquals(1, made);
      asked.forEach(a -> assertFalse(a.join() instanceof Acceptance.KeyReused));
    }
  }

  @Test
  void aWriteWhoseConnectionIsCutFailsOrIsDoneAndTheNextOneWorks() {
    try (Journal journal = open()) {
      int failed = 0;
      for (int i = 0; i < 30; i++) {
        String id = "id" + i;
        var asked = journal.accept(List.of(submission(id)), null).toCompletableFuture();
        cutWriters();
        boolean said = asked.handle((answer, failure) -> failure == null).join();
        failed += said ? 0 : 1;
        boolean there = get(journal.find(id)).isPresent();
        assertEquals(said, there, "what is known to fail is not there, and the other way round");
      }
      get(journal.accept(List.of(submission("last")), null));
      assertTrue(get(journal.find("last")).isPresent());
      assertTrue(failed < 30, "not all of them were cut");
    }
  }

  @Test
  void oneThatBreaksAConstraintTakesNoneOfItsNeighboursWithIt() {
    try (Journal journal = open()) {
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        all.add(journal.accept(List.of(submission("id" + i)), null).toCompletableFuture());
      }
      var twice = new Submission("id7", Samples.lead("other"), "{}", NOON);
      var broken = journal.accept(List.of(twice), null).toCompletableFuture();
      all.add(journal.accept(List.of(submission("after")), null).toCompletableFuture());
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
      var failure = assertThrows(CompletionException.class, broken::join);
      assertInstanceOf(java.sql.SQLException.class, failure.getCause());
      assertTrue(get(journal.find("after")).isPresent());
    }
  }

  private void cutWriters() {
    PostgresServer.execute(
        url,
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()""");
  }

  private Journal open() {
    return SqlJournal.open(place(), CRM, CommitWatch.NONE);
  }

  private JournalPlace.OnServer place() {
    return PostgresServer.place(url, folder);
  }

  private String database() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private String refused(String at) {
    return assertThrows(
            JournalRefused.class,
            () -> SqlJournal.open(PostgresServer.place(at, folder), CRM, CommitWatch.NONE))
        .getMessage();
  }

  private static Submission submission(String id) {
    return new Submission(id, Samples.lead("of-" + id), "{}", NOON);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
