package io.bailiwick.bench;

import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.LeadIds;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A batch into the journal in one request, and into a bare table in one commit, both fsynced. */
final class JournalPair implements Part.Pair {

  private final Path folder;
  private final SqlJournal journal;
  private final Connection connection;
  private final PreparedStatement insert;
  private final LeadIds ids = new LeadIds(InstantSource.system(), RandomGenerator.getDefault());
  private final List<Lead> leads;
  private final List<Submission> batch = new ArrayList<>();
  private long record = 3_652_397_000_000_000_000L;
  private long row;

  JournalPair(List<Lead> leads) throws IOException, SQLException {
    this.leads = leads;
    // On the disk that journals are on, and not in a folder that may be memory.
    this.folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "parts");
    this.journal = SqlJournal.open(folder.resolve("journal.db"), "http://crm.example");
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("CREATE TABLE lead (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
    }
    connection.setAutoCommit(false);
    this.insert = connection.prepareStatement("INSERT INTO lead (id, body) VALUES (?, ?)");
  }

  /** Each lead is another record of the CRM, as most are. */
  @Override
  public void prepare() {
    batch.clear();
    for (Lead lead : leads) {
      Lead another = LeadForm.of(lead).set(LeadField.CRM_ID, Long.toString(++record)).lead();
      String body = LeadJson.write(another).toString();
      batch.add(new Submission(ids.next(), another, body, Instant.now()));
    }
  }

  @Override
  public Object ours() {
    return journal.accept(List.copyOf(batch), null).toCompletableFuture().join();
  }

  @Override
  public Object bare() throws SQLException {
    for (Submission one : batch) {
      insert.setLong(1, ++row);
      insert.setString(2, one.body());
      insert.executeUpdate();
    }
    connection.commit();
    return row;
  }

  @Override
  public void close() throws Exception {
    journal.close();
    connection.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
