package io.bailiwick.drools.rule;

import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import java.util.List;

/**
 * A field that rules may ask.
 *
 * @param mayBeAbsent whether it can be null, which the operators must then be guarded against
 * @param closed all values it can have, where they can be listed; else none
 * @param normal the one spelling that its values have; null where any spelling can occur
 */
public record Field(
    String name, Kind kind, boolean mayBeAbsent, @Nullable Normal normal, List<String> closed) {

  /** What its values are. */
  public enum Kind {
    TEXT("a text; write it in double quotes"),
    NUMBER("a number; write it without quotes"),
    FLAG("one of Flag.YES, Flag.NO, Flag.UNKNOWN"),
    YES_NO("either true or false"),
    INSTANT("a point in time; it can be compared with null only");

    private final String told;

    Kind(String told) {
      this.told = told;
    }

    /** What it is and how to write it, in words. */
    public String told() {
      return told;
    }
  }

  /** Brings a literal to the spelling that values have. */
  public interface Normal {

    /** The spelling; null where no value can be this. */
    @Nullable
    String of(String literal);
  }

  /** One that may be absent and has its values as they are. */
  public static Field optional(String name, Kind kind) {
    return new Field(name, kind, true, null, List.of());
  }

  /** One that is always there and has its values as they are. */
  public static Field present(String name, Kind kind) {
    return new Field(name, kind, false, null, List.of());
  }

  /** A lead's own field, with the spelling that a lead's form gives it. */
  public static Field of(LeadField field) {
    Kind kind = field.kind() == LeadField.Kind.NUMBER ? Kind.NUMBER : Kind.TEXT;
    return new Field(
        field.wireName(),
        kind,
        field != LeadField.MODULE,
        text -> spelled(field, text),
        field.closed());
  }

  private static @Nullable String spelled(LeadField field, String text) {
    var form = new LeadForm().set(field, text);
    Object value = form.flaws().isEmpty() ? form.lead().value(field) : null;
    return value == null ? null : value.toString();
  }
}
