package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static io.bailiwick.store.JournalContract.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteErasureTest extends ErasureContract {

  /** Seven digits that name a lead, wherever they turn up. */
  private static final Pattern CANARY = Pattern.compile("(?i)canary(\\d{7})");

  @TempDir Path folder;

  @Override
  Journal open() {
    return SqlJournal.open(folder.resolve("own.db"), "http://crm.example");
  }

  /** Growing rows move from page to page; what is erased must not be left where it once was. */
  @Test
  void afterErasingEveryOtherLeadNoByteOfThoseIsLeftInAnyFileOfTheJournal() throws Exception {
    var random = new Random(1);
    List<Entry> leads = new ArrayList<>();
    for (int i = 0; i < 2_000; i += 20) {
      leads.addAll(canaries(i, i + 20, random));
      List<Move> moves = new ArrayList<>();
      for (int k = 0; k < 30; k++) {
        int at = random.nextInt(leads.size());
        if (leads.get(at).decision() == null) {
          moves.add(decide(leads.get(at)));
          leads.set(at, moves.get(moves.size() - 1).after());
        }
      }
      get(journal.record(moves));
    }
    assertTrue(canaries().size() >= 2_000, "they were there");
    List<Move> erased = new ArrayList<>();
    for (int i = 0; i < leads.size(); i += 2) {
      erased.add(new Move(leads.get(i), leads.get(i).erased(NOON), "erased"));
    }
    assertTrue(get(journal.erasures().erase(erased)).stream().allMatch(Recorded::applied));
    assertTrue(get(journal.erasures().settle()));
    List<Integer> left = canaries();
    assertEquals(List.of(), left.stream().filter(number -> number % 2 == 0).toList());
    assertEquals(1_000, left.stream().distinct().count(), "the others are all there");
  }

  @Test
  void whileSomebodyReadsAnOlderStateItSaysThatItIsNotYetGone() throws Exception {
    Entry lead = canaries(7, 8, new Random(2)).get(0);
    try (Connection reading = DriverManager.getConnection("jdbc:sqlite:" + path());
        var statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      try (var rows = statement.executeQuery("SELECT COUNT(*) FROM lead")) {
        rows.next();
      }
      erase(lead);
      assertFalse(get(journal.erasures().settle()));
      reading.commit();
      assertTrue(get(journal.erasures().settle()));
    }
    assertEquals(List.of(), canaries());
  }

  @Test
  void whatIsAskedWhileLeadsComeInIsFoundByIndex() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path())) {
      for (String sql : SqlErasures.statements()) {
        String plan = SqliteJournalTest.plan(connection, sql);
        assertFalse(plan.contains("SCAN"), sql + "\n" + plan);
      }
      String plan = SqliteJournalTest.plan(connection, SqlErasures.ofEmail(connection));
      assertTrue(plan.contains("lead_by_mail (mail=?)"), plan);
      assertFalse(plan.contains("SCAN"), plan);
    }
  }

  /** Those leads, accepted in one request. */
  private List<Entry> canaries(int from, int to, Random random) {
    List<Submission> submissions = new ArrayList<>();
    for (int number = from; number < to; number++) {
      String canary = "canary%07d".formatted(number);
      var form = new LeadForm().set(LeadField.CRM_ID, "r" + number);
      for (LeadField field :
          List.of(LeadField.EMAIL, LeadField.LAST_NAME, LeadField.PHONE, LeadField.CAMPAIGN)) {
        form.set(field, canary + "@x.example");
      }
      Lead lead = form.setAttribute(canary, canary + "ä".repeat(random.nextInt(500))).lead();
      String body = canary + "x".repeat(random.nextInt(9_000));
      submissions.add(new Submission("id" + number, lead, body, NOON));
    }
    var key = new Key("canary%07d".formatted(from), "digest");
    return ((Journal.Acceptance.Accepted) get(journal.accept(submissions, key))).entries();
  }

  private static Move decide(Entry entry) {
    Entry decided = entry.decided(Samples.assign(), NOON);
    String typed = "assigned for canary%07d".formatted(Integer.parseInt(entry.id().substring(2)));
    return new Move(entry, decided, typed);
  }

  /** The numbers in every file that belongs to the journal. */
  private List<Integer> canaries() throws IOException {
    List<Integer> found = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher canary = CANARY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (canary.find()) {
          found.add(Integer.parseInt(canary.group(1)));
        }
      }
    }
    return found;
  }

  private Path path() {
    return folder.resolve("own.db");
  }
}
