package io.bailiwick.store;

import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.Revisions.Ranked;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The writes to leads: accepting them and recording their moves, inside the writer's commit. */
final class LeadTable {

  private static final String INSERT =
      """
      INSERT INTO lead (id, version, line, revision, accepted_at, stage, due, spent, waits, \
      waiting_since, changed_at, trace, sender, written, source, mail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  /** Its lead's place in the order of acceptance is its own. */
  private static final String PERSON = "INSERT INTO person (seq, lead, body) VALUES (%s, ?, ?)";

  private static final String KNOWN = "SELECT 1 FROM lead WHERE line = ? LIMIT 1";

  private static final String HISTORY =
      "INSERT INTO history (lead, version, at, stage, note) VALUES (?, ?, ?, ?, ?)";

  private LeadTable() {}

  static Acceptance accept(Connection connection, List<Submission> submissions, @Nullable Key key)
      throws SQLException {
    Acceptance known = key == null ? null : IdempotencyKeys.known(connection, key);
    if (known != null) {
      return known;
    }
    List<Entry> entries = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      entries.add(insert(connection, submission));
    }
    if (key != null && !entries.isEmpty()) {
      IdempotencyKeys.keep(connection, key, entries, submissions.get(0).at());
    }
    return new Acceptance.Accepted(entries);
  }

  /** Moves of one lead that follow each other are one write; each has its line of history. */
  static List<Recorded> record(Connection connection, List<Move> moves) throws SQLException {
    List<Boolean> applied = new ArrayList<>(moves.size());
    for (List<Move> steps : Move.byLead(moves)) {
      applied.addAll(Collections.nCopies(steps.size(), apply(connection, steps)));
    }
    Map<String, String> newer = NewerRevisions.of(connection, moves);
    List<Recorded> answers = new ArrayList<>(moves.size());
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      String other = newer.get(move.after().id());
      if (applied.get(i) && other != null && move.before().stage() == Stage.SENDING) {
        handOn(connection, move.after(), other);
      }
      answers.add(new Recorded(applied.get(i), other));
    }
    return answers;
  }

  /** A revision that waits for it takes over what the record may show because of it. */
  private static void handOn(Connection connection, Entry sent, String newer) throws SQLException {
    Entry waiting = find(connection, newer);
    if (waiting != null) {
      String written = Rows.text(waiting.after(sent).written());
      Rows.update(connection, "UPDATE lead SET written = ? WHERE id = ?", written, newer);
    }
  }

  static @Nullable Entry find(Connection connection, String id) throws SQLException {
    String sql = "SELECT " + LeadRow.COLUMNS + " FROM lead l WHERE l.id = ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, id);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? new LeadRow(rows).entry() : null;
    }
  }

  private static Entry insert(Connection connection, Submission submission) throws SQLException {
    Entry first =
        Entry.accepted(submission.id(), submission.lead(), 1, submission.at(), submission.origin());
    List<Entry> line = line(connection, first.line()).stream().map(Ranked::entry).toList();
    Entry top = line.isEmpty() ? null : line.get(0);
    Long given = submission.lead().revision();
    long revision = given != null ? given : top == null ? 1 : top.revision() + 1;
    Entry entry = Revisions.after(line, first.ranked(revision));
    insert(connection, entry, submission.body());
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

  private static void insert(Connection connection, Entry entry, String body) throws SQLException {
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
    String person = PERSON.formatted(Dialect.of(connection).lastSeq());
    Rows.update(connection, person, Json.write(entry.lead()), body);
    history(connection, entry, "accepted as revision " + entry.revision());
  }

  private static void apply(Connection connection, Move move) throws SQLException {
    apply(connection, List.of(move));
  }

  private static boolean apply(Connection connection, List<Move> moves) throws SQLException {
    Entry before = moves.get(0).before();
    Entry after = moves.get(moves.size() - 1).after();
    if (!LeadUpdate.write(connection, before, after)) {
      return false;
    }
    for (Move move : moves) {
      history(connection, move.after(), move.note());
      JobLeads.settle(connection, move);
    }
    if (!after.line().equals(before.line())) {
      join(connection, after);
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
