package io.bailiwick.drools.probe;

import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.WhyNot.Flip;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Looks for the one change of one field that sends a lead to a territory: of a number the nearest
 * that does, of a text one that rules name. Each is proved by deciding the changed lead.
 */
public final class Flips {

  private final List<CheckedRule> rules;
  private final Schema schema;
  private final Function<Lead, Decision> decide;

  /** {@code decide} is what would be decided of a changed lead. */
  public Flips(List<CheckedRule> rules, Schema schema, Function<Lead, Decision> decide) {
    this.rules = rules;
    this.schema = schema;
    this.decide = decide;
  }

  /** For each field by which it can be done the smallest change, by the field's name. */
  public List<Flip> to(
      String territory, Lead lead, java.util.Map<String, @Nullable Object> values) {
    var tried = new Tried(rules, schema, territory);
    List<Flip> flips = new ArrayList<>();
    for (Field field : tried.fields()) {
      Object present = values.get(field.name());
      for (Object value : tried.values(field, present)) {
        Flip flip = tried(lead, field, present, value, territory);
        if (flip != null) {
          flips.add(flip);
          break;
        }
      }
    }
    return flips;
  }

  private @Nullable Flip tried(
      Lead lead, Field field, @Nullable Object present, @Nullable Object value, String territory) {
    Lead changed = changed(lead, field, value);
    if (changed == null) {
      return null;
    }
    Decision decision = decide.apply(changed);
    TerritoryRef ref = decision.territory();
    if (ref == null || !ref.name().equals(territory)) {
      return null;
    }
    return new Flip(field.name(), told(present), told(value), changed, decision);
  }

  /** The lead with one field's value replaced; null where no lead can have it. */
  private @Nullable Lead changed(Lead lead, Field field, @Nullable Object value) {
    LeadForm form = LeadForm.of(lead);
    LeadField known = LeadField.named(field.name());
    if (known != null) {
      form.clear(known);
      if (value != null) {
        form.set(known, value.toString());
      }
    } else if (field.name().equals("emailDomain")) {
      domain(form, lead, value);
    } else {
      form.clearAttributes(schema.custom().attributes(field.name()));
      if (value != null) {
        form.setAttribute(field.name(), value.toString());
      }
    }
    return form.flaws().isEmpty() ? form.lead() : null;
  }

  private static void domain(LeadForm form, Lead lead, @Nullable Object value) {
    String email = lead.email();
    form.clear(LeadField.EMAIL);
    if (value != null) {
      String local =
          email == null || email.indexOf('@') < 1
              ? "someone"
              : email.substring(0, email.lastIndexOf('@'));
      form.set(LeadField.EMAIL, local + "@" + value);
    }
  }

  private static @Nullable String told(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
