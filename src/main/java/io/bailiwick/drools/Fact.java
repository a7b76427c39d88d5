package io.bailiwick.drools;

import io.bailiwick.drools.Field.Kind;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The facts that rules may match, each with the fields that may be asked. */
enum Fact {
  LEAD("Lead"),
  TERRITORY("Territory"),
  PLACEMENT("Placement");

  private static final List<Field> OF_LEAD = lead();
  private static final List<Field> OF_TERRITORY =
      List.of(
          new Field("name", Kind.TEXT, false, null),
          new Field("manager", Kind.TEXT, true, null),
          new Field("active", Kind.FLAG, false, null),
          new Field("apiEnabled", Kind.FLAG, false, null),
          new Field("member", Kind.FLAG, false, null),
          new Field("createdAt", Kind.INSTANT, true, null),
          new Field("listed", Kind.YES_NO, false, null));
  private static final List<Field> OF_PLACEMENT =
      List.of(
          new Field("territory", Kind.TEXT, false, null),
          new Field("listed", Kind.FLAG, false, null),
          new Field("active", Kind.FLAG, false, null),
          new Field("apiEnabled", Kind.FLAG, false, null),
          new Field("propagated", Kind.FLAG, false, null),
          new Field("member", Kind.FLAG, false, null),
          new Field("permitted", Kind.FLAG, false, null),
          new Field("ageMinutes", Kind.NUMBER, true, null),
          new Field("readyAt", Kind.INSTANT, true, null));

  private final String word;

  Fact(String word) {
    this.word = word;
  }

  /** Its name in rules. */
  String word() {
    return word;
  }

  /** The fields that rules may ask. */
  List<Field> fields() {
    return switch (this) {
      case LEAD -> OF_LEAD;
      case TERRITORY -> OF_TERRITORY;
      case PLACEMENT -> OF_PLACEMENT;
    };
  }

  /** The field of that name, or null where it has none. */
  @Nullable
  Field field(String name) {
    return fields().stream().filter(f -> f.name().equals(name)).findFirst().orElse(null);
  }

  List<String> fieldNames() {
    return fields().stream().map(Field::name).toList();
  }

  /** The fact of that name, or null where there is none. */
  static @Nullable Fact named(String word) {
    return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst().orElse(null);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Fact::word).toList();
  }

  private static List<Field> lead() {
    List<Field> fields = new ArrayList<>();
    for (LeadField field : LeadField.values()) {
      Kind kind = field.kind() == LeadField.Kind.NUMBER ? Kind.NUMBER : Kind.TEXT;
      fields.add(new Field(field.wireName(), kind, field != LeadField.MODULE, field));
      if (field == LeadField.EMAIL) {
        fields.add(new Field("emailDomain", Kind.TEXT, true, null));
      }
    }
    return List.copyOf(fields);
  }
}
