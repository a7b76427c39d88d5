package io.bailiwick.drools.facts;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A lookup table as read from a CSV file under {@code rules/}. A row belongs to a lead when each of
 * its keys equals the lead's field and the lead's field lies in its range; only such rows become
 * facts.
 *
 * @param file its path under {@code rules/}
 */
public record LookupTable(String file, Fact fact, List<Column> columns, List<Row> rows) {

  /** The most rows of one table that may belong to one lead. */
  public static final int MAX_MATCHES = 100;

  /** What a column is for. */
  public enum Role {
    /** Rules ask for its value. */
    VALUE,
    /** Rules ask for its value, which is a territory's name. */
    TERRITORY,
    /** The lead's field must equal it. */
    KEY,
    /** The lead's field must not be below it; empty for no bound. */
    FROM,
    /** The lead's field must not be above it; empty for no bound. */
    TO
  }

  /**
   * One column.
   *
   * @param ofLead the index of the lead's field that a key or a range goes by; -1 for none
   */
  public record Column(Field field, Role role, int ofLead) {}

  /** One row: its line in the file, from 1, and its values in the columns' order. */
  public record Row(int line, @Nullable Object[] values) {}

  /** The names of territories that its rows spell out, with the place of the first of each. */
  public Map<String, String> territories() {
    Map<String, String> places = new TreeMap<>();
    for (int i : columns(Role.TERRITORY)) {
      for (Row row : rows) {
        if (row.values()[i] instanceof String name) {
          places.putIfAbsent(name, file + ":" + row.line());
        }
      }
    }
    return places;
  }

  /** The indexes of the columns of that role. */
  List<Integer> columns(Role role) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).role() == role) {
        found.add(i);
      }
    }
    return found;
  }
}
