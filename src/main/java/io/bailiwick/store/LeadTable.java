package io.bailiwick.store;

import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.Revisions.Ranked;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The writes to leads: accepting them and recording their moves, inside the writer's commit. */
final class LeadTable {

  private static final String INSERT =
      """
      INSERT INTO lead (id, version, line, revision, accepted_at, stage, due, spent, waits, \
      waiting_since, changed_at, trace, sender, written, source, mail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  /** Its lead's place in the order of acceptance is its own. */
  private static final Function<Dialect, String> PERSON =
      Dialect.each(
          dialect ->
              "INSERT INTO person (seq, lead, body) VALUES (%s, ?, ?)"
                  .formatted(dialect.lastSeq()));

  private static final String KNOWN = "SELECT 1 FROM lead WHERE line = ? LIMIT 1";

  private static final String HISTORY =
      "INSERT INTO history (lead, version, at, stage, note) VALUES (?, ?, ?, ?, ?)";

  private LeadTable() {}

  /** A lead that comes in, and as it is kept: spelled before the writer has it. */
  record Incoming(Submission submission, String lead) {

    private static Incoming of(Submission submission) {
      byte[] lead = LeadJson.canonical(submission.lead());
      return new Incoming(submission, new String(lead, StandardCharsets.UTF_8));
    }

    static List<Incoming> of(List<Submission> submissions) {
      return submissions.stream().map(Incoming::of).toList();
    }
  }

  static Acceptance accept(Connection connection, List<Incoming> leads, @Nullable Key key)
      throws SQLException {
    Acceptance known = key == null ? null : IdempotencyKeys.known(connection, key);
    if (known != null) {
      return known;
    }
    List<Entry> entries = new ArrayList<>(leads.size());
    for (Incoming lead : leads) {
      entries.add(insert(connection, lead));
    }
    if (key != null && !entries.isEmpty()) {
      IdempotencyKeys.keep(connection, key, entries, leads.get(0).submission().at());
    }
    return new Acceptance.Accepted(entries);
  }

  /**
   * Moves of one lead that follow each other are one write; each has its line of history, and its
   * answer.
   */
  static List<Recorded> record(Connection connection, List<LeadSteps> all) throws SQLException {
    List<Boolean> applied = new ArrayList<>(all.size());
    for (LeadSteps steps : all) {
      applied.add(apply(connection, steps));
    }
    Map<String, String> newer = NewerRevisions.of(connection, all);
    List<Recorded> answers = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      LeadSteps steps = all.get(i);
      String other = newer.get(steps.lead());
      if (applied.get(i) && other != null) {
        handOn(connection, steps, other);
      }
      answers.addAll(
          Collections.nCopies(steps.moves().size(), new Recorded(applied.get(i), other)));
    }
    return answers;
  }

  /** A revision that waits for it takes over what the record may show because of it. */
  private static void handOn(Connection connection, LeadSteps steps, String newer)
      throws SQLException {
    for (Move move : steps.moves()) {
      Entry waiting = move.before().stage() == Stage.SENDING ? find(connection, newer) : null;
      if (waiting != null) {
        String written = Rows.text(waiting.after(move.after()).written());
        Rows.update(connection, "UPDATE lead SET written = ? WHERE id = ?", written, newer);
      }
    }
  }

  static @Nullable Entry find(Connection connection, String id) throws SQLException {
    String sql = "SELECT " + LeadRow.COLUMNS + " FROM lead l WHERE l.id = ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, id);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? new LeadRow(rows).entry() : null;
    }
  }

  private static Entry insert(Connection connection, Incoming incoming) throws SQLException {
    Submission submission = incoming.submission();
    Entry first =
        Entry.accepted(submission.id(), submission.lead(), 1, submission.at(), submission.origin());
    List<Entry> line = line(connection, first.line()).stream().map(Ranked::entry).toList();
    Entry top = line.isEmpty() ? null : line.get(0);
    Long given = submission.lead().revision();
    long revision = given != null ? given : top == null ? 1 : top.revision() + 1;
    Entry entry = Revisions.after(line, first.ranked(revision));
    insert(connection, entry, incoming);
    for (Move move : Revisions.supersede(line, entry, submission.at())) {
      apply(connection, move);
      if (move.after().id().equals(entry.id())) {
        entry = move.after();
      }
    }
    return entry;
  }

  /** All revisions of a record, the highest first; most leads are the first of theirs. */
  private static List<Ranked> line(Connection connection, String line) throws SQLException {
    if (Rows.number(connection, KNOWN, line) == 0) {
      return List.of();
    }
    String sql =
        "SELECT l.seq, "
            + LeadRow.COLUMNS
            + " FROM lead l WHERE l.line = ? AND l.stage <> 'SUPERSEDED'"
            + " ORDER BY l.revision DESC, l.seq DESC"
            + Dialect.of(connection).forUpdate();
    List<Ranked> entries = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, line);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(new Ranked(new LeadRow(rows).entry(), rows.getLong("seq")));
      }
    }
    return entries;
  }

  private static void insert(Connection connection, Entry entry, Incoming incoming)
      throws SQLException {
    Rows.update(
        connection,
        INSERT,
        entry.id(),
        entry.version(),
        entry.line(),
        entry.revision(),
        entry.acceptedAt(),
        entry.stage().name(),
        entry.due(),
        entry.attempts().spent(),
        entry.attempts().waits(),
        entry.waitingSince(),
        entry.changedAt(),
        entry.trace() == null ? null : entry.trace().header(),
        entry.origin().sender(),
        Rows.text(entry.written()),
        entry.lead().source(),
        MailMark.of(entry.lead().email()));
    String person = PERSON.apply(Dialect.of(connection));
    Rows.update(connection, person, incoming.lead(), incoming.submission().body());
    history(connection, entry, "accepted as revision " + entry.revision());
  }

  private static void apply(Connection connection, Move move) throws SQLException {
    apply(connection, LeadSteps.of(move));
  }

  private static boolean apply(Connection connection, LeadSteps steps) throws SQLException {
    if (!steps.update().write(connection)) {
      return false;
    }
    for (Move move : steps.moves()) {
      history(connection, move.after(), move.note());
      JobLeads.settle(connection, move);
    }
    if (!steps.after().line().equals(steps.before().line())) {
      join(connection, steps.after());
    }
    return true;
  }

  /** Its record has a name now, and may have other revisions. */
  private static void join(Connection connection, Entry named) throws SQLException {
    List<Ranked> others = line(connection, named.line());
    Ranked joined = new Ranked(named, seq(connection, named.id()));
    joined = new Ranked(Revisions.joined(others, joined), joined.seq());
    Rows.update(
        connection,
        "UPDATE lead SET line = ?, revision = ?, written = ? WHERE id = ?",
        named.line(),
        joined.entry().revision(),
        Rows.text(joined.entry().written()),
        named.id());
    for (Move move : Revisions.giveWay(others, joined, named.changedAt())) {
      apply(connection, move);
    }
  }

  private static long seq(Connection connection, String id) throws SQLException {
    return Rows.number(connection, "SELECT seq FROM lead WHERE id = ?", id);
  }

  private static void history(Connection connection, Entry entry, String note) throws SQLException {
    Rows.update(
        connection,
        HISTORY,
        entry.id(),
        entry.version(),
        entry.changedAt(),
        entry.stage().name(),
        note);
  }
}
