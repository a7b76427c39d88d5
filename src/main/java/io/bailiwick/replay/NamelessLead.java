package io.bailiwick.replay;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A recorded lead without the person: names, addresses, numbers and the free attributes replaced or
 * left out one after the other, each only where the lead still decides the same. What remains of
 * them is decisive, and is named.
 *
 * @param lead what is left, with what is decisive as it was
 * @param kept what is decisive and may stay: {@code emailDomain} and {@code attributes.NAME}
 * @param decisive what is decisive and personal; empty for a lead that may be written down
 */
public record NamelessLead(Lead lead, List<String> kept, List<String> decisive) {

  /** What may be kept for its use to a rule, without anyone being asked. */
  private static final String DOMAIN = "emailDomain";

  private static final String ATTRIBUTE = "attributes.";

  public NamelessLead {
    kept = List.copyOf(kept);
    decisive = List.copyOf(decisive);
  }

  /**
   * Makes one; {@code keep} are the fields a person allows to stay, by their names, and {@code
   * decide} is asked once for each change.
   */
  public static NamelessLead of(
      Lead lead, Pseudonyms names, Set<String> keep, Function<Lead, Decision> decide) {
    Expectation same = Expectation.of(decide.apply(lead));
    List<String> kept = new ArrayList<>();
    List<String> decisive = new ArrayList<>();
    Lead changing = lead;
    for (Map.Entry<String, UnaryOperator<Lead>> change : changes(lead, names).entrySet()) {
      String what = change.getKey();
      if (keep.contains(what)) {
        continue;
      }
      Lead changed = change.getValue().apply(changing);
      if (Expectation.of(decide.apply(changed)).equals(same)) {
        changing = changed;
      } else {
        boolean mayStay = what.equals(DOMAIN) || what.startsWith(ATTRIBUTE);
        (mayStay ? kept : decisive).add(what);
      }
    }
    return new NamelessLead(changing, kept, decisive);
  }

  /** What is to be changed, by its name, in the order it is tried. */
  private static Map<String, UnaryOperator<Lead>> changes(Lead lead, Pseudonyms names) {
    Map<String, UnaryOperator<Lead>> changes = new LinkedHashMap<>();
    put(changes, lead, LeadField.CRM_ID, names::crmId);
    put(changes, lead, LeadField.FIRST_NAME, names::firstName);
    put(changes, lead, LeadField.LAST_NAME, names::lastName);
    put(changes, lead, LeadField.PHONE, names::phone);
    put(changes, lead, LeadField.COMPANY, names::company);
    put(changes, lead, LeadField.WEBSITE, names::website);
    put(changes, lead, LeadField.EMAIL, email -> mailbox(email, names));
    if (lead.emailDomain() != null) {
      changes.put(DOMAIN, was -> set(was, LeadField.EMAIL, domain(was, names)));
    }
    for (String name : lead.attributes().keySet()) {
      changes.put(ATTRIBUTE + name, was -> without(was, name));
    }
    return changes;
  }

  private static void put(
      Map<String, UnaryOperator<Lead>> changes,
      Lead lead,
      LeadField field,
      UnaryOperator<String> invented) {
    Object value = lead.value(field);
    if (value != null) {
      String real = value.toString();
      changes.put(field.wireName(), was -> set(was, field, invented.apply(real)));
    }
  }

  private static Lead set(Lead was, LeadField field, String value) {
    return LeadForm.of(was).set(field, value).lead();
  }

  private static Lead without(Lead was, String attribute) {
    return LeadForm.of(was).clearAttributes(Set.of(attribute.toLowerCase(Locale.ROOT))).lead();
  }

  private static String mailbox(String email, Pseudonyms names) {
    int at = email.lastIndexOf('@');
    return at < 0 ? names.mailbox(email) : names.mailbox(email) + email.substring(at);
  }

  private static String domain(Lead was, Pseudonyms names) {
    String email = text(was.email());
    return email.substring(0, email.lastIndexOf('@') + 1) + names.domain(text(was.emailDomain()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
