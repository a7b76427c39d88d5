package io.bailiwick.drools.analysis;

import io.bailiwick.drools.facts.LookupTable;
import io.bailiwick.drools.facts.LookupTable.Column;
import io.bailiwick.drools.facts.LookupTable.Role;
import io.bailiwick.drools.facts.LookupTable.Row;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A lookup table as boxes of leads: those that rows with certain values belong to. Rows that differ
 * only in the key of the most values share a box, so that a table of a hundred thousand accounts is
 * one box with as many values.
 */
final class TableBoxes {

  private final LookupTable table;
  private final Fact lead;
  private final int spread;
  private final TableRows rows;
  private final Map<String, List<Box>> boxesOf = new HashMap<>();
  private final Map<String, Map<String, List<Box>>> boxesByValue = new HashMap<>();

  TableBoxes(LookupTable table, Fact lead) {
    this.table = table;
    this.lead = lead;
    this.spread = spread(table);
    this.rows = new TableRows(table);
  }

  /** Leads with a row that a pattern matches; null where its variables say what we cannot. */
  @Nullable
  List<Box> matching(Pattern pattern, Function<String, @Nullable Field> fieldOfLead) {
    List<Test> joins = new ArrayList<>();
    if (!separate(pattern.constraints(), joins)) {
      return null;
    }
    if (joins.isEmpty()) {
      return boxesOf.computeIfAbsent(TableRows.key(pattern), key -> boxes(rows.of(pattern)));
    }
    if (joins.size() > 1) {
      return null;
    }
    Test join = joins.get(0);
    Field joined = fieldOfLead.apply(((Value.Variable) join.values().get(0)).name());
    if (joined == null) {
      return null;
    }
    Map<Object, List<Row>> byValue = new LinkedHashMap<>();
    int column = column(join.field());
    for (Row row : rows.of(pattern)) {
      Object value = row.values()[column];
      if (value != null) {
        byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(row);
      }
    }
    List<Box> boxes = new ArrayList<>();
    byValue.forEach(
        (value, rows) -> {
          Box equal = Box.ALL.and(ValueSet.only(joined, Intervals.of(List.of(point(value)))));
          if (equal != null) {
            boxes.addAll(CaseReader.product(List.of(equal), boxes(rows)));
          }
        });
    return boxes;
  }

  /** Leads without such a row; null where that is not one condition on each field. */
  @Nullable
  List<Box> without(Pattern pattern) {
    if (!separate(pattern.constraints(), new ArrayList<>()) || hasJoin(pattern)) {
      return null;
    }
    List<Box> with =
        boxesOf.computeIfAbsent(TableRows.key(pattern), key -> boxes(rows.of(pattern)));
    List<Box> without = List.of(Box.ALL);
    for (Box box : with) {
      List<Box> next = new ArrayList<>();
      for (Box rest : without) {
        for (ValueSet set : box.sets().values()) {
          rest.of(set.field()).minus(set).forEach(left -> next.add(rest.with(left)));
        }
      }
      if (next.size() > CaseReader.MAX_BOXES) {
        return null;
      }
      without = next;
    }
    return without;
  }

  /** The leads of each value of a column, by the value, of the rows that a pattern matches. */
  Map<String, List<Box>> byValue(Pattern pattern, Field column) {
    String key = column.name() + ": " + TableRows.key(pattern);
    return boxesByValue.computeIfAbsent(key, k -> readByValue(pattern, column));
  }

  private Map<String, List<Box>> readByValue(Pattern pattern, Field column) {
    Map<String, List<Row>> found = new TreeMap<>();
    int index = column(column);
    for (Row row : rows.of(pattern)) {
      Object value = row.values()[index];
      if (value != null) {
        found.computeIfAbsent(String.valueOf(value), v -> new ArrayList<>()).add(row);
      }
    }
    boolean whole = separate(pattern.constraints(), new ArrayList<>()) && !hasJoin(pattern);
    Map<String, List<Box>> boxes = new TreeMap<>();
    found.forEach(
        (value, some) -> {
          List<Box> all = boxes(some);
          boxes.put(value, whole ? all : all.stream().map(Box::withOpaque).toList());
        });
    return boxes;
  }

