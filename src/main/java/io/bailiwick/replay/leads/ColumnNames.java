package io.bailiwick.replay.leads;

import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which field a column's heading means: our own names, whatever their case and punctuation ("First
 * Name", "postal_code"), and the names that exports of other systems use, listed here and nowhere
 * else.
 */
final class ColumnNames {

  private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]+");

  private static final Map<String, LeadField> KNOWN = new HashMap<>();

  static {
    for (LeadField field : LeadField.values()) {
      add(field, field.wireName());
    }
    add(LeadField.CRM_ID, "id", "record id", "lead id", "contact id");
    add(LeadField.SOURCE, "lead source", "original source", "original traffic source");
    add(LeadField.EMAIL, "e-mail", "email address", "work email", "business email");
    add(LeadField.FIRST_NAME, "given name", "forename");
    add(LeadField.LAST_NAME, "surname", "family name");
    add(LeadField.PHONE, "phone number", "telephone", "work phone", "business phone");
    add(LeadField.COMPANY, "company name", "company / account", "account", "account name");
    add(LeadField.COMPANY, "organization", "organisation", "organization name");
    add(LeadField.WEBSITE, "website url", "web site", "homepage", "url");
    add(LeadField.COUNTRY, "country/region", "country code", "country name");
    add(LeadField.REGION, "state", "state/province", "state/region", "province", "state code");
    add(LeadField.CITY, "town");
    add(LeadField.POSTAL_CODE, "zip", "zip code", "zip/postal code", "postcode", "post code");
    add(LeadField.INDUSTRY, "sector");
    add(LeadField.EMPLOYEES, "no. of employees", "number of employees", "employee count");
    add(LeadField.EMPLOYEES, "company size", "headcount");
    add(LeadField.ANNUAL_REVENUE, "revenue", "turnover");
    add(LeadField.LANGUAGE, "preferred language", "locale");
    add(LeadField.PRODUCT, "product interest");
    add(LeadField.CAMPAIGN, "campaign name", "utm campaign");
  }

  private ColumnNames() {}

  /** The field that a heading means by itself; null for none. */
  static @Nullable LeadField field(String heading) {
    return KNOWN.get(key(heading));
  }

  /** Whether it is the field's own name, and not one of other systems'. */
  static boolean own(String heading, LeadField field) {
    return key(heading).equals(key(field.wireName()));
  }

  private static String key(String heading) {
    return PUNCTUATION.matcher(heading).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static void add(LeadField field, String... headings) {
    for (String heading : headings) {
      KNOWN.put(key(heading), field);
    }
  }
}
