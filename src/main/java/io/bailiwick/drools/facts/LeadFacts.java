package io.bailiwick.drools.facts;

import io.bailiwick.drools.facts.LookupTable.Row;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Prefilter.Derived;
import io.bailiwick.drools.rule.Printed;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.lang.invoke.MethodHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the facts of one lead: the lead itself with its declared fields and the hour, and the rows
 * of lookup tables that are its. Immutable, shared by all sessions of a rulebook.
 */
public final class LeadFacts {

  private static final LeadField[] FIELDS = LeadField.values();

  /** Where in the lead one derived value is made of which other. */
  private record Step(int source, Derived.Of of) {}

  private final Schema schema;
  private final FactClasses classes;
  private final MethodHandle lead;
  private final int width;
  private final List<MergedRow> merged = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<LookupIndex<Object>> lookups = new ArrayList<>();

  private LeadFacts(Schema schema, Printed printed, ClassLoader parent) {
    this.schema = schema;
    List<Field> fields = new ArrayList<>(schema.vocabulary().lead().fields());
    for (LookupTable table : schema.tables()) {
      List<Printed.Merged> columns = printed.mergedOf(table.fact().word());
      if (!columns.isEmpty()) {
        merged.add(new MergedRow(table, columns, fields.size()));
        columns.forEach(column -> fields.add(column.field()));
      }
    }
    for (Derived derived : printed.prefilter().derived()) {
      steps.add(new Step(fields.indexOf(derived.source()), derived.of()));
    }
    printed.prefilter().derived().forEach(derived -> fields.add(derived.field()));
    this.width = fields.size();
    var fact = new Fact(schema.vocabulary().lead().word(), Fact.Kind.LEAD, fields);
    List<Fact> facts = new ArrayList<>(List.of(fact));
    schema.tables().forEach(table -> facts.add(table.fact()));
    this.classes = FactClasses.compile(facts, parent);
    this.lead = classes.maker(fact);
    for (LookupTable table : schema.tables()) {
      if (printed.asksRowsOf(table.fact().word())) {
        MethodHandle maker = classes.maker(table.fact());
        lookups.add(new LookupIndex<>(table, row -> make(maker, row.values())));
      }
    }
  }

  /** Compiles the records of these files, to be seen beside what the parent loader sees. */
  public static LeadFacts of(Schema schema, ClassLoader parent) {
    return of(schema, Printed.asWritten(), parent);
  }

  /** With what rules that are printed so ask of a lead. */
  public static LeadFacts of(Schema schema, Printed printed, ClassLoader parent) {
    return new LeadFacts(schema, printed, parent);
  }

  /** The facts of lookup tables of which a lead has one row at most. */
  public static Set<String> single(Schema schema) {
    Set<String> single = new HashSet<>();
    for (LookupTable table : schema.tables()) {
      if (new LookupIndex<Row>(table, row -> row).isSingle()) {
        single.add(table.fact().word());
      }
    }
    return single;
  }

  /** The loader that the rules are to be compiled with. */
  public ClassLoader loader() {
    return classes.loader();
  }

  /** The facts of a lead decided at an instant: its rows first, the lead last. */
  public List<Object> of(Lead decided, Instant at) {
    @Nullable Object[] values = values(schema, decided, at, width);
    int next = width - steps.size();
    for (MergedRow row : merged) {
      row.fill(values);
    }
    for (Step step : steps) {
      Object source = values[step.source()];
      values[next++] = source == null ? null : step.of().value(source);
    }
    if (lookups.isEmpty()) {
      return List.of(make(lead, values));
    }
    List<Object> facts = new ArrayList<>(1 + lookups.size());
    for (LookupIndex<Object> lookup : lookups) {
      lookup.collect(values, facts);
    }
    facts.add(make(lead, values));
    return facts;
  }

  /** A lead's values in the order of the fields that rules may ask. */
  static @Nullable Object[] values(Schema schema, Lead decided, Instant at) {
    return values(schema, decided, at, schema.vocabulary().lead().fields().size());
  }

  private static @Nullable Object[] values(Schema schema, Lead decided, Instant at, int width) {
    @Nullable Object[] values = new Object[width];
    int next = 0;
    for (LeadField field : FIELDS) {
      values[next++] = decided.value(field);
      if (field == LeadField.EMAIL) {
        values[next++] = decided.emailDomain();
      }
    }
    assert next == Vocabulary.LEAD.size();
    BusinessHours hours = schema.hours();
    if (hours != null) {
      BusinessHours.Moment moment = hours.at(at);
      values[next++] = moment.weekday();
      values[next++] = moment.businessHours();
      values[next++] = moment.opensAt();
    }
    schema.custom().fill(decided.attributes(), values, next);
    return values;
  }

  private static Object make(MethodHandle maker, @Nullable Object[] values) {
    try {
      return (Object) maker.invokeExact(values);
    } catch (Throwable e) {
      throw new IllegalStateException("a fact was not made", e);
    }
  }

  /** The one row of a table that is a lead's, as values of the lead itself. */
  private static final class MergedRow {

    private final LookupIndex<Row> index;
    private final int[] columns;
    private final int from;

    MergedRow(LookupTable table, List<Printed.Merged> merged, int from) {
      this.index = new LookupIndex<>(table, row -> row);
      this.columns = merged.stream().mapToInt(one -> index(table.fact(), one)).toArray();
      this.from = from;
    }

    /** -1 for whether there is a row. */
    private static int index(Fact table, Printed.Merged one) {
      String column = one.column();
      return column == null ? -1 : table.fieldNames().indexOf(column);
    }

    void fill(@Nullable Object[] values) {
      Row row = index.first(values);
      if (row != null) {
        for (int i = 0; i < columns.length; i++) {
          values[from + i] = columns[i] < 0 ? (Object) true : row.values()[columns[i]];
        }
      }
    }
  }
}
