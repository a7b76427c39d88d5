package io.bailiwick.store;

import io.bailiwick.flow.DayBook;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What happened lately, in a journal on disk. */
record SqlDays(GroupCommit writer) implements DayBook {

  private static final String ADD =
      """
      INSERT INTO day_count (step, what, count) VALUES (?, ?, ?)
      ON CONFLICT (step, what) DO UPDATE SET count = day_count.count + excluded.count""";

  @Override
  public CompletionStage<List<Counted>> add(List<Counted> more, Instant oldest) {
    return writer.submit(
        connection -> {
          Rows.update(connection, "DELETE FROM day_count WHERE step < ?", oldest);
          for (Counted one : more) {
            Rows.update(connection, ADD, one.step(), one.what(), one.count());
          }
          List<Counted> all = new ArrayList<>();
          String sql = "SELECT step, what, count FROM day_count ORDER BY step, what";
          try (PreparedStatement statement = Rows.prepare(connection, sql);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              Instant step = Instant.ofEpochMilli(rows.getLong(1));
              all.add(new Counted(step, rows.getString(2), rows.getLong(3)));
            }
          }
          return all;
        });
  }
}
