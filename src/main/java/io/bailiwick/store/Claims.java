package io.bailiwick.store;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Whose the due leads are; all of it inside the writer's commits, on its thread. */
interface Claims {

  /** What to claim; {@code taken} is told each lead as it is claimed. */
  record Ask(Instant now, int limit, Set<String> taken) {}

  /** A due lead as it was read, and the id of a higher revision of its record. */
  record Row(LeadRow lead, @Nullable String newer) {

    /** Of a result that begins with the lead's columns, the newer one's id after them. */
    static Row of(ResultSet rows) throws SQLException {
      return new Row(new LeadRow(rows, 1), rows.getString(LeadRow.WIDTH + 1));
    }
  }

  /** A lead as it was claimed: once it has moved, a claim of it is another one. */
  record Held(String id, long version) {

    static Held of(Entry entry) {
      return new Held(entry.id(), entry.version());
    }
  }

  /** What was claimed, before anything is made of it; {@code next} is when more falls due. */
  record Taken(List<Row> rows, @Nullable Instant next) {

    /** Takes longer than the claim did. */
    Claimed claimed() {
      return new Claimed(
          rows.stream().map(row -> new Claim(row.lead.entry(), row.newer)).toList(), next);
    }

    List<Held> held() {
      return rows.stream().map(row -> new Held(row.lead.id(), row.lead.version())).toList();
    }
  }

  /** Takes due leads for this instance alone. */
  Taken claim(Connection connection, Work work, Ask ask) throws SQLException;

  /** Whether a claim that was rolled back may be run again: nothing but the rows remembers it. */
  boolean repeatable();

  /** They are nobody's any more, if they were this instance's and have not moved since. */
  void release(Connection connection, Collection<Held> leads) throws SQLException;

  /** A move of theirs was tried, which ends this instance's claim. */
  void moved(Collection<String> ids);

  /** This instance works no more: whatever it claimed is nobody's. */
  void leave(Connection connection) throws SQLException;

  /** The claim of these was never told to anybody. */
  void untold(Collection<String> ids);
}
