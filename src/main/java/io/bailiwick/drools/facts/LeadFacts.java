package io.bailiwick.drools.facts;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Prefilter;
import io.bailiwick.drools.rule.Prefilter.Derived;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.lang.invoke.MethodHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the facts of one lead: the lead itself with its declared fields and the hour, and the rows
 * of lookup tables that are its. Immutable, shared by all sessions of a rulebook.
 */
public final class LeadFacts {

  private static final LeadField[] FIELDS = LeadField.values();

  private final Schema schema;
  private final FactClasses classes;
  private final MethodHandle lead;
  private final List<Derived> derived;
  private final int[] sources;
  private final int width;
  private final List<LookupIndex<Object>> lookups = new ArrayList<>();

  private LeadFacts(Schema schema, Prefilter prefilter, ClassLoader parent) {
    this.schema = schema;
    this.derived = prefilter.derived();
    List<Field> fields = new ArrayList<>(schema.vocabulary().lead().fields());
    this.sources = derived.stream().mapToInt(one -> fields.indexOf(one.source())).toArray();
    derived.forEach(one -> fields.add(one.field()));
    this.width = fields.size();
    var fact = new Fact(schema.vocabulary().lead().word(), Fact.Kind.LEAD, fields);
    List<Fact> facts = new ArrayList<>(List.of(fact));
    schema.tables().forEach(table -> facts.add(table.fact()));
    this.classes = FactClasses.compile(facts, parent);
    this.lead = classes.maker(fact);
    for (LookupTable table : schema.tables()) {
      MethodHandle maker = classes.maker(table.fact());
      lookups.add(new LookupIndex<>(table, row -> make(maker, row.values())));
    }
  }

  /** Compiles the records of these files, to be seen beside what the parent loader sees. */
  public static LeadFacts of(Schema schema, ClassLoader parent) {
    return of(schema, Prefilter.none(), parent);
  }

  /** With fields that are derived for the engine's sake. */
  public static LeadFacts of(Schema schema, Prefilter prefilter, ClassLoader parent) {
    return new LeadFacts(schema, prefilter, parent);
  }

  /** The loader that the rules are to be compiled with. */
  public ClassLoader loader() {
    return classes.loader();
  }

  /** The facts of a lead decided at an instant: its rows first, the lead last. */
  public List<Object> of(Lead decided, Instant at) {
    @Nullable Object[] values = values(schema, decided, at, width);
    derive(values);
    List<Object> facts = new ArrayList<>(1);
    for (LookupIndex<Object> lookup : lookups) {
      lookup.collect(values, facts);
    }
    facts.add(make(lead, values));
    return facts;
  }

  /** A lead's values in the order of the fields that rules may ask, with room behind them. */
  static @Nullable Object[] values(Schema schema, Lead decided, Instant at, int width) {
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

  private void derive(@Nullable Object[] values) {
    int next = width - sources.length;
    for (int i = 0; i < sources.length; i++) {
      Object source = values[sources[i]];
      values[next + i] = source == null ? null : derived.get(i).of().value(source);
    }
  }

  private static Object make(MethodHandle maker, @Nullable Object[] values) {
    try {
      return (Object) maker.invokeExact(values);
    } catch (Throwable e) {
      throw new IllegalStateException("a fact was not made", e);
    }
  }
}