  /** Takes the joins out; answers whether each stands alone, outside any "or". */
  private static boolean separate(List<Condition> conditions, List<Test> joins) {
    for (Condition condition : conditions) {
      if (condition instanceof Test test) {
        if (test.values().get(0) instanceof Value.Variable) {
          joins.add(test);
        }
      } else if (anyJoin(condition)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasJoin(Pattern pattern) {
    return pattern.constraints().stream().anyMatch(TableBoxes::anyJoin);
  }

  private static boolean anyJoin(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().anyMatch(TableBoxes::anyJoin);
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().anyMatch(TableBoxes::anyJoin);
    }
    return ((Test) condition).values().get(0) instanceof Value.Variable;
  }

  private List<Box> boxes(List<Row> rows) {
    Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(others(row), g -> new ArrayList<>()).add(row));
    List<Box> boxes = new ArrayList<>();
    for (List<Row> group : groups.values()) {
      Box box = box(group);
      if (box != null) {
        boxes.add(box);
      }
    }
    return boxes;
  }

  /** The keys of a row but the one that varies most. */
  private List<Object> others(Row row) {
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      boolean other = column.ofLead() >= 0 && column.ofLead() != spread;
      if (other) {
        keys.add(String.valueOf(row.values()[i]));
      }
    }
    return keys;
  }

  private @Nullable Box box(List<Row> group) {
    Box box = Box.ALL;
    Set<Integer> done = new HashSet<>();
    for (Column column : table.columns()) {
      int of = column.ofLead();
      if (box != null && of >= 0 && done.add(of)) {
        boolean key = column.role() == Role.KEY;
        Field field = lead.fields().get(of);
        box = box.and(ValueSet.only(field, key ? keys(column, group) : range(of, group)));
      }
    }
    return box;
  }

  private Intervals keys(Column column, List<Row> group) {
    int index = table.columns().indexOf(column);
    Set<Object> values = new HashSet<>();
    group.forEach(row -> values.add(point(row.values()[index])));
    return Intervals.of(values);
  }

  private Intervals range(int of, List<Row> group) {
    int from = ranged(Role.FROM, of);
    int to = ranged(Role.TO, of);
    Object lowest = ValueSet.all(lead.fields().get(of)).values().stretches().get(0).from();
    List<Intervals> all = new ArrayList<>();
    for (Row row : group) {
      Object low = from < 0 ? null : row.values()[from];
      Object high = to < 0 ? null : row.values()[to];
      all.add(
          Intervals.between(
              low == null ? lowest : low, high == null ? null : Intervals.next(high)));
    }
    return Intervals.union(all);
  }

  private int ranged(Role role, int of) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).role() == role && table.columns().get(i).ofLead() == of) {
        return i;
      }
    }
    return -1;
  }

  private int column(Field field) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).field().name().equals(field.name())) {
        return i;
      }
    }
    throw new IllegalStateException(table.file() + " has no column " + field.name());
  }

  private static Object point(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("a key is never empty");
    }
    return value instanceof Boolean yes ? (Object) (yes ? 1L : 0L) : value;
  }

  /** The lead's field that is ranged, or else whose key has the most values. */
  private static int spread(LookupTable table) {
    int best = -1;
    long most = -1;
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      int index = i;
      if (column.role() == Role.FROM || column.role() == Role.TO) {
        return column.ofLead();
      }
      if (column.role() == Role.KEY) {
        long values = table.rows().stream().map(row -> row.values()[index]).distinct().count();
        if (values > most) {
          most = values;
          best = column.ofLead();
        }
      }
    }
    return best;
  }
}
