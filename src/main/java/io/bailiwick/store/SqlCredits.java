package io.bailiwick.store;

import io.bailiwick.flow.CreditBook;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What calls to the CRM cost, in a journal on disk. */
record SqlCredits(GroupCommit writer) implements CreditBook {

  private static final String ADD =
      """
      INSERT INTO crm_credit (began, credits) VALUES (?, ?)
      ON CONFLICT (began) DO UPDATE SET credits = crm_credit.credits + excluded.credits""";

  @Override
  public CompletionStage<List<Spent>> charge(Spent more, Instant now) {
    return writer.submit(
        connection -> {
          Instant over = now.minus(DAY).minus(QUARTER);
          Rows.update(connection, "DELETE FROM crm_credit WHERE began <= ?", over);
          if (more.credits() > 0) {
            Rows.update(connection, ADD, more.began(), more.credits());
          }
          List<Spent> all = new ArrayList<>();
          String sql = "SELECT began, credits FROM crm_credit ORDER BY began";
          try (PreparedStatement statement = Rows.prepare(connection, sql);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              all.add(new Spent(Instant.ofEpochMilli(rows.getLong(1)), rows.getLong(2)));
            }
          }
          return all;
        });
  }
}
