package io.bailiwick.drools.analysis;

import io.bailiwick.drools.facts.LookupTable;
import io.bailiwick.drools.facts.LookupTable.Row;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.DrlPrinter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rows of a lookup table that patterns match, found once for patterns that ask the same. */
final class TableRows {

  private final LookupTable table;
  private final Map<String, List<Row>> rowsOf = new HashMap<>();

  TableRows(LookupTable table) {
    this.table = table;
  }

  /** Many rules ask a table the same, and it may have a hundred thousand rows. */
  List<Row> of(Pattern pattern) {
    return rowsOf.computeIfAbsent(
        key(pattern),
        key -> {
          Predicate<Row> matches = matches(new Condition.All(pattern.constraints()));
          return table.rows().stream().filter(matches).toList();
        });
  }

  /** What rows say of a condition; joins are looked at elsewhere. */
  private Predicate<Row> matches(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().map(this::matches).reduce(row -> true, Predicate::and);
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().map(this::matches).reduce(row -> false, Predicate::or);
    }
    Test test = (Test) condition;
    if (test.values().get(0) instanceof Value.Variable) {
      return row -> true;
    }
    ValueSet asked = ValueSet.of(test);
    int column = table.fact().fieldNames().indexOf(test.field().name());
    return row -> asked.holds(row.values()[column]);
  }

  /** Equal for patterns that ask the same of a row, wherever they stand. */
  static String key(Pattern pattern) {
    return pattern.constraints().stream().map(TableRows::key).collect(Collectors.joining(", "));
  }

  private static String key(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().map(TableRows::key).collect(Collectors.joining(" && ", "(", ")"));
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().map(TableRows::key).collect(Collectors.joining(" || ", "(", ")"));
    }
    Test test = (Test) condition;
    return (test.negated() ? "!" : "") + DrlPrinter.test(test);
  }
}
