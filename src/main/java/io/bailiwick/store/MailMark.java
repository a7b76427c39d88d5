package io.bailiwick.store;

import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Nullable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What of a mail address stands in an index: the first 24 bits of its SHA-256. That is enough to
 * find a lead among millions, and so little that a thousand addresses of the world share each: what
 * is left of one in a page of the file that was moved tells of nobody.
 */
final class MailMark {

  private static final String UNMARKED = "mails";
  private static final int BATCH = 1_000;

  /** Hexadecimal ones, of 24 bits. */
  private static final int DIGITS = 6;

  private MailMark() {}

  /** From 0 to 2^24 - 1; null for no address. */
  static @Nullable Integer of(@Nullable String email) {
    return email == null
        ? null
        : Integer.valueOf(
            Digests.sha256(email.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS), 16);
  }

  /** Marks all leads of a file that was written before there were marks, in one commit. */
  static void complete(Connection connection) throws SQLException {
    if (Versions.recalled(connection, UNMARKED) == null) {
      return;
    }
    connection.setAutoCommit(false);
    String all = "SELECT seq, json_extract(lead, '$.email') AS email FROM person";
    try (PreparedStatement reading = Rows.prepare(connection, all);
        ResultSet rows = reading.executeQuery();
        PreparedStatement writing =
            connection.prepareStatement("UPDATE lead SET mail = ? WHERE seq = ?")) {
      for (int i = 1; rows.next(); i++) {
        Integer mark = of(rows.getString("email"));
        if (mark != null) {
          writing.setInt(1, mark);
          writing.setLong(2, rows.getLong("seq"));
          writing.addBatch();
        }
        if (i % BATCH == 0) {
          writing.executeBatch();
        }
      }
      writing.executeBatch();
    }
    Rows.update(connection, "DELETE FROM meta WHERE name = ?", UNMARKED);
    connection.commit();
    connection.setAutoCommit(true);
  }
}
