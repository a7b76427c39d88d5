package io.bailiwick.store;

import io.bailiwick.json.Json;
import io.bailiwick.lead.Attempts;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Origin;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TraceParent;
import io.bailiwick.lead.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a row says of a lead, as it was read. The entry is made of it on whatever thread asks: to
 * read its JSON takes longer than the row, and the writer has no time for that.
 */
final class LeadRow {

  private enum Column {
    ID,
    VERSION,
    LINE,
    REVISION,
    ACCEPTED_AT,
    STAGE,
    DUE,
    REASON,
    BLOCKER,
    PARK_REASON,
    SUPERSEDED_BY,
    DECISION,
    PREVIOUS,
    SPENT,
    WAITS,
    FAILING_SINCE,
    REFUSED_SINCE,
    WAITING_SINCE,
    CHANGED_AT,
    TRACE,
    SENDER,
    WRITTEN,
    SCHEDULED_SINCE,
    LEAD;

    String sql() {
      return this == LEAD
          ? "(SELECT p.lead FROM person p WHERE p.seq = l.seq) AS lead"
          : "l." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The columns of it, of a table that is called {@code l}; other columns may stand around them.
   */
  static final String COLUMNS =
      Arrays.stream(Column.values()).map(Column::sql).collect(Collectors.joining(", "));

  /** How many columns that are. */
  static final int WIDTH = Column.values().length;

  /** Those that are not null. */
  private final Map<Column, Object> values = new EnumMap<>(Column.class);

  /** Takes the row on which the result stands. */
  LeadRow(ResultSet row) throws SQLException {
    this(row, row.findColumn("id"));
  }

  /**
   * The same where its columns begin there: to find them by name takes longer than to read them.
   */
  LeadRow(ResultSet row, int first) throws SQLException {
    int at = first;
    for (Column column : Column.values()) {
      @Nullable Object value = row.getObject(at++);
      if (value != null) {
        values.put(column, value);
      }
    }
  }

  String id() {
    return said(Column.ID);
  }

  long version() {
    return number(Column.VERSION);
  }

  /** In milliseconds; 0 where it is never. */
  long due() {
    return number(Column.DUE);
  }

  Entry entry() {
    Lead lead = Json.own(said(Column.LEAD), Lead.class);
    String reason = text(Column.REASON);
    String parkReason = text(Column.PARK_REASON);
    return new Entry(
        id(),
        version(),
        lead,
        record(said(Column.LINE), lead),
        number(Column.REVISION),
        Instant.ofEpochMilli(number(Column.ACCEPTED_AT)),
        Stage.valueOf(said(Column.STAGE)),
        instant(Column.DUE),
        reason == null ? null : QueueReason.valueOf(reason),
        text(Column.BLOCKER),
        parkReason == null ? null : ParkReason.valueOf(parkReason),
        text(Column.SUPERSEDED_BY),
        decision(Column.DECISION),
        decision(Column.PREVIOUS),
        new Attempts(
            (int) number(Column.SPENT),
            (int) number(Column.WAITS),
            instant(Column.FAILING_SINCE),
            instant(Column.REFUSED_SINCE)),
        Instant.ofEpochMilli(number(Column.WAITING_SINCE)),
        Instant.ofEpochMilli(number(Column.CHANGED_AT)),
        written(),
        new Origin(TraceParent.parse(text(Column.TRACE)), text(Column.SENDER)));
  }

  /** What the lead's source did not say is kept in its line alone; see {@link Entry#line()}. */
  private static @Nullable String record(String line, Lead lead) {
    String record = line.substring(lead.module().length() + 1);
    return record.startsWith("+") ? null : record;
  }

  private Written written() {
    String territories = text(Column.WRITTEN);
    return territories == null
        ? Written.NOTHING
        : new Written(
            List.of(Json.own(territories, TerritoryRef[].class)), instant(Column.SCHEDULED_SINCE));
  }

  private @Nullable Decision decision(Column column) {
    String json = text(column);
    return json == null ? null : Json.own(json, Decision.class);
  }

  private @Nullable String text(Column column) {
    return (String) values.get(column);
  }

  private String said(Column column) {
    return String.valueOf(values.get(column));
  }

  private long number(Column column) {
    return values.get(column) instanceof Number number ? number.longValue() : 0;
  }

  private @Nullable Instant instant(Column column) {
    return values.containsKey(column) ? Instant.ofEpochMilli(number(column)) : null;
  }
}
