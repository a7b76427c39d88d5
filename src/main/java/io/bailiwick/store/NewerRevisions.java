package io.bailiwick.store;

import io.bailiwick.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of some leads have a higher revision of their record: one question for all of them. */
final class NewerRevisions {

  private NewerRevisions() {}

  /**
   * The id of the highest, by the id of the moved lead; those that are the highest are not in it.
   */
  static Map<String, String> of(Connection connection, List<LeadSteps> moved) throws SQLException {
    List<String> ids = moved.stream().map(LeadSteps::lead).distinct().toList();
    Map<String, String> newer = new HashMap<>();
    try (PreparedStatement statement =
            Rows.prepare(connection, sql(Dialect.of(connection)), Json.write(ids));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        newer.putIfAbsent(rows.getString("id"), rows.getString("newer"));
      }
    }
    return newer;
  }

  /** So that a test can see how it is planned. */
  static String sql(Dialect dialect) {
    return """
        SELECT l.id AS id, n.id AS newer FROM %s
        JOIN lead l ON l.id = moved.value
        JOIN lead n %s ON n.line = l.line
        WHERE n.revision >= l.revision AND (n.revision > l.revision OR n.seq > l.seq)
        ORDER BY n.revision DESC, n.seq DESC"""
        .formatted(dialect.rows("moved"), dialect.indexedBy("lead_line"));
  }
}
