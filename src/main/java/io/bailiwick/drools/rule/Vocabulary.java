package io.bailiwick.drools.rule;

import io.bailiwick.drools.rule.Field.Kind;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Everything the rules of one rulebook may name: the lead with the fields that {@code fields.yaml}
 * declares, the territories, the placement, and a fact for each lookup table.
 */
public final class Vocabulary {

  /** The lead's fields that every rulebook has, in their order. */
  public static final List<Field> LEAD = leadFields();

  private static final Fact TERRITORY =
      new Fact(
          "Territory",
          Fact.Kind.TERRITORY,
          List.of(
              Field.present("name", Kind.TEXT),
              Field.optional("manager", Kind.TEXT),
              Field.present("active", Kind.FLAG),
              Field.present("apiEnabled", Kind.FLAG),
              Field.present("member", Kind.FLAG),
              Field.optional("createdAt", Kind.INSTANT),
              Field.present("listed", Kind.YES_NO)));

  private static final Fact PLACEMENT =
      new Fact(
          "Placement",
          Fact.Kind.PLACEMENT,
          List.of(
              Field.present("territory", Kind.TEXT),
              Field.present("listed", Kind.FLAG),
              Field.present("active", Kind.FLAG),
              Field.present("apiEnabled", Kind.FLAG),
              Field.present("propagated", Kind.FLAG),
              Field.present("member", Kind.FLAG),
              Field.present("permitted", Kind.FLAG),
              Field.optional("ageMinutes", Kind.NUMBER),
              Field.optional("readyAt", Kind.INSTANT)));

  private final List<Fact> facts = new ArrayList<>();

  /** The words of every rulebook, with more fields of the lead and a fact for each lookup table. */
  public Vocabulary(List<Field> moreOfLead, List<Fact> lookups) {
    List<Field> fields = new ArrayList<>(LEAD);
    fields.addAll(moreOfLead);
    facts.add(new Fact("Lead", Fact.Kind.LEAD, fields));
    facts.addAll(lookups);
    facts.add(TERRITORY);
    facts.add(PLACEMENT);
  }

  /** The words that need no file: no declared field, no table. */
  public static Vocabulary plain() {
    return new Vocabulary(List.of(), List.of());
  }

  /** All facts, the lead first. */
  public List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** The lead. */
  public Fact lead() {
    return facts.get(0);
  }

  /** The fact of that name, or null where there is none. */
  public @Nullable Fact named(String word) {
    return facts.stream().filter(fact -> fact.word().equals(word)).findFirst().orElse(null);
  }

  /** The names of all facts. */
  public List<String> words() {
    return facts.stream().map(Fact::word).toList();
  }

  private static List<Field> leadFields() {
    List<Field> fields = new ArrayList<>();
    for (LeadField field : LeadField.values()) {
      fields.add(Field.of(field));
      if (field == LeadField.EMAIL) {
        fields.add(
            new Field(
                "emailDomain", Kind.TEXT, true, text -> text.toLowerCase(Locale.ROOT), List.of()));
      }
    }
    return List.copyOf(fields);
  }
}
