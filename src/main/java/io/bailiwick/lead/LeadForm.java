package io.bailiwick.lead;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes a lead's values as a source spelled them and makes the one normalised {@link Lead} of them.
 * What cannot be understood is never guessed: a country nobody knows becomes a warning and is kept
 * among the attributes; what breaks a limit is a flaw, and a form with flaws makes no lead.
 */
public final class LeadForm {

  /** Something wrong with one value: where it stands (a field or attribute name) and what. */
  public record Flaw(String field, String message) {}

  private final Map<LeadField, Object> values = new EnumMap<>(LeadField.class);
  private final Map<String, String> attributes = new TreeMap<>();
  private final List<Flaw> flaws = new ArrayList<>();
  private final List<Flaw> warnings = new ArrayList<>();

  /** A form that holds a lead's values, to make another of it. */
  public static LeadForm of(Lead lead) {
    var form = new LeadForm();
    form.values.putAll(lead.values());
    form.attributes.putAll(lead.attributes());
    return form;
  }

  /** Takes a field's value away. */
  public LeadForm clear(LeadField field) {
    values.remove(field);
    return this;
  }

  /** Takes the attributes away whose names, in lower case, are among these. */
  public LeadForm clearAttributes(Set<String> names) {
    attributes.keySet().removeIf(name -> names.contains(name.toLowerCase(Locale.ROOT)));
    return this;
  }

  /** Sets a field from its source's spelling; an empty value is an absent one. */
  public LeadForm set(LeadField field, String spelling) {
    if (spelling.length() > field.maxLength()) {
      flaws.add(
          new Flaw(
              field.wireName(),
              "is longer than %d characters (it has %d)"
                  .formatted(field.maxLength(), spelling.length())));
      return this;
    }
    String text = Spelling.clean(spelling);
    if (!text.isEmpty()) {
      normalise(field, text);
    }
    return this;
  }

  /** Keeps a value that has no field of its own, and says so in a warning. */
  public LeadForm setUnknown(String name, String value) {
    keep(name, value);
    warnings.add(new Flaw(name, "is not a field of a lead; kept under attributes"));
    return this;
  }

  /** Keeps a free attribute. */
  public LeadForm setAttribute(String name, String value) {
    keep(name, value);
    return this;
  }

  /** What is wrong; empty where {@link #lead()} may be called. */
  public List<Flaw> flaws() {
    return List.copyOf(flaws);
  }

  /** What was kept though it was not understood. */
  public List<Flaw> warnings() {
    return List.copyOf(warnings);
  }

  /** The normalised lead; throws IllegalStateException where there are flaws. */
  public Lead lead() {
    if (!flaws.isEmpty()) {
      throw new IllegalStateException("a form with flaws makes no lead: " + flaws);
    }
    String email = text(LeadField.EMAIL);
    String module = text(LeadField.MODULE);
    return new Lead(
        text(LeadField.CRM_ID),
        module == null ? Lead.DEFAULT_MODULE : module,
        text(LeadField.SOURCE),
        email,
        email == null ? null : Spelling.domain(email),
        text(LeadField.FIRST_NAME),
        text(LeadField.LAST_NAME),
        text(LeadField.PHONE),
        text(LeadField.COMPANY),
        text(LeadField.WEBSITE),
        text(LeadField.COUNTRY),
        text(LeadField.REGION),
        text(LeadField.CITY),
        text(LeadField.POSTAL_CODE),
        text(LeadField.INDUSTRY),
        (Long) values.get(LeadField.EMPLOYEES),
        (Long) values.get(LeadField.ANNUAL_REVENUE),
        text(LeadField.LANGUAGE),
        text(LeadField.PRODUCT),
        text(LeadField.CAMPAIGN),
        (Long) values.get(LeadField.REVISION),
        attributes);
  }

  private @Nullable String text(LeadField field) {
    return (String) values.get(field);
  }

  private void normalise(LeadField field, String text) {
    switch (field.kind()) {
      case ID -> setId(field, text);
      case TEXT -> setText(field, text);
      case LOWER -> values.put(field, Spelling.lower(text));
      case UPPER -> values.put(field, Spelling.upper(text));
      case REGION -> values.put(field, Spelling.region(text));
      case COUNTRY -> setOrKeep(field, text, Spelling.country(text), "is no country we know");
      case LANGUAGE -> setOrKeep(field, text, Spelling.language(text), "is no language we know");
      case NUMBER -> setOrKeep(field, text, Spelling.number(text), "is not a whole number");
    }
    if (field == LeadField.EMAIL && Spelling.domain(text) == null) {
      warnings.add(new Flaw("email", "does not look like an e-mail address; it has no domain"));
    }
  }

  private void setText(LeadField field, String text) {
    if (field != LeadField.MODULE) {
      values.put(field, text);
      return;
    }
    String module = Spelling.module(text);
    if (module == null) {
      flaws.add(new Flaw("module", "must be one of " + Spelling.MODULES));
    } else {
      values.put(field, module);
    }
  }

  private void setId(LeadField field, String text) {
    if (Spelling.isId(text)) {
      values.put(field, text);
    } else {
      flaws.add(new Flaw(field.wireName(), "may hold only letters, digits, '-' and '_'"));
    }
  }

  private void setOrKeep(LeadField field, String text, @Nullable Object value, String trouble) {
    if (value != null) {
      values.put(field, value);
      return;
    }
    if (field == LeadField.REVISION) {
      flaws.add(new Flaw("revision", "must be a whole number, 0 or more"));
      return;
    }
    keep(field.wireName(), text);
    warnings.add(new Flaw(field.wireName(), trouble + "; kept under attributes"));
  }

  private void keep(String name, String value) {
    if (name.isEmpty() || name.length() > LeadField.MAX_ATTRIBUTE_NAME) {
      flaws.add(
          new Flaw(
              name.substring(0, Math.min(name.length(), LeadField.MAX_ATTRIBUTE_NAME)),
              "an attribute's name has 1 to " + LeadField.MAX_ATTRIBUTE_NAME + " characters"));
    } else if (value.length() > LeadField.MAX_ATTRIBUTE_VALUE) {
      flaws.add(new Flaw(name, "is longer than " + LeadField.MAX_ATTRIBUTE_VALUE + " characters"));
    } else if (attributes.size() >= LeadField.MAX_ATTRIBUTES && !attributes.containsKey(name)) {
      flaws.add(new Flaw(name, "is one attribute too many; at most " + LeadField.MAX_ATTRIBUTES));
    } else {
      attributes.put(name, Spelling.clean(value));
    }
  }
}
