package io.bailiwick.drools;

import io.bailiwick.drools.Field.Kind;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The facts that rules may match, each with the fields that may be asked. */
enum Fact {
  LEAD("Lead", lead()),
  TERRITORY(
      "Territory",
      List.of(
          new Field("name", Kind.TEXT, false, null),
          new Field("manager", Kind.TEXT, true, null),
          new Field("active", Kind.FLAG, false, null),
          new Field("apiEnabled", Kind.FLAG, false, null),
          new Field("member", Kind.FLAG, false, null),
          new Field("createdAt", Kind.INSTANT, true, null),
          new Field("listed", Kind.YES_NO, false, null))),
  PLACEMENT(
      "Placement",
      List.of(
          new Field("territory", Kind.TEXT, false, null),
          new Field("listed", Kind.FLAG, false, null),
          new Field("active", Kind.FLAG, false, null),
          new Field("apiEnabled", Kind.FLAG, false, null),
          new Field("propagated", Kind.FLAG, false, null),
          new Field("member", Kind.FLAG, false, null),
          new Field("permitted", Kind.FLAG, false, null),
          new Field("ageMinutes", Kind.NUMBER, true, null),
          new Field("readyAt", Kind.INSTANT, true, null)));

  private final String word;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  Fact(String word, List<Field> fields) {
    this.word = word;
    fields.forEach(field -> this.fields.put(field.name(), field));
  }

  /** Its name in rules. */
  String word() {
    return word;
  }

  /** The field of that name, or null where it has none. */
  @Nullable
  Field field(String name) {
    return fields.get(name);
  }

  List<String> fieldNames() {
    return List.copyOf(fields.keySet());
  }

  List<Field> fields() {
    return List.copyOf(fields.values());
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
    return fields;
  }
}
