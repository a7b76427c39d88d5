package io.bailiwick.drools.probe;

import io.bailiwick.drools.facts.LookupTable;
import io.bailiwick.drools.facts.LookupTable.Column;
import io.bailiwick.drools.facts.LookupTable.Role;
import io.bailiwick.drools.facts.LookupTable.Row;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The values of a field worth trying: a decision, as a function of one number, changes only at the
 * bounds that rules and tables name, and as a function of one text only at the texts they name. So
 * the bounds with their neighbours, and each named text, stand for all others.
 */
final class Tried {

  private static final int MAX_KEYS = 500;
  private static final Set<String> OF_THE_CLOCK = Set.of("weekday", "businessHours", "opensAt");

  private final Map<Field, TreeSet<Long>> numbers = new LinkedHashMap<>();
  private final Map<Field, Set<String>> texts =
      new TreeMap<>(java.util.Comparator.comparing(Field::name));
  private final Set<Field> fields;

  /** Of all rules and tables; rows that name the territory are tried first. */
  Tried(List<CheckedRule> rules, Schema schema, String territory) {
    Fact lead = schema.vocabulary().lead();
    this.fields = new TreeSet<>(java.util.Comparator.comparing(Field::name));
    for (CheckedRule rule : rules) {
      for (Pattern pattern : rule.patterns()) {
        if (pattern.fact().is(Fact.Kind.LEAD)) {
          pattern.constraints().forEach(this::take);
          pattern.bindings().values().forEach(field -> bound(field, territory));
        }
      }
    }
    schema.tables().forEach(table -> take(table, lead, territory));
    fields.removeIf(field -> OF_THE_CLOCK.contains(field.name()));
  }

  /** The fields that some rule or table asks, by name. */
  Set<Field> fields() {
    return fields;
  }

  /** The values to try, null for absent; those nearest to the present one first. */
  List<@Nullable Object> values(Field field, @Nullable Object present) {
    List<@Nullable Object> values = new ArrayList<>();
    switch (field.kind()) {
      case NUMBER -> numbers(field, present, values);
      case TEXT -> values.addAll(texts.getOrDefault(field, Set.of()));
      case YES_NO -> values.addAll(List.of(true, false));
      case FLAG, INSTANT -> {}
    }
    if (field.mayBeAbsent()) {
      values.add(null);
    }
    values.removeIf(value -> java.util.Objects.equals(value, present));
    return values;
  }

  private void numbers(Field field, @Nullable Object present, List<@Nullable Object> values) {
    Set<Long> near = new TreeSet<>(List.of(0L, LeadField.MAX_NUMBER));
    for (long bound : numbers.getOrDefault(field, new TreeSet<>())) {
      for (long one = bound - 1; one <= bound + 1; one++) {
        if (one >= 0 && one <= LeadField.MAX_NUMBER) {
          near.add(one);
        }
      }
    }
    long from = present instanceof Long number ? number : 0;
    near.stream()
        .sorted(
            java.util.Comparator.comparingLong((Long one) -> Math.abs(one - from))
                .thenComparing(one -> one))
        .forEach(values::add);
  }

  private void take(Condition condition) {
    if (condition instanceof Condition.All all) {
      all.parts().forEach(this::take);
    } else if (condition instanceof Condition.Any any) {
      any.parts().forEach(this::take);
    } else {
      Test test = (Test) condition;
      fields.add(test.field());
      test.values().forEach(value -> take(test, value));
    }
  }

  private void take(Test test, Value value) {
    if (value instanceof Value.Whole number) {
      numbers.computeIfAbsent(test.field(), f -> new TreeSet<>()).add(number.number());
    } else if (value instanceof Value.Text text) {
      Set<String> known = texts.computeIfAbsent(test.field(), f -> new TreeSet<>());
      known.addAll(io.bailiwick.drools.analysis.TextSamples.of(test.op(), text.text()));
    }
  }

  /** A field that names the territory may name this one. */
  private void bound(Field field, String territory) {
    fields.add(field);
    if (field.kind() == Field.Kind.TEXT) {
      texts.computeIfAbsent(field, f -> new TreeSet<>()).add(territory);
    }
  }

  private void take(LookupTable table, Fact lead, String territory) {
    List<Row> rows = new ArrayList<>();
    table.rows().stream()
        .filter(row -> names(table, row, territory))
        .limit(MAX_KEYS)
        .forEach(rows::add);
    table.rows().stream().limit(MAX_KEYS).forEach(rows::add);
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      if (column.ofLead() >= 0) {
        Field field = lead.fields().get(column.ofLead());
        fields.add(field);
        for (Row row : rows) {
          Object value = row.values()[i];
          if (value instanceof Long number) {
            numbers.computeIfAbsent(field, f -> new TreeSet<>()).add(number);
          } else if (value instanceof String text) {
            texts.computeIfAbsent(field, f -> new TreeSet<>()).add(text);
          }
        }
      }
    }
  }

  private static boolean names(LookupTable table, Row row, String territory) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).role() == Role.TERRITORY && territory.equals(row.values()[i])) {
        return true;
      }
    }
    return false;
  }
}
