package io.bailiwick.drools.facts;

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
  private final List<LookupIndex<Object>> lookups = new ArrayList<>();

  private LeadFacts(Schema schema, FactClasses classes) {
    this.schema = schema;
    this.classes = classes;
    this.lead = classes.maker(schema.vocabulary().lead());
    for (LookupTable table : schema.tables()) {
      MethodHandle maker = classes.maker(table.fact());
      lookups.add(new LookupIndex<>(table, row -> make(maker, row.values())));
    }
  }

  /** Compiles the records of these files, to be seen beside what the parent loader sees. */
  public static LeadFacts of(Schema schema, ClassLoader parent) {
    return new LeadFacts(schema, FactClasses.compile(schema.vocabulary(), parent));
  }

  /** The loader that the rules are to be compiled with. */
  public ClassLoader loader() {
    return classes.loader();
  }

  /** The facts of a lead decided at an instant: its rows first, the lead last. */
  public List<Object> of(Lead decided, Instant at) {
    @Nullable Object[] values = values(schema, decided, at);
    List<Object> facts = new ArrayList<>(1);
    for (LookupIndex<Object> lookup : lookups) {
      lookup.collect(values, facts);
    }
    facts.add(make(lead, values));
    return facts;
  }

  /** A lead's values in the order of the fields that rules may ask. */
  static @Nullable Object[] values(Schema schema, Lead decided, Instant at) {
    @Nullable Object[] values = new Object[schema.vocabulary().lead().fields().size()];
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
}
