package io.bailiwick.drools.facts;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One lead as rules see it, as plain values: what the facts of a session hold, for whoever asks
 * conditions without an engine.
 *
 * @param lead the lead's values by the field's name
 * @param rows the rows of each lookup table that are the lead's, by the table's fact, each with its
 *     values by the column's name
 */
public record LeadView(
    Map<String, @Nullable Object> lead, Map<String, List<Map<String, @Nullable Object>>> rows) {

  /** Makes views of leads; holds the indexes of the lookup tables. Immutable. */
  public static final class Maker {

    private final Schema schema;
    private final Map<LookupTable, LookupIndex<Map<String, @Nullable Object>>> lookups =
        new HashMap<>();

    /** Of leads that these files' rules judge. */
    public Maker(Schema schema) {
      this(schema, schema.tables());
    }

    /** The same with other lookup tables. */
    public Maker(Schema schema, List<LookupTable> tables) {
      this.schema = schema;
      for (LookupTable table : tables) {
        lookups.put(table, new LookupIndex<>(table, row -> named(table.fact(), row.values())));
      }
    }

    /** The view of a lead decided at an instant. */
    public LeadView of(Lead decided, Instant at) {
      @Nullable Object[] values = LeadFacts.values(schema, decided, at);
      Map<String, List<Map<String, @Nullable Object>>> rows = new HashMap<>();
      lookups.forEach(
          (table, index) -> {
            List<Map<String, @Nullable Object>> found = new ArrayList<>();
            index.collect(values, found);
            rows.put(table.fact().word(), found);
          });
      return new LeadView(named(schema.vocabulary().lead(), values), rows);
    }

    private static Map<String, @Nullable Object> named(Fact fact, @Nullable Object[] values) {
      Map<String, @Nullable Object> named = new HashMap<>();
      int i = 0;
      for (Field field : fact.fields()) {
        named.put(field.name(), values[i++]);
      }
      return named;
    }
  }
}
