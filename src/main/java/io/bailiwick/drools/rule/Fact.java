package io.bailiwick.drools.rule;

import io.bailiwick.lead.Nullable;
import java.util.List;

/**
 * A fact that rules may match.
 *
 * @param word its name in rules
 * @param fields what rules may ask of it
 */
public record Fact(String word, Kind kind, List<Field> fields) {

  /** What it stands for. */
  public enum Kind {
    /** The one lead that is being decided. */
    LEAD,
    /** A row of a lookup table that belongs to the lead. */
    LOOKUP,
    /** A territory of the CRM. */
    TERRITORY,
    /** The territory that the routing rules chose. */
    PLACEMENT
  }

  public Fact {
    fields = List.copyOf(fields);
  }

  /** The field of that name, or null where it has none. */
  public @Nullable Field field(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /** The names of its fields. */
  public List<String> fieldNames() {
    return fields.stream().map(Field::name).toList();
  }

  /** Whether it is of that kind. */
  public boolean is(Kind other) {
    return kind == other;
  }
}
