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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A lookup table as boxes of leads: those that rows with certain values belong to. Rows that differ
 * only in the key of the most values share a box, so that a table of a hundred thousand accounts is
 * one box with as many values.
 */
final class TableBoxes {

  private final LookupTable table;
  private final Fact lead;
  private final int spread;

  TableBoxes(LookupTable table, Fact lead) {
    this.table = table;
    this.lead = lead;
    this.spread = spread(table);
  }

  /** Leads with a row that a pattern matches; null where its variables say what we cannot. */
  @Nullable
  List<Box> matching(Pattern pattern, Function<String, @Nullable Field> fieldOfLead) {
    List<Test> joins = new ArrayList<>();
    if (!separate(pattern.constraints(), joins)) {
      return null;
    }
    if (joins.isEmpty()) {
      return boxes(rows(pattern));
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
    for (Row row : rows(pattern)) {
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
    List<Box> with = boxes(rows(pattern));
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
    Map<String, List<Row>> rows = new TreeMap<>();
    int index = column(column);
    for (Row row : rows(pattern)) {
      Object value = row.values()[index];
      if (value != null) {
        rows.computeIfAbsent(String.valueOf(value), v -> new ArrayList<>()).add(row);
      }
    }
    boolean whole = separate(pattern.constraints(), new ArrayList<>()) && !hasJoin(pattern);
    Map<String, List<Box>> boxes = new TreeMap<>();
    rows.forEach(
        (value, some) -> {
          List<Box> found = boxes(some);
          boxes.put(value, whole ? found : found.stream().map(Box::withOpaque).toList());
        });
    return boxes;
  }

  private List<Row> rows(Pattern pattern) {
    Predicate<Row> matches = row -> pattern.constraints().stream().allMatch(c -> holds(c, row));
    return table.rows().stream().filter(matches).toList();
  }

  /** What a row says of a condition; joins are looked at elsewhere. */
  private boolean holds(Condition condition, Row row) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().allMatch(part -> holds(part, row));
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().anyMatch(part -> holds(part, row));
    }
    Test test = (Test) condition;
    return test.values().get(0) instanceof Value.Variable
        || ValueSet.of(test).holds(row.values()[column(test.field())]);
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
    Intervals all = Intervals.none();
    for (Row row : group) {
      Object low = from < 0 ? null : row.values()[from];
      Object high = to < 0 ? null : row.values()[to];
      all =
          all.or(
              Intervals.between(
                  low == null ? lowest : low, high == null ? null : Intervals.next(high)));
    }
    return all;
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
