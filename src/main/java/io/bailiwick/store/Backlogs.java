package io.bailiwick.store;

import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Backlog.Overdue;
import io.bailiwick.lead.Backlog.Waiting;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what waits: the same answer from rows as from values. */
final class Backlogs {

  /** The oldest is the first in the order of acceptance, which indexes have and times need not. */
  private static final String QUEUED =
      """
      SELECT q.reason, q.leads, l.accepted_at, l.id FROM (
        SELECT reason, COUNT(*) AS leads, MIN(seq) AS first FROM lead
        WHERE stage = 'QUEUED' GROUP BY reason) q
      JOIN lead l ON l.seq = q.first""";

  private static final String MOVING =
      """
      SELECT q.leads, l.accepted_at, l.id FROM (
        SELECT COUNT(*) AS leads, MIN(l.seq) AS first FROM lead l%s WHERE %s) q
      JOIN lead l ON l.seq = q.first""";

  private static final String PARKED =
      "SELECT park_reason, COUNT(*) FROM lead WHERE stage = 'PARKED' GROUP BY park_reason";

  private static final String OVERDUE =
      """
      SELECT overdue, COUNT(*), MIN(waiting_since), %s FROM lead
      WHERE overdue IS NOT NULL GROUP BY overdue ORDER BY overdue""";

  private Backlogs() {}

  static Backlog read(Connection connection) throws SQLException {
    List<Waiting> waiting = new ArrayList<>();
    for (Stage stage : List.of(Stage.ACCEPTED, Stage.DECIDED, Stage.SENDING)) {
      moving(connection, stage, waiting);
    }
    try (PreparedStatement statement = Rows.prepare(connection, QUEUED);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        QueueReason reason = QueueReason.valueOf(rows.getString(1));
        waiting.add(waiting(Stage.QUEUED, reason, rows, 2));
      }
    }
    return new Backlog(ordered(waiting.stream()), overdue(connection), parked(connection));
  }

  /** The same of entries in memory, in the order of acceptance. */
  static Backlog of(List<Entry> entries) {
    Map<String, List<Entry>> kinds =
        entries.stream()
            .filter(entry -> !entry.stage().atRest())
            .collect(Collectors.groupingBy(entry -> entry.stage() + " " + entry.reason()));
    Stream<Waiting> waiting =
        kinds.values().stream()
            .map(
                kind -> {
                  Entry oldest = kind.get(0);
                  return new Waiting(
                      oldest.stage(),
                      oldest.reason(),
                      kind.size(),
                      oldest.acceptedAt(),
                      oldest.id());
                });
    Map<ParkReason, Long> parked = new EnumMap<>(ParkReason.class);
    entries.stream()
        .filter(entry -> entry.stage() == Stage.PARKED && entry.parkReason() != null)
        .filter(entry -> entry.parkReason() != ParkReason.CLOSED)
        .forEach(entry -> parked.merge(entry.parkReason(), 1L, Long::sum));
    return new Backlog(ordered(waiting), overdue(entries), parked);
  }

  private static List<Overdue> overdue(Connection connection) throws SQLException {
    List<Overdue> all = new ArrayList<>();
    try (PreparedStatement statement =
            Rows.prepare(
                connection, OVERDUE.formatted(Dialect.of(connection).idOfLeast("waiting_since")));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Instant since = Instant.ofEpochMilli(rows.getLong(3));
        all.add(new Overdue(rows.getString(1), rows.getLong(2), since, rows.getString(4)));
      }
    }
    return all;
  }

  private static List<Overdue> overdue(List<Entry> entries) {
    Map<String, List<Entry>> limits = new TreeMap<>();
    for (Entry entry : entries) {
      RuleHit limit = entry.overdue();
      if (limit != null) {
        limits.computeIfAbsent(limit.rule(), none -> new ArrayList<>()).add(entry);
      }
    }
    List<Overdue> all = new ArrayList<>();
    limits.forEach(
        (limit, some) -> {
          Entry first = some.stream().min(Comparator.comparing(Entry::waitingSince)).orElseThrow();
          all.add(new Overdue(limit, some.size(), first.waitingSince(), first.id()));
        });
    return all;
  }

  private static void moving(Connection connection, Stage stage, List<Waiting> waiting)
      throws SQLException {
    try (PreparedStatement statement =
            Rows.prepare(connection, moving(Dialect.of(connection), stage), stage.name());
        ResultSet rows = statement.executeQuery()) {
      if (rows.next()) {
        waiting.add(waiting(stage, null, rows, 1));
      }
    }
  }

  /** What counts the leads of a stage that they leave by themselves. */
  static String moving(Dialect dialect, Stage stage) {
    return MOVING.formatted(OfStage.from(dialect, stage), OfStage.where(stage));
  }

  private static Waiting waiting(
      Stage stage, @io.bailiwick.lead.Nullable QueueReason reason, ResultSet row, int column)
      throws SQLException {
    return new Waiting(
        stage,
        reason,
        row.getLong(column),
        Instant.ofEpochMilli(row.getLong(column + 1)),
        row.getString(column + 2));
  }

  private static Map<ParkReason, Long> parked(Connection connection) throws SQLException {
    Map<ParkReason, Long> parked = new EnumMap<>(ParkReason.class);
    try (PreparedStatement statement = Rows.prepare(connection, PARKED);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ParkReason reason = ParkReason.valueOf(rows.getString(1));
        if (reason != ParkReason.CLOSED) {
          parked.put(reason, rows.getLong(2));
        }
      }
    }
    return parked;
  }

  private static List<Waiting> ordered(Stream<Waiting> waiting) {
    return waiting
        .sorted(
            Comparator.comparing(Waiting::stage)
                .thenComparing(
                    Waiting::reason, Comparator.nullsFirst(Comparator.<QueueReason>naturalOrder())))
        .toList();
  }
}
