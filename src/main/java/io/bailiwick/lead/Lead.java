package io.bailiwick.lead;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One lead as rules see it: normalised, and the same whatever spelling its source used. Absent
 * values are null. Made by {@link LeadForm}; never with values that were not normalised.
 *
 * @param crmId the record's id in the CRM; null of a lead whose record is yet to be made
 * @param module Leads, Accounts, Contacts or Deals
 * @param emailDomain what follows the @ of {@code email}
 * @param country ISO 3166-1 alpha-2
 * @param region the subdivision's code without its country ("CA")
 * @param language ISO 639-1
 * @param revision which version of the record the source says this is; higher wins
 * @param attributes what has no field of its own, by name
 */
public record Lead(
    @Nullable String crmId,
    String module,
    @Nullable String source,
    @Nullable String email,
    @Nullable String emailDomain,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String phone,
    @Nullable String company,
    @Nullable String website,
    @Nullable String country,
    @Nullable String region,
    @Nullable String city,
    @Nullable String postalCode,
    @Nullable String industry,
    @Nullable Long employees,
    @Nullable Long annualRevenue,
    @Nullable String language,
    @Nullable String product,
    @Nullable String campaign,
    @Nullable Long revision,
    Map<String, String> attributes) {

  /** What stands in place of a value that is not to be seen. */
  public static final String MASK = "***";

  /** The module of a lead that names none. */
  public static final String DEFAULT_MODULE = "Leads";

  public Lead {
    attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /**
   * The same as a viewer may see it: each personal field that is there, and the value of each
   * attribute, is {@value #MASK}. Not for judging: rules would take the mask for a value.
   */
  public Lead masked() {
    LeadForm form = LeadForm.of(this);
    for (LeadField field : values().keySet()) {
      if (field.isPersonal()) {
        form.set(field, MASK);
      }
    }
    attributes.keySet().forEach(name -> form.setAttribute(name, MASK));
    return form.lead();
  }

  /** What is left of an erased lead: which record of the CRM it was, and which revision of it. */
  public Lead erased() {
    var form = new LeadForm().set(LeadField.MODULE, module);
    if (crmId != null) {
      form.set(LeadField.CRM_ID, crmId);
    }
    if (revision != null) {
      form.set(LeadField.REVISION, revision.toString());
    }
    return form.lead();
  }

  /** Its record, and no value of it: a lead that is told in an exception or a log tells nobody. */
  @Override
  public String toString() {
    return "Lead[" + module + "/" + crmId + "]";
  }

  /** The values by field, in the fields' order; what is absent is left out. */
  public Map<LeadField, Object> values() {
    Map<LeadField, Object> values = new EnumMap<>(LeadField.class);
    for (LeadField field : LeadField.values()) {
      Object value = value(field);
      if (value != null) {
        values.put(field, value);
      }
    }
    return values;
  }

  /** One field's value: a String, a Long, or null where it is absent. */
  public @Nullable Object value(LeadField field) {
    return switch (field) {
      case CRM_ID -> crmId;
      case MODULE -> module;
      case SOURCE -> source;
      case EMAIL -> email;
      case FIRST_NAME -> firstName;
      case LAST_NAME -> lastName;
      case PHONE -> phone;
      case COMPANY -> company;
      case WEBSITE -> website;
      case COUNTRY -> country;
      case REGION -> region;
      case CITY -> city;
      case POSTAL_CODE -> postalCode;
      case INDUSTRY -> industry;
      case EMPLOYEES -> employees;
      case ANNUAL_REVENUE -> annualRevenue;
      case LANGUAGE -> language;
      case PRODUCT -> product;
      case CAMPAIGN -> campaign;
      case REVISION -> revision;
    };
  }
}
