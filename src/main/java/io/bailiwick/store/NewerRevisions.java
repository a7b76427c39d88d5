package io.bailiwick.store;

import io.bailiwick.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which of some leads have a higher revision of their record: one question for all of them. */
final class NewerRevisions {

  private static final String HIGHER =
      "n.revision >= l.revision AND (n.revision > l.revision OR n.seq > l.seq)";

  private static final String HIGHEST = "ORDER BY n.revision DESC, n.seq DESC";

  private static final Function<Dialect, String> OF_SEVERAL = Dialect.each(NewerRevisions::sql);
  private static final Function<Dialect, String> OF_ONE = Dialect.each(NewerRevisions::ofOne);

  private NewerRevisions() {}

  /**
   * The id of the highest, by the id of the moved lead; those that are the highest are not in it.
   */
  static Map<String, String> of(Connection connection, List<LeadSteps> moved) throws SQLException {
    List<String> ids = moved.stream().map(LeadSteps::lead).distinct().toList();
    Dialect dialect = Dialect.of(connection);
    Map<String, String> newer = new HashMap<>();
    if (ids.size() == 1) {
      // What comes of a call comes alone, and a list of one costs more than what it is asked for.
      String higher = Rows.text(connection, OF_ONE.apply(dialect), ids.get(0));
      if (higher != null) {
        newer.put(ids.get(0), higher);
      }
      return newer;
    }
    try (PreparedStatement statement =
            Rows.prepare(connection, OF_SEVERAL.apply(dialect), Json.write(ids));
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
        WHERE %s %s"""
        .formatted(dialect.rows("moved"), dialect.indexedBy("lead_line"), HIGHER, HIGHEST);
  }

  /** The same of one. */
  static String ofOne(Dialect dialect) {
    return """
        SELECT n.id FROM lead l JOIN lead n %s ON n.line = l.line
        WHERE l.id = ? AND %s %s LIMIT 1"""
        .formatted(dialect.indexedBy("lead_line"), HIGHER, HIGHEST);
  }
}
