package io.bailiwick.drools;

import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;

/**
 * A field that rules may ask.
 *
 * @param mayBeAbsent whether it can be null, which the operators must then be guarded against
 * @param spelling the lead's own field, whose normal spelling literals must have; null for none
 */
record Field(String name, Kind kind, boolean mayBeAbsent, @Nullable LeadField spelling) {

  enum Kind {
    TEXT("a text; write it in double quotes"),
    NUMBER("a number; write it without quotes"),
    FLAG("one of Flag.YES, Flag.NO, Flag.UNKNOWN"),
    YES_NO("either true or false"),
    INSTANT("a point in time; it can be compared with null only");

    private final String told;

    Kind(String told) {
      this.told = told;
    }

    String told() {
      return told;
    }
  }
}
