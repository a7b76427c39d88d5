package io.bailiwick.store;

import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.Revisions.Ranked;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The writes to leads: accepting them and recording their moves, inside the writer's commit. */
final class LeadTable {

  private static final String INSERT =
      """
      INSERT INTO lead (id, version, line, revision, accepted_at, stage, due, reason, blocker, \
      park_reason, superseded_by, territory, decision, spent, waits, failing_since, \
      refused_since, waiting_since, changed_at, trace, sender, written)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING seq""";

  /** Its lead's place in the order of acceptance is its own. */
  private static final String PERSON = "INSERT INTO person (seq, lead, body) VALUES (?, ?, ?)";

  private static final String SET =
      """
      UPDATE lead SET version = ?, stage = ?, due = ?, reason = ?, blocker = ?, park_reason = ?, \
      superseded_by = ?, territory = ?, spent = ?, waits = ?, failing_since = ?, \
      refused_since = ?, waiting_since = ?, overdue = ?, written = ?, scheduled_since = ?, \
      changed_at = ?""";

  private static final String WHERE = " WHERE id = ? AND version = ?";

  private static final String UPDATE = SET + WHERE;

  /** Of a move that came by another decision; the others leave its JSON as it stands. */
  private static final String UPDATE_DECISION = SET + ", decision = ?, previous = ?" + WHERE;

  private static final String HISTORY =
      "INSERT INTO history (lead, version, at, stage, note) VALUES (?, ?, ?, ?, ?)";

  private static final String NEWER =
      """
      SELECT n.id FROM lead l JOIN lead n ON n.line = l.line
      WHERE l.id = ? AND (n.revision, n.seq) > (l.revision, l.seq)
      ORDER BY n.revision DESC, n.seq DESC LIMIT 1""";

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

  static List<Recorded> record(Connection connection, List<Move> moves) throws SQLException {
    List<Recorded> answers = new ArrayList<>(moves.size());
    for (Move move : moves) {
      boolean applied = apply(connection, move);
      String newer = newer(connection, move.after().id());
      if (applied && newer != null && move.before().stage() == Stage.SENDING) {
        handOn(connection, move.after(), newer);
      }
      answers.add(new Recorded(applied, newer));
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
    String sql = "SELECT " + Rows.ENTRY + " FROM lead l WHERE l.id = ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, id);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Rows.entry(rows) : null;
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

  /** All revisions of a record, the highest first. */
  private static List<Ranked> line(Connection connection, String line) throws SQLException {
    String sql =
        "SELECT l.seq, "
            + Rows.ENTRY
            + " FROM lead l WHERE l.line = ? AND l.stage <> 'SUPERSEDED'"
            + " ORDER BY l.revision DESC, l.seq DESC"
            + Dialect.of(connection).forUpdate();
    List<Ranked> entries = new ArrayList<>();
    try (PreparedStatement statement = Rows.prepare(connection, sql, line);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(new Ranked(Rows.entry(rows), rows.getLong("seq")));
      }
    }
    return entries;
  }

  private static void insert(Connection connection, Entry entry, String body) throws SQLException {
    long seq =
        Rows.number(
            connection,
            INSERT,
            entry.id(),
            entry.version(),
            entry.line(),
            entry.revision(),
            entry.acceptedAt(),
            entry.stage().name(),
            entry.due(),
            null,
            null,
            null,
            null,
            null,
            null,
            entry.attempts().spent(),
            entry.attempts().waits(),
            null,
            null,
            entry.waitingSince(),
            entry.changedAt(),
            entry.trace() == null ? null : entry.trace().header(),
            entry.origin().sender(),
            Rows.text(entry.written()));
    Rows.update(connection, PERSON, seq, Json.write(entry.lead()), body);
    history(connection, entry, "accepted as revision " + entry.revision());
  }

  private static boolean apply(Connection connection, Move move) throws SQLException {
    Entry after = move.after();
    Entry before = move.before();
    boolean decided =
        !Objects.equals(after.decision(), before.decision())
            || !Objects.equals(after.previous(), before.previous());
    List<@Nullable Object> values = values(after);
    if (decided) {
      values.add(after.decision() == null ? null : Json.write(after.decision()));
      values.add(after.previous() == null ? null : Json.write(after.previous()));
    }
    values.add(after.id());
    values.add(before.version());
    String claim = Dialect.of(connection).claimAfter(before, after);
    String sql = decided ? UPDATE_DECISION : UPDATE;
    String whole = claim.isEmpty() ? sql : sql.replace(WHERE, claim + WHERE);
    int changed = Rows.update(connection, whole, values.toArray());
    if (changed == 1) {
      history(connection, after, move.note());
      JobLeads.settle(connection, move);
      if (!after.line().equals(move.before().line())) {
        join(connection, after);
      }
    }
    return changed == 1;
  }

  /** In the order of {@link #SET}. */
  private static List<@Nullable Object> values(Entry after) {
    var territory = after.territory();
    return new ArrayList<>(
        Arrays.asList(
            after.version(),
            after.stage().name(),
            after.due(),
            Rows.name(after.reason()),
            after.blocker(),
            Rows.name(after.parkReason()),
            after.supersededBy(),
            territory == null ? null : territory.name(),
            after.attempts().spent(),
            after.attempts().waits(),
            after.attempts().failingSince(),
            after.attempts().refusedSince(),
            after.waitingSince(),
            overdue(after),
            Rows.text(after.written()),
            after.written().scheduledSince(),
            after.changedAt()));
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

  /** The limit that a queued lead has waited longer than. */
  private static @Nullable String overdue(Entry entry) {
    RuleHit limit = entry.overdue();
    return limit == null ? null : limit.rule();
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

  private static @Nullable String newer(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement = Rows.prepare(connection, NEWER, id);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
