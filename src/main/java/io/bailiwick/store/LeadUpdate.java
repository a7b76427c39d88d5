package io.bailiwick.store;

import io.bailiwick.json.Json;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The row of a lead as a move leaves it: only what the move changed is written. Each index that
 * holds a written column is written too, and the rest of the row may have been changed since by
 * what makes no version, such as being woken.
 */
final class LeadUpdate {

  /** A column: what decides whether it changed, and how that is kept. */
  private record Column(
      String name,
      Function<Entry, @Nullable Object> value,
      Function<Object, @Nullable Object> kept) {

    static Column of(String name, Function<Entry, @Nullable Object> value) {
      return new Column(name, value, kept -> kept);
    }

    static Column json(String name, Function<Entry, @Nullable Object> value) {
      return new Column(name, value, Json::write);
    }

    boolean changed(Entry before, Entry after) {
      return !Objects.equals(value.apply(before), value.apply(after));
    }

    @Nullable
    Object of(Entry entry) {
      Object now = value.apply(entry);
      return now == null ? null : kept.apply(now);
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("version", Entry::version),
          Column.of("stage", entry -> entry.stage().name()),
          Column.of("due", Entry::due),
          Column.of("reason", entry -> Rows.name(entry.reason())),
          Column.of("blocker", Entry::blocker),
          Column.of("park_reason", entry -> Rows.name(entry.parkReason())),
          Column.of("superseded_by", Entry::supersededBy),
          Column.of(
              "territory", entry -> entry.territory() == null ? null : entry.territory().name()),
          Column.of("spent", entry -> entry.attempts().spent()),
          Column.of("waits", entry -> entry.attempts().waits()),
          Column.of("failing_since", entry -> entry.attempts().failingSince()),
          Column.of("refused_since", entry -> entry.attempts().refusedSince()),
          Column.of("waiting_since", Entry::waitingSince),
          Column.of("overdue", LeadUpdate::overdue),
          new Column("written", Entry::written, written -> Rows.text((Written) written)),
          Column.of("scheduled_since", entry -> entry.written().scheduledSince()),
          Column.of("changed_at", Entry::changedAt),
          Column.of("rule", LeadUpdate::rule),
          Column.json("decision", Entry::decision),
          Column.json("previous", Entry::previous));

  /** By the bits of the columns that changed. */
  private static final Map<Integer, String> SETS = new ConcurrentHashMap<>();

  private final Entry before;
  private final Entry after;
  private final String set;
  private final @Nullable Object[] values;

  private LeadUpdate(Entry before, Entry after, String set, @Nullable Object[] values) {
    this.before = before;
    this.after = after;
    this.set = set;
    this.values = values;
  }

  /** On any thread: what is compared and spelled here the writer has not to do. */
  static LeadUpdate of(Entry before, Entry after) {
    int changed = 0;
    List<@Nullable Object> values = new ArrayList<>(COLUMNS.size() + 2);
    for (int i = 0; i < COLUMNS.size(); i++) {
      Column column = COLUMNS.get(i);
      if (column.changed(before, after)) {
        changed |= 1 << i;
        values.add(column.of(after));
      }
    }
    values.add(after.id());
    values.add(before.version());
    return new LeadUpdate(
        before, after, SETS.computeIfAbsent(changed, LeadUpdate::set), values.toArray());
  }

  /** Whether it was written: the row was of the version that it begins with. */
  boolean write(Connection connection) throws SQLException {
    String claim = Dialect.of(connection).claimAfter(before, after);
    String sql = "UPDATE lead SET " + set + claim + " WHERE id = ? AND version = ?";
    return 1 == Rows.update(connection, sql, values);
  }

  private static String set(int changed) {
    List<String> set = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      if ((changed & (1 << i)) != 0) {
        set.add(COLUMNS.get(i).name + " = ?");
      }
    }
    return String.join(", ", set);
  }

  /** The rule that settled its decision. */
  private static @Nullable String rule(Entry entry) {
    var decision = entry.decision();
    RuleHit rule = decision == null ? null : decision.receipt().settledBy();
    return rule == null ? null : rule.rule();
  }

  /** The limit that a queued lead has waited longer than. */
  private static @Nullable String overdue(Entry entry) {
    RuleHit limit = entry.overdue();
    return limit == null ? null : limit.rule();
  }
}
